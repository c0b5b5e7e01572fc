internal import GRDB
internal import Provenance

/// Some entries of the log, being read by other cores.
struct EntryPage: Sendable {
  let count: Int
  let batch: WorkPool.Batch
  private let runs: [Slot<[Entry?]>]

  /// The most entries of a page: few, so that what one core read is still near when another folds it.
  private static let size = 96

  /// Posts the reading of the entries from `start` on; `nil` when there are none.
  init?(_ db: Database, from start: UInt64, _ pool: WorkPool) throws {
    let batch = WorkPool.Batch()
    var total = 0
    var runs: [Slot<[Entry?]>] = []
    try EntryRun.forEach(db, from: start, limit: Self.size, runs: 24) { run in
      let slot = Slot<[Entry?]>()
      pool.add(to: batch) { slot.put(run.entries) }
      runs.append(slot)
      total += run.count
    }
    if total == 0 { return nil }
    count = total
    self.batch = batch
    self.runs = runs
  }

  /// What was read, in order, once the batch is done; `nil` for bytes that are no entry.
  func forEach(_ body: (Entry?) throws -> Void) rethrows {
    for run in runs {
      for entry in run.value ?? [] { try body(entry) }
    }
  }
}

/// The rows of some changes, being spelled by other cores.
struct SpelledRows: Sendable {
  let batch = WorkPool.Batch()
  private let runs: [Slot<[WrittenRow]>]

  init(_ changes: ChangedRows, _ pool: WorkPool) {
    var runs: [Slot<[WrittenRow]>] = []
    for start in stride(from: 0, to: changes.count, by: 128) {
      let slot = Slot<[WrittenRow]>()
      let range = start..<min(changes.count, start + 128)
      pool.add(to: batch) { slot.put(changes.rows(range)) }
      runs.append(slot)
    }
    self.runs = runs
  }

  /// Writes them, once the batch is done, and lets go of them.
  func write(_ db: Database) throws {
    for run in runs {
      try WrittenRow.write(run.take() ?? [], db)
    }
  }
}
