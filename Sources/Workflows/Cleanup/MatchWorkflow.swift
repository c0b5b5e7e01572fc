internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import Rows
internal import SetCommitment

extension Session {
  /// What `hashlist add` recorded.
  package struct ListDone: Sendable {
    package let recorded: Recorded
    package let hashes: UInt64
  }

  /// Registers a version of a hash list under a fresh secret; its contents are read and dropped.
  package func addHashList(
    _ list: VersionedName, file: String, algorithm: HashAlgorithm, of subject: HashedThing,
    issuer: ActorName?, asOf: Timestamp?
  ) throws -> ListDone {
    guard Directory.holds(file) else { throw WorkflowFailure.noFile(file) }
    if let record = try ledger.state.catalog.lists[list] {
      throw Refusal.listExists(list, at: record.received)
    }
    guard let issuer = issuer ?? ActorName(list.name.text) else {
      throw WorkflowFailure.badInput(
        "The list's name is no actor's; name its issuer with --issuer.")
    }
    let secrets = try secrets()
    let contents = try hashList(file, algorithm, subject)
    let secret = try Random.bytes(32)
    let root = EntrySet(contents.entryKeys()).sealed(under: HMAC256(key: secret)).root
    let body = HashListReceived(
      list: list, issuer: issuer, algorithm: algorithm, of: subject,
      asOf: (asOf ?? now()).wholeSecond,
      set: SetReference(
        root: root.root, keys: UInt64(contents.count), disclosure: .sealed, members: nil))
    let name = SecretDirectory.listName(list)
    return try undoing {
      try put(secret: secret, as: name, in: secrets)
      return ListDone(
        recorded: try record { _ in .hashListReceived(body) }, hashes: UInt64(contents.count))
    }
  }

  private func hashList(
    _ file: String, _ algorithm: HashAlgorithm, _ subject: HashedThing
  ) throws -> HashList {
    try HashList(
      path: file, algorithm: algorithm.listAlgorithm, of: subject.listSubject,
      isCancelled: progress.isCancelled)
  }

  /// The column's name as the release spells it.
  private static func name(of column: String, in reader: ReleaseReader) -> String {
    let names = (reader.identity + reader.content).map(\.name)
    return names.first { $0 == column }
      ?? names.first { $0.lowercased() == column.lowercased() } ?? column
  }

  /// What `match` recorded.
  package struct MatchDone: Sendable {
    package let recorded: Recorded
    package let match: MatchCompleted
  }

  /// Compares every row of a release with a registered list; which rows matched stays here, sealed.
  package func match(
    _ name: VersionedName, list listName: VersionedName, file: String, column: String?,
    hashesAsOf: Timestamp?
  ) throws -> MatchDone {
    _ = try release(name)
    guard let list = try ledger.state.catalog.lists[listName] else {
      throw WorkflowFailure.listUnknown(listName)
    }
    guard Directory.holds(file) else { throw WorkflowFailure.noFile(file) }
    let key = try signer()
    let secrets = try secrets()
    guard let secret = try secrets.get(SecretDirectory.listName(listName)) else {
      throw WorkflowFailure.membersSealed(list.received)
    }
    let contents = try hashList(file, list.receipt.algorithm, list.receipt.of)
    let root = EntrySet(contents.entryKeys()).sealed(under: HMAC256(key: secret)).root
    guard root.root == list.receipt.set.root else { throw WorkflowFailure.listDiffers(listName) }
    let catalog = try catalog(of: name)
    let reader = try reader(of: name, shards: try catalog.shards())
    let result = try reader.match(contents, column: column, work: work("match"))
    guard result.shards == catalog.entries.map(\.facts) else {
      let changed = zip(result.shards, catalog.entries).first { $0 != $1.facts }
      throw WorkflowFailure.shardChanged(changed?.0.name ?? name.description)
    }
    let matched = Tally(keys: UInt64(result.matchedKeys.count), rows: result.rowsMatched)
    let moment = now().wholeSecond
    return try undoing {
      let match = MatchCompleted(
        release: name, list: list.event,
        column: Self.name(
          of: column ?? (list.receipt.of == .url ? "url" : list.receipt.algorithm.rawValue),
          in: reader),
        scannedRows: result.rowsScanned, rowsWithoutHash: result.rowsWithoutHash, matched: matched,
        hashesAsOf: (hashesAsOf ?? moment).wholeSecond,
        set: try sealSet(result.matchedKeys, kind: .matchCompleted, secrets: secrets))
      let recorded = try ledger.append(now: now) { transaction in
        try record(.matchCompleted(match), keys: [key], in: &transaction)
      }
      return MatchDone(recorded: recorded, match: match)
    }
  }
}

/// The same words in the two vocabularies: events speak one, readers of files the other.
extension HashAlgorithm {
  var listAlgorithm: ListAlgorithm {
    switch self {
    case .md5: .md5
    case .sha1: .sha1
    case .sha256: .sha256
    }
  }
}

extension HashedThing {
  var listSubject: ListSubject {
    switch self {
    case .image: .image
    case .url: .url
    }
  }
}
