internal import Synchronization
internal import Testing

@testable internal import LedgerStore

@Suite struct `Work that other cores do` {
  /// Something that a job holds.
  private final class Held: Sendable {}

  /// What is held, seen from outside.
  private struct Watch {
    weak let held: Held?
    init(_ held: Held) { self.held = held }
  }

  /// Adds a job that holds something, and gives what watches it.
  private func addHolding(_ pool: WorkPool, _ batch: WorkPool.Batch) -> Watch {
    let held = Held()
    pool.add(to: batch) { _ = held }
    return Watch(held)
  }

  @Test func `is let go of when it is done, while other work still waits`() {
    // Nobody but the caller works, so that the order is known.
    let pool = WorkPool(width: 1)
    defer { pool.close() }
    let last = WorkPool.Batch()
    for _ in 0..<100 {
      let batch = WorkPool.Batch()
      let watch = addHolding(pool, batch)
      pool.add(to: last) {}
      #expect(watch.held != nil)
      pool.wait(for: batch)
      #expect(watch.held == nil)
      #expect(!last.isDone)
    }
    pool.wait(for: last)
    #expect(last.isDone)
  }

  @Test func `frees what it is given`() {
    let pool = WorkPool(width: 1)
    let watch: Watch
    do {
      let held = Held()
      watch = Watch(held)
      pool.free(held)
    }
    #expect(watch.held != nil)
    pool.close()
    #expect(watch.held == nil)
  }

  @Test(arguments: [1, 2, 7]) func `is all done, each job once`(width: Int) {
    let pool = WorkPool(width: width)
    defer { pool.close() }
    let done = Mutex([Int](repeating: 0, count: 1_000))
    var batches: [WorkPool.Batch] = []
    for start in stride(from: 0, to: 1_000, by: 100) {
      let batch = WorkPool.Batch()
      for job in start..<start + 100 {
        pool.add(to: batch) { done.withLock { $0[job] += 1 } }
      }
      if start.isMultiple(of: 300) { pool.wait(for: batch) }
      batches.append(batch)
    }
    for batch in batches { pool.wait(for: batch) }
    #expect(done.withLock { $0.allSatisfy { $0 == 1 } })
  }
}
