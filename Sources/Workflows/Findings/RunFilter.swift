internal import Datasets
internal import LedgerCrypto
package import Provenance
internal import SetCommitment

/// Runs an expression over every row of a release; which rows it chose stays here, sealed, unless both
/// are to be open.
package struct RunFilter: Deciding {
  let release: VersionedName
  let expression: String
  let isOpen: Bool

  /// Takes a condition on one row in DuckDB's expression language.
  package init(_ release: VersionedName, _ expression: String, isOpen: Bool = false) {
    self.release = release
    self.expression = expression
    self.isOpen = isOpen
  }

  package struct Plan: Sendable {
    let found: FilterRun
  }

  package func plan(_ desk: Desk) throws -> Plan {
    Plan(found: try FilterRun(expression, on: release, desk.shelf))
  }

  package func statements(_ plan: Plan, _ staging: inout Staging) throws -> FilterCompleted {
    let bytes = Array(expression.utf8)
    if isOpen { try staging.desk.shelf.checkOpenWords(bytes) }
    let completed = FilterCompleted(
      release: release,
      filter: isOpen
        ? try staging.attach(
          bytes, mediaType: FilterRun.mediaType, kind: .filterCompleted, field: "filter")
        : try staging.seal(
          bytes, mediaType: FilterRun.mediaType, kind: .filterCompleted, field: "filter"),
      scannedRows: plan.found.scanned, matched: plan.found.tally,
      set: isOpen
        ? try staging.open(set: plan.found.keys, kind: .filterCompleted)
        : try staging.seal(set: plan.found.keys, kind: .filterCompleted))
    try staging.say(.filterCompleted(completed))
    return completed
  }
}

/// What an expression chooses of a release's files.
struct FilterRun: Sendable {
  /// What tells an expression from other words of a choice.
  static let mediaType = "application/sql"

  let keys: EntrySet
  let tally: Tally
  let scanned: UInt64

  /// Runs it over the files of the catalogue, which must be what they were, and holds what DuckDB read
  /// against rows and index of the release.
  init(_ text: String, on release: VersionedName, _ shelf: Shelf) throws {
    _ = try shelf.view.release(release)
    let catalog = try shelf.catalogOfFilesHere(of: release)
    let expression = try FilterExpression(text, shelf.engine)
    let found = try shelf.reader(of: release, catalog)
      .filter(expression, work: shelf.work("filter"))
    for (read, entry) in zip(found.shards, catalog.entries) {
      guard read.sha256 == entry.facts.sha256 else {
        throw WorkflowFailure.shardChanged(read.name)
      }
      guard read.rows == entry.facts.rows else {
        throw DatasetFailure.engine(read.name, .otherRows)
      }
    }
    let source = try shelf.index(of: release).source
    for (number, key) in found.keys.enumerated() {
      if number % 4096 == 0, shelf.progress.isCancelled() { throw WorkflowFailure.cancelled }
      // A key that the release has not is of a row that DuckDB read otherwise.
      guard try source.holds(key) else { throw DatasetFailure.engine(nil, .otherContent) }
    }
    keys = EntrySet(found.keys)
    tally = try shelf.tally(of: keys, in: release)
    scanned = catalog.entries.reduce(0) { $0 + $1.facts.rows }
  }
}
