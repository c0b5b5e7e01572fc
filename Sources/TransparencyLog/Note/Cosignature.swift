/// The signature of a cosigner: a time and an Ed25519 signature (tlog-cosignature, cosignature/v1).
///
/// 72 bytes after the key ID: `u64 timestamp ‖ signature`.
package struct Cosignature: Hashable, Sendable {
  /// When the checkpoint was seen, in seconds since 1970: 0 to 2^63 − 1.
  package let timestamp: UInt64

  /// The Ed25519 signature, 64 bytes.
  package let signature: [UInt8]

  /// Takes 72 bytes, or gives `nil` for another number or a time above 2^63 − 1.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 72 else { return nil }
    timestamp = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
    signature = Array(bytes[8...])
    guard timestamp <= UInt64(Int64.max) else { return nil }
  }

  /// The bytes that a cosigner signs: two lines and the checkpoint's whole text.
  package static func message(checkpoint text: [UInt8], timestamp: UInt64) -> [UInt8] {
    Array("cosignature/v1\ntime \(timestamp)\n".utf8) + text
  }
}
