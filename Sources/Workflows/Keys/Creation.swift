internal import Files
package import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import TransparencyLog

/// Makes a ledger directory.
package enum Creation {
  /// What `winnow init` made.
  package struct Made: Sendable {
    package let ledger: EventID
    package let origin: Origin
    package let vkey: String
    package let actor: ActorName
    package let publicKey: VerifyingKey
  }

  /// Makes the directory with a first administrator, the log's key, its policy and sequence 0;
  /// all of it, or nothing.
  package static func create(
    at directory: LedgerDirectory, origin: Origin, actor: ActorName, passphrase: Passphrase,
    now: @Sendable () -> Timestamp = Clock.now
  ) throws -> Made {
    let path = AbsolutePath.of(directory.path)
    guard
      try !Directory.holds(path)
        || Directory.exists(path) && Directory.names(in: path).isEmpty
    else {
      throw WorkflowFailure.exists(directory.path)
    }
    let building = LedgerDirectory(TemporaryName.fresh(in: Directory.parent(of: path)))
    try Directory.makeNew(building.path, mode: 0o700)
    do {
      let made = try fill(building, origin, actor, passphrase, now)
      try appear(building.path, at: path)
      return made
    } catch {
      try? FileTree.remove(building.path)
      throw error
    }
  }

  /// Gives the whole directory its name, in place of nothing or of an empty one.
  private static func appear(_ building: String, at path: String) throws {
    do throws(FileFailure) {
      try Directory.move(building, to: path)
    } catch {
      // Another was first.
      guard !Directory.holds(path) else { throw WorkflowFailure.exists(path) }
      throw error
    }
  }

  private static func fill(
    _ directory: LedgerDirectory, _ origin: Origin, _ actor: ActorName, _ passphrase: Passphrase,
    _ now: () -> Timestamp
  ) throws -> Made {
    let key = try KeyDirectory(directory.keys).make(for: actor, passphrase: passphrase)
    let logKey = try SigningKey.generate()
    try KeyDirectory.write(logKey, to: directory.logKey, passphrase: passphrase)
    try SecretDirectory.create(at: directory.secrets, passphrase: passphrase)
    let verifierKey = try LogSigner.verifierKey(origin: origin, key: logKey)
    try AtomicFile.write(
      try LogPolicy(logs: [.init(key: verifierKey)]).bytes, to: directory.policy)
    let moment = now()
    let header = Header(
      binding: .origin(origin), signers: [key, logKey].map(\.verifyingKey.id),
      nonce: try Random.bytes(16), occurredAt: moment.wholeSecond)
    let body = LedgerCreated(
      origin: origin, logKey: verifierKey.description,
      founders: [
        Founder(
          actor: actor, publicKey: key.verifyingKey, custody: .own,
          roles: [.administrator, .publisher, .steward])
      ], charter: .initial)
    let event = try SignedEvent(
      signing: Statement(header: header, body: .ledgerCreated(body)), with: [key, logKey])
    _ = try Ledger.create(at: directory.path, event: event, now: moment)
    return Made(
      ledger: event.id, origin: origin, vkey: verifierKey.description, actor: actor,
      publicKey: key.verifyingKey)
  }
}
