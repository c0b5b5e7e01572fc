package import Datasets
internal import Files
package import LedgerCrypto
package import LedgerStore
package import Provenance

/// Where commands work: a ledger with what opens it, those who sign, and what the outside decides.
package struct Workplace: Sendable {
  package let directory: LedgerDirectory
  package let ledger: Ledger
  /// Who signs, and with what; nobody needs to for what only reads.
  package let signers: Signers
  /// The nonce of a retry, 16 bytes; fresh by default.
  package let nonce: [UInt8]?
  /// Whether decisions are made, checked and dropped: nothing is recorded and nothing stays.
  package let isDryRun: Bool
  package let now: @Sendable () -> Timestamp
  package var progress: Progress
  /// What reads and writes Parquet.
  package var engine: Engine
  /// What opens the ledger's own secrets.
  package let passphrase: @Sendable () throws -> Passphrase
  private let opened: Vault.Opened

  /// Opens the ledger in `directory`.
  ///
  /// With `acceptsJump` an entry can be recorded more than a day after the last one.
  package init(
    directory: LedgerDirectory, signing: Signing,
    passphrase: @escaping @Sendable () throws -> Passphrase, nonce: [UInt8]? = nil,
    isDryRun: Bool = false, acceptsJump: Bool = false,
    now: @escaping @Sendable () -> Timestamp = Clock.now,
    progress: Progress = .silent, engine: Engine = Engine()
  ) throws {
    guard Directory.holds("\(directory.path)/ledger.db") else {
      if Access.isHidden("\(directory.path)/ledger.db") {
        throw WorkflowFailure.ledgerUnreachable(directory.path)
      }
      throw WorkflowFailure.noLedger(directory.path)
    }
    self.directory = directory
    var ledger = try Ledger.open(at: directory.path)
    ledger.acceptsJump = acceptsJump
    self.ledger = ledger
    signers = Signers(signing)
    self.passphrase = passphrase
    opened = Vault.Opened(passphrase)
    self.nonce = nonce
    self.isDryRun = isDryRun
    self.now = now
    self.progress = progress
    self.engine = engine
  }

  /// Opens the ledger in `directory` for one signer, whose key is in the ledger's own directory
  /// unless `keys` names another.
  package init(
    directory: LedgerDirectory, actor: ActorName, keys: KeyDirectory? = nil,
    passphrase: @escaping @Sendable () throws -> Passphrase, nonce: [UInt8]? = nil,
    isDryRun: Bool = false, acceptsJump: Bool = false,
    now: @escaping @Sendable () -> Timestamp = Clock.now,
    progress: Progress = .silent, engine: Engine = Engine()
  ) throws {
    let keyring = Signing.Keyring(keys ?? KeyDirectory(directory.keys), passphrase)
    try self.init(
      directory: directory, signing: Signing(signers: [SignerName(actor)], keyrings: [keyring]),
      passphrase: passphrase, nonce: nonce, isDryRun: isDryRun, acceptsJump: acceptsJump, now: now,
      progress: progress, engine: engine)
  }

  /// The ledger as it is now.
  package func view() throws -> LedgerView { try LedgerView(of: ledger) }

  /// What the passphrase opens, as of now.
  package func vault() throws -> Vault { Vault(try view(), directory, opened) }

  /// The files of the releases, as of now.
  package func shelf() throws -> Shelf { Shelf(try vault(), progress, engine) }

  /// The ledger as it is now, with those who sign.
  package func desk(completed: Set<Digest> = []) throws -> Desk {
    let shelf = try shelf()
    let resolved = try signers.resolved(in: shelf.view)
    let nonce = try nonce ?? Random.bytes(16)
    // One of the keys, the same for the same signers.
    let signer = resolved.map(\.publicKey.id).min()
    let earlier =
      if self.nonce != nil, let signer {
        try shelf.view.earlier(nonce: nonce, signer: signer)
      } else {
        [AdmittedEvent]()
      }
    return Desk(
      shelf: shelf, signers: resolved, nonce: nonce, earlier: earlier,
      moment: earlier.first?.statement.header.occurredAt ?? now().wholeSecond,
      signing: signers.signing, completed: completed)
  }
}
