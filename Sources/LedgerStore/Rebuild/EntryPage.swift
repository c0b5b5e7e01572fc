internal import Files
internal import GRDB
internal import Provenance

/// Some entries of the log, being read by other cores.
struct EntryPage: Sendable {
  let count: Int
  private let runs: [Pending<[Entry?]>]

  /// The most entries of a page: few, so that what one core read is still near when another folds it.
  private static let size = 96

  /// Posts the reading of the entries from `start` on; `nil` when there are none.
  init?(_ db: Database, from start: UInt64, _ crew: Crew) throws {
    var total = 0
    var runs: [Pending<[Entry?]>] = []
    try EntryRun.forEach(db, from: start, limit: Self.size, runs: 24) { run in
      runs.append(crew.post { run.entries })
      total += run.count
    }
    if total == 0 { return nil }
    count = total
    self.runs = runs
  }

  /// Takes what was read, in order, as it comes; `nil` for bytes that are no entry.
  func forEach(_ body: (Entry?) throws -> Void) rethrows {
    for run in runs {
      for entry in run.take() { try body(entry) }
    }
  }
}
