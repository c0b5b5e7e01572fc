internal import Files
internal import LedgerCrypto
package import LedgerStore
package import Provenance
internal import Synchronization

/// What every workflow works with: a ledger, who signs, and what the outside decides.
package struct Session: Sendable {
  package let directory: LedgerDirectory
  package let ledger: Ledger
  /// Who signs, and with what.
  package let signing: Signing
  /// Opens the ledger's own secrets.
  package let passphrase: @Sendable () throws -> Passphrase
  /// The nonce of a retry, 16 bytes; fresh by default.
  package let nonce: [UInt8]?
  package let now: @Sendable () -> Timestamp
  package let progress: Progress
  private let opened = Opened()
  let gathered = Gathered()

  /// What the passphrase opened: deriving a key from it takes a fifth of a second.
  private final class Opened: Sendable {
    let signers = Mutex<[Signer]?>(nil)
    let secrets = Mutex<SecretDirectory?>(nil)
    /// Takes away, newest last, what was stored for events that are not admitted yet.
    let undo = Mutex<[@Sendable () throws -> Void]>([])
  }

  /// Remembers how to take away what was just stored for an event to come.
  func onFailure(_ step: @escaping @Sendable () throws -> Void) {
    opened.undo.withLock { $0.append(step) }
  }

  /// Runs a workflow; when it fails, and in a rehearsal, attachments, secrets and files that it stored go again.
  func undoing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      let result = try body()
      if ledger.isRehearsal { takeBack() } else { opened.undo.withLock { $0.removeAll() } }
      return result
    } catch {
      // A commit that the disk failed may stand all the same, and then needs what it names.
      if case LedgerFailure.inputOutput = error {
        opened.undo.withLock { $0.removeAll() }
      } else {
        takeBack()
      }
      throw error
    }
  }

  private func takeBack() {
    let steps = opened.undo.withLock { steps in
      defer { steps.removeAll() }
      return steps
    }
    for step in steps.reversed() { try? step() }
  }

  /// Opens the ledger in `directory`.
  ///
  /// With `acceptsJump` an entry can be recorded more than a day after the last one.
  /// With `isRehearsal` all work is done, up to the rules, and taken back: nothing is recorded and
  /// nothing stays.
  package init(
    directory: LedgerDirectory, signing: Signing,
    passphrase: @escaping @Sendable () throws -> Passphrase, nonce: [UInt8]? = nil,
    isRehearsal: Bool = false, acceptsJump: Bool = false,
    now: @escaping @Sendable () -> Timestamp = Clock.now,
    progress: Progress = .silent
  ) throws {
    guard Directory.holds("\(directory.path)/ledger.db") else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    self.directory = directory
    var ledger = try Ledger.open(at: directory.path)
    ledger.isRehearsal = isRehearsal
    ledger.acceptsJump = acceptsJump
    self.ledger = ledger
    self.signing = signing
    self.passphrase = passphrase
    self.nonce = nonce
    self.now = now
    self.progress = progress
  }

  /// Opens the ledger in `directory` for one signer, whose key is in the ledger's own directory
  /// unless `keys` names another.
  package init(
    directory: LedgerDirectory, actor: ActorName, keys: KeyDirectory? = nil,
    passphrase: @escaping @Sendable () throws -> Passphrase,
    keyPassphrase: (@Sendable () throws -> Passphrase)? = nil, nonce: [UInt8]? = nil,
    isRehearsal: Bool = false, acceptsJump: Bool = false,
    now: @escaping @Sendable () -> Timestamp = Clock.now,
    progress: Progress = .silent
  ) throws {
    let keyring = Signing.Keyring(
      keys ?? KeyDirectory(directory.keys), keyPassphrase ?? passphrase)
    try self.init(
      directory: directory, signing: Signing(signers: [SignerName(actor)], keyrings: [keyring]),
      passphrase: passphrase, nonce: nonce, isRehearsal: isRehearsal, acceptsJump: acceptsJump,
      now: now, progress: progress)
  }

  /// Those who sign, found and opened once.
  package func signers() throws -> [Signer] {
    try opened.signers.withLock { signers in
      if let open = signers { return open }
      let open = try signing.resolve(in: try ledger.state)
      signers = open
      return open
    }
  }

  /// The ledger's secrets, opened once.
  package func secrets() throws -> SecretDirectory {
    try opened.secrets.withLock { secrets in
      if let open = secrets { return open }
      let open = try SecretDirectory(at: directory.secrets, passphrase: try passphrase())
      secrets = open
      return open
    }
  }
}

/// The clock, for all that is not given one.
package enum Clock {
  /// The system's time, in milliseconds.
  package static let now: @Sendable () -> Timestamp = {
    Timestamp(milliseconds: SystemClock.milliseconds())
  }
}

/// How long work tells how far it is.
package struct Progress: Sendable {
  /// Called now and then with what is done, of how much, both in bytes, and the rows so far.
  package let report:
    @Sendable (_ step: String, _ done: UInt64, _ total: UInt64, _ rows: UInt64) -> Void
  /// Whether the user wants to stop.
  package let isCancelled: @Sendable () -> Bool

  package init(
    report: @escaping @Sendable (String, UInt64, UInt64, UInt64) -> Void,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.report = report
    self.isCancelled = isCancelled
  }

  /// Tells nothing and never stops.
  package static let silent = Progress(report: { _, _, _, _ in }, isCancelled: { false })
}
