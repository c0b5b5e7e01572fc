internal import CanonicalJSON
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

  /// Registers a version of a hash list under a secret of its own; its contents are read and dropped.
  package func addHashList(
    _ list: VersionedName, file: String, algorithm: HashAlgorithm, of subject: HashedThing,
    issuer: ActorName?, asOf: Timestamp?
  ) throws -> ListDone {
    guard Directory.holds(file) else { throw WorkflowFailure.noFile(file) }
    let attempt = try attempt()
    if let record = try ledger.state.catalog.lists[list], record.event != attempt.first?.id {
      throw Refusal.listExists(list, at: record.received)
    }
    guard let issuer = issuer ?? ActorName(list.name.text) else {
      throw WorkflowFailure.badInput(
        "The list's name is no actor's; name its issuer with --issuer.")
    }
    let secrets = try secrets()
    let contents = try hashList(file, algorithm, subject)
    let hashes = EntrySet(contents.entryKeys())
    let moment = attempt.moment(now())
    let recorded = try record(
      as: SecretDirectory.listName(list), in: secrets,
      isRecorded: { try ledger.state.catalog.lists[list] != nil }
    ) { secret in
      let body = HashListReceived(
        list: list, issuer: issuer, algorithm: algorithm, of: subject,
        asOf: (asOf ?? moment).wholeSecond,
        set: SetReference(
          root: hashes.sealed(under: HMAC256(key: secret)).root.root,
          keys: UInt64(contents.count), disclosure: .sealed, members: nil))
      return try record({ _ in .hashListReceived(body) }, attempt: attempt, at: moment)
    }
    return ListDone(recorded: recorded, hashes: UInt64(contents.count))
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
    return FileSchema.place(ofAnyCase: column, in: names).map { names[$0] } ?? column
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
    let attempt = try attempt()
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
    let moment = attempt.moment(now())
    return try undoing {
      let match = MatchCompleted(
        release: name, list: list.event,
        column: Self.name(
          of: column ?? (list.receipt.of == .url ? "url" : list.receipt.algorithm.rawValue),
          in: reader),
        scannedRows: result.rowsScanned, rowsWithoutHash: result.rowsWithoutHash, matched: matched,
        hashesAsOf: (hashesAsOf ?? moment).wholeSecond,
        set: try sealSet(
          result.matchedKeys, kind: .matchCompleted, attempt: attempt, secrets: secrets))
      let earlier = try matches(on: name).last { event in
        guard case .matchCompleted(let other) = event.statement.body else { return false }
        return other.isRepeated(by: match)
      }
      let recorded = try append { transaction in
        try record(
          .matchCompleted(match), signers: attempt.signers, attempt: attempt, at: moment,
          in: &transaction)
      }
      return MatchDone(
        recorded: recorded.receipt.isNew ? recorded.repeating(earlier?.sequence) : recorded,
        match: match)
    }
  }
}

extension MatchCompleted {
  /// Whether `other` compares the same rows with the same list: it then finds the same, though the
  /// secret of its set is another.
  func isSame(as other: MatchCompleted) -> Bool {
    release == other.release && list == other.list && NameOrder.areSame(column, other.column)
  }

  /// Whether `other` does the same once more, with the same figures.
  func isRepeated(by other: MatchCompleted) -> Bool {
    isSame(as: other) && scannedRows == other.scannedRows
      && rowsWithoutHash == other.rowsWithoutHash && matched == other.matched
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
