internal import Files
internal import GRDB

/// The rows of some changes, being spelled by other cores.
struct SpelledRows: Sendable {
  private let runs: [Pending<[WrittenRow]>]

  init(_ changes: ChangedRows, _ crew: Crew) {
    runs = stride(from: 0, to: changes.count, by: 128).map { start in
      let range = start..<min(changes.count, start + 128)
      return crew.post { changes.rows(range) }
    }
  }

  /// Writes them as they come, and lets go of them.
  func write(_ db: Database) throws {
    for run in runs {
      try WrittenRow.write(run.take(), db)
    }
  }
}
