internal import Files
internal import LedgerCrypto
internal import LedgerStore

/// What was stored for events that are not recorded yet.
///
/// When the value goes it is taken back, the newest first, unless it was told to ``keep()`` it.
struct Stored: ~Copyable {
  private var undo: [@Sendable () throws -> Void] = []
  private var secretsLock: FileLock?
  private var isKept = false

  deinit {
    if isKept { return }
    for step in undo.reversed() { try? step() }
  }

  /// Leaves everything where it is: the events stand, or may.
  consuming func keep() { isKept = true }

  /// Remembers how to take away what is about to be stored.
  mutating func onFailure(_ step: @escaping @Sendable () throws -> Void) { undo.append(step) }

  /// Whether nobody else can store a secret until this goes.
  var holdsSecrets: Bool { secretsLock != nil }

  /// Lets nobody else store a secret until this goes.
  mutating func hold(_ secrets: SecretDirectory) throws {
    if secretsLock == nil { secretsLock = try secrets.lock() }
  }

  /// Stores an attachment's bytes under their digest.
  mutating func put(_ bytes: [UInt8], in ledger: Ledger) throws -> Digest {
    let path = ledger.attachmentPath(Digest(sha256: bytes))
    let folder = Directory.parent(of: path)
    let isNew = !Directory.exists(folder)
    onFailure {
      try? Directory.remove(file: path)
      if isNew { _ = try Directory.removeIfEmpty(folder) }
    }
    return try ledger.putAttachment(bytes)
  }
}
