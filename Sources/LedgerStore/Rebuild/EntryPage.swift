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
