internal import CanonicalJSON
internal import Datasets
internal import LedgerCrypto
package import Provenance
internal import Rows
internal import SetCommitment

/// Compares every row of a release with a registered list; which rows matched stays here, sealed.
package struct MatchRelease: Deciding {
  let release: VersionedName
  let list: VersionedName
  /// The list's contents, which must be what was registered.
  let file: String
  /// What is compared; by default the column of the list's algorithm, or of URLs.
  let column: String?
  /// Of when the release's own hashes are; now by default.
  let hashesAsOf: Timestamp?

  package init(
    _ release: VersionedName, list: VersionedName, file: String, column: String?,
    hashesAsOf: Timestamp?
  ) {
    self.release = release
    self.list = list
    self.file = file
    self.column = column
    self.hashesAsOf = hashesAsOf
  }

  package struct Plan: Sendable {
    let list: HashListRecord
    let column: String
    let result: MatchResult
    let found: FoundMembers
  }

  package func plan(_ desk: Desk) throws -> Plan {
    _ = try desk.view.release(release)
    guard let record = desk.view.state.catalog.lists[list] else {
      throw WorkflowFailure.listUnknown(list)
    }
    guard let secret = try desk.vault.secrets().get(SecretDirectory.listName(list)) else {
      throw WorkflowFailure.membersSealed(record.received)
    }
    let contents = try ListFile.read(
      file, record.receipt.algorithm, of: record.receipt.of, desk.progress)
    let root = EntrySet(contents.entryKeys()).sealed(under: HMAC256(key: secret)).root
    guard root.root == record.receipt.set.root else { throw WorkflowFailure.listDiffers(list) }
    let catalog = try desk.shelf.catalogOfFilesHere(of: release)
    let reader = try desk.shelf.reader(of: release, catalog)
    let result = try reader.match(contents, column: column, work: desk.shelf.work("match"))
    guard result.shards == catalog.entries.map(\.facts) else {
      let changed = zip(result.shards, catalog.entries).first { $0 != $1.facts }
      throw WorkflowFailure.shardChanged(changed?.0.name ?? release.description)
    }
    let byDefault = record.receipt.of == .url ? "url" : record.receipt.algorithm.rawValue
    return Plan(
      list: record, column: Self.name(of: column ?? byDefault, in: reader), result: result,
      found: try found(result, desk.shelf))
  }

  /// The keys that matched, and the rows of those of which others did not; all, where no index here says
  /// how many there are.
  private func found(_ result: MatchResult, _ shelf: Shelf) throws -> FoundMembers {
    guard shelf.hasIndex(of: release) else {
      return FoundMembers(found: result.matched) { _ in nil }
    }
    let source = try shelf.index(of: release).source
    return try FoundMembers(found: result.matched) { try source.entry(of: $0)?.rows }
  }

  /// The column's name as the release spells it.
  private static func name(of column: String, in reader: ReleaseReader) -> String {
    let names = (reader.identity + reader.content).map(\.name)
    return FileSchema.place(ofAnyCase: column, in: names).map { names[$0] } ?? column
  }

  package func statements(_ plan: Plan, _ staging: inout Staging) throws -> MatchCompleted {
    let match = MatchCompleted(
      release: release, list: plan.list.event, column: plan.column,
      scannedRows: plan.result.rowsScanned, rowsWithoutHash: plan.result.rowsWithoutHash,
      matched: Tally(
        keys: UInt64(plan.found.keys.count), rows: UInt64(plan.result.matched.count)),
      hashesAsOf: (hashesAsOf ?? staging.desk.moment).wholeSecond,
      set: try staging.seal(found: plan.found, kind: .matchCompleted))
    // Its set has another secret each time, so that its bytes do not tell.
    let earlier = try staging.desk.view.matches(on: release).last {
      $0.says(match, by: staging.desk.signers)
    }
    try staging.say(.matchCompleted(match), repeating: earlier?.sequence)
    return match
  }
}

extension AdmittedEvent {
  /// Whether it is a match by the same signers with the same figures.
  fileprivate func says(_ match: MatchCompleted, by signers: [Signer]) -> Bool {
    guard case .matchCompleted(let other) = statement.body, other.isRepeated(by: match) else {
      return false
    }
    return statement.header.signers == signers.map(\.publicKey.id).sorted()
  }
}

extension MatchCompleted {
  /// Whether `other` compares the same rows with the same list: it then finds the same, though the
  /// secret of its set is another.
  func isSame(as other: MatchCompleted) -> Bool {
    release == other.release && list == other.list && NameOrder.areSame(column, other.column)
  }

  /// Whether `other` does the same once more, with the same figures.
  fileprivate func isRepeated(by other: MatchCompleted) -> Bool {
    isSame(as: other) && scannedRows == other.scannedRows
      && rowsWithoutHash == other.rowsWithoutHash && matched == other.matched
  }
}
