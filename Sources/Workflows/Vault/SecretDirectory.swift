internal import Files
package import LedgerCrypto
package import Provenance

/// The secrets of datasets, lists and sets: each file AES-256-GCM under a random ledger key, that
/// one wrapped by PBKDF2 of the passphrase; the associated data are the file's name.
package struct SecretDirectory: Sendable {
  private let path: String
  private let cipher: AES256GCM

  private static let wrappingFile = "ledger-key"
  private static let saltSize = 16

  /// Makes the directory with a fresh ledger key.
  package static func create(at path: String, passphrase: Passphrase) throws {
    try Directory.make(path, mode: 0o700)
    try AtomicFile.write(
      try wrapped(try Random.bytes(32), under: passphrase), to: wrappingPath(path), mode: 0o600)
  }

  /// Opens the directory.
  ///
  /// Cost: about 0.2 s for the passphrase.
  package init(at path: String, passphrase: Passphrase) throws {
    let key = try Self.ledgerKey(at: path, passphrase: passphrase)
    guard let cipher = AES256GCM(key: key) else { throw CryptoFailure.notAuthentic }
    self.path = path
    self.cipher = cipher
  }

  static func wrappingPath(_ directory: String) -> String { "\(directory)/\(wrappingFile)" }

  /// The file of the ledger key under another passphrase.
  static func rewrapped(
    at path: String, from old: Passphrase, to new: Passphrase
  ) throws -> [UInt8] {
    try wrapped(try ledgerKey(at: path, passphrase: old), under: new)
  }

  /// Salt ‖ the ledger key, sealed under PBKDF2 of `passphrase`.
  private static func wrapped(_ key: [UInt8], under passphrase: Passphrase) throws -> [UInt8] {
    let salt = try Random.bytes(saltSize)
    return salt
      + (try wrapping(passphrase, salt).seal(key, associated: Array(wrappingFile.utf8)))
  }

  private static func ledgerKey(at path: String, passphrase: Passphrase) throws -> [UInt8] {
    let stored = try OpenFile.readAll("\(path)/\(Self.wrappingFile)", maxBytes: 4096)
    guard stored.count > Self.saltSize else { throw CryptoFailure.notAuthentic }
    let wrapping = try Self.wrapping(passphrase, Array(stored[..<Self.saltSize]))
    do {
      return try wrapping.open(
        Array(stored[Self.saltSize...]), associated: Array(Self.wrappingFile.utf8))
    } catch {
      throw CryptoFailure.wrongPassphrase
    }
  }

  private static func wrapping(_ passphrase: Passphrase, _ salt: [UInt8]) throws -> AES256GCM {
    let key = try PBKDF2.key(
      passphrase: passphrase.bytes, salt: salt, rounds: passphrase.rounds)
    guard let cipher = AES256GCM(key: key) else { throw CryptoFailure.libraryRefused("PBKDF2") }
    return cipher
  }

  /// Stores `secret` under `name`, in place of none or of itself; gives whether it is new.
  @discardableResult
  package func put(_ secret: [UInt8], as name: String) throws -> Bool {
    // Two processes that store one name would each find none, and one lose what it committed to.
    try alone {
      if Directory.holds(file(name)) {
        guard try get(name) == secret else { throw WorkflowFailure.exists(file(name)) }
        return false
      }
      try replace(with: secret, as: name)
      return true
    }
  }

  /// Holds the directory while `body` stores secrets; it does not nest.
  func alone<Result>(_ body: () throws -> Result) throws -> Result {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    return try body()
  }

  /// Holds the directory until the lock goes; it does not nest.
  func lock() throws -> FileLock { try FileLock(directory: path, waiting: true) }

  /// Stores `secret` under `name` in place of whatever is there; while the directory is held.
  func replace(with secret: [UInt8], as name: String) throws {
    let sealed = try cipher.seal(
      secret, associated: Array(LedgerDirectory.fileName(name).utf8))
    try AtomicFile.write(sealed, to: file(name), mode: 0o600)
  }

  private func file(_ name: String) -> String { "\(path)/\(LedgerDirectory.fileName(name))" }

  /// The secret stored under `name`, or `nil` when there is none.
  package func get(_ name: String) throws -> [UInt8]? {
    let file = LedgerDirectory.fileName(name)
    guard Directory.holds("\(path)/\(file)") else { return nil }
    let sealed = try OpenFile.readAll("\(path)/\(file)", maxBytes: 1 << 20)
    return try cipher.open(sealed, associated: Array(file.utf8))
  }

  /// Takes a secret away that belongs to an event which was not admitted.
  package func discard(_ name: String) throws {
    try Directory.remove(file: file(name))
  }

  package static func datasetName(_ dataset: Name) -> String { "dataset-\(dataset)" }
  package static func listName(_ list: VersionedName) -> String { "list-\(list)" }
  package static func familyName(_ family: Digest) -> String { "family-\(family.hex)" }
  package static func attachmentName(_ digest: Digest) -> String { "attachment-\(digest.hex)" }
}
