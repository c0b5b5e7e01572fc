internal import CLibcrypto
internal import Dispatch
internal import Foundation

/// What libcrypto does when it is called directly, nothing around it.
enum CryptoLimit {
  static let cores = ProcessInfo.processInfo.activeProcessorCount
  private static let messageSize = 600

  /// Ed25519 signatures a second on all cores, each with one key and context, as `openssl speed`.
  static func signing() throws -> Speed {
    try onAllCores(400) { count in
      guard let key = unsafe makeKey(), let context = unsafe EVP_MD_CTX_new() else { return false }
      defer {
        unsafe EVP_MD_CTX_free(context)
        unsafe EVP_PKEY_free(key)
      }
      let message = [UInt8](repeating: 7, count: messageSize)
      var signature = [UInt8](repeating: 0, count: 64)
      guard unsafe EVP_DigestSignInit(context, nil, nil, nil, key) == 1 else { return false }
      for _ in 0..<count {
        var length = 64
        let done = unsafe EVP_DigestSign(context, &signature, &length, message, messageSize)
        guard done == 1 else { return false }
      }
      return true
    }
  }

  /// Ed25519 verifications a second on all cores, each with one key and context.
  static func verifying() throws -> Speed {
    try onAllCores(200) { count in
      guard let key = unsafe makeKey(), let context = unsafe EVP_MD_CTX_new(),
        let signer = unsafe EVP_MD_CTX_new()
      else { return false }
      defer {
        unsafe EVP_MD_CTX_free(context)
        unsafe EVP_MD_CTX_free(signer)
        unsafe EVP_PKEY_free(key)
      }
      let message = [UInt8](repeating: 7, count: messageSize)
      var signature = [UInt8](repeating: 0, count: 64)
      var length = 64
      guard unsafe EVP_DigestSignInit(signer, nil, nil, nil, key) == 1,
        unsafe EVP_DigestSign(signer, &signature, &length, message, messageSize) == 1,
        unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
      else { return false }
      for _ in 0..<count {
        let done = unsafe EVP_DigestVerify(context, signature, 64, message, messageSize)
        guard done == 1 else { return false }
      }
      return true
    }
  }

  /// SHA-256 hashes a second of messages of `size` bytes, through `SHA256_Init/Update/Final`.
  static func hashing(_ size: Int, cores: Int) throws -> Speed {
    try onAllCores(max(2_000, 8_000_000 / (size + 64) / 2), cores: cores) { count in
      let message = [UInt8](repeating: 7, count: size)
      var output = [UInt8](repeating: 0, count: 32)
      for _ in 0..<count {
        var context = SHA256_CTX()
        unsafe SHA256_Init(&context)
        unsafe SHA256_Update(&context, message, size)
        unsafe SHA256_Final(&output, &context)
      }
      return output[0] != output[31] || output[1] != output[30]
    }
  }

  private static func makeKey() -> OpaquePointer? {
    let seed = [UInt8](repeating: 9, count: 32)
    return unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, 32)
  }

  /// Ten runs of `count` on each core, so that a core held up elsewhere delays little.
  private static func onAllCores(
    _ count: Int, cores: Int = cores, _ body: @Sendable (Int) -> Bool
  ) throws -> Speed {
    guard body(1) else { throw BenchFailure.libcrypto("libcrypto refused a call.") }
    let runs = 10 * cores
    return rate(runs * count) {
      if cores == 1 {
        for _ in 0..<runs { _ = body(count) }
      } else {
        DispatchQueue.concurrentPerform(iterations: runs) { _ in _ = body(count) }
      }
    }
  }
}
