internal import Files
package import LedgerCrypto
package import Provenance

/// A directory of encrypted private keys: `ACTOR-<first 8 hex of the key id>.pem`, each 0600.
package struct KeyDirectory: Sendable {
  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  /// A key file, found by its name alone.
  package struct KeyFile: Hashable, Sendable {
    package let actor: ActorName
    /// The first 8 hexadecimal digits of the key id.
    package let prefix: String
    package let path: String
  }

  package func files() throws -> [KeyFile] {
    guard Directory.holds(path) else { return [] }
    return try Directory.names(in: path).sorted().compactMap { name in
      guard name.hasSuffix(".pem") else { return nil }
      let stem = name.dropLast(4)
      guard stem.count > 9, let dash = stem.lastIndex(of: "-") else { return nil }
      let prefix = String(stem[stem.index(after: dash)...])
      guard prefix.utf8.count == 8, [UInt8](hex: prefix) != nil,
        let actor = ActorName(String(stem[..<dash]))
      else { return nil }
      return KeyFile(actor: actor, prefix: prefix, path: "\(path)/\(name)")
    }
  }

  /// Every private key file, the log's too.
  func all() throws -> [String] {
    try Directory.names(in: path).filter { $0.hasSuffix(".pem") }.map { "\(path)/\($0)" }
  }

  /// The file of `key`, without its ending.
  private func stem(_ key: VerifyingKey, of actor: ActorName) -> String {
    "\(path)/\(actor)-\(key.id.hex.prefix(8))"
  }

  /// Makes a key for `actor`, encrypted under `passphrase`.
  package func make(for actor: ActorName, passphrase: Passphrase) throws -> SigningKey {
    let key = try SigningKey.generate()
    try save(key, for: actor, passphrase: passphrase)
    return key
  }

  package func save(_ key: SigningKey, for actor: ActorName, passphrase: Passphrase) throws {
    try Directory.make(path, mode: 0o700)
    let stem = stem(key.verifyingKey, of: actor)
    try KeyDirectory.write(key, to: "\(stem).pem", passphrase: passphrase)
    try AtomicFile.write(Array(key.verifyingKey.pem.utf8), to: "\(stem).pub")
  }

  /// Opens the key of `actor` whose id is one of `ids`.
  package func open(
    _ actor: ActorName, amongst ids: [Digest], passphrase: Passphrase
  ) throws -> SigningKey {
    let candidates = try files().filter { file in
      file.actor == actor && ids.contains { $0.hex.hasPrefix(file.prefix) }
    }
    guard let file = candidates.first else { throw WorkflowFailure.noSigner(actor) }
    guard candidates.count == 1 else {
      throw WorkflowFailure.severalKeys(actor: actor, directory: path)
    }
    return try Self.read(file.path, passphrase: passphrase)
  }

  package static func read(_ path: String, passphrase: Passphrase) throws -> SigningKey {
    try SigningKey.open(
      pem: try OpenFile.readAll(path, maxBytes: 65_536), passphrase: passphrase.bytes)
  }

  package static func write(
    _ key: SigningKey, to path: String, passphrase: Passphrase
  ) throws {
    let pem = try key.encryptedPEM(passphrase: passphrase.bytes, rounds: passphrase.rounds)
    do throws(FileFailure) {
      try AtomicFile.write(pem, to: path, mode: 0o600, replacing: false)
    } catch  where Directory.holds(path) {
      throw WorkflowFailure.exists(path)
    }
  }
}

extension KeyDirectory {
  /// Takes a key file away whose key never came into the ledger.
  func discard(_ key: SigningKey, of actor: ActorName) throws {
    let stem = stem(key.verifyingKey, of: actor)
    try Directory.remove(file: "\(stem).pem")
    try Directory.remove(file: "\(stem).pub")
  }
}
