internal import GRDB

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
