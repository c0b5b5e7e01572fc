internal import Dispatch
internal import Synchronization

/// Pure work done by other cores while one thread reads the database, which must stay on its thread.
///
/// The caller's thread helps whenever it has to wait, so that no core idles and the work gets done
/// even when no other thread can be had.
final class WorkPool: Sendable {
  /// Some jobs that are waited for together.
  final class Batch: Sendable {
    fileprivate let open = Mutex(0)
    var isDone: Bool { open.withLock { $0 == 0 } }
  }

  private struct Line {
    var jobs: [(batch: Batch, run: @Sendable () -> Void)] = []
    var next = 0
    var isClosed = false
  }
  private let line = Mutex(Line())
  private let posted = DispatchSemaphore(value: 0)
  private let finished = DispatchSemaphore(value: 0)
  private let width: Int

  /// Starts one helper for each core but the caller's.
  init(width: Int = Parallel.width) {
    self.width = width
    for _ in 1..<max(1, width) {
      DispatchQueue.global().async { [self] in
        while true {
          posted.wait()
          if !runNext(), line.withLock({ $0.isClosed }) { return }
        }
      }
    }
  }

  /// Adds a job; it runs on any core, in no order.
  func add(to batch: Batch, _ run: @escaping @Sendable () -> Void) {
    batch.open.withLock { $0 += 1 }
    line.withLock { $0.jobs.append((batch, run)) }
    posted.signal()
  }

  /// Returns when every job of `batch` has run; runs jobs itself meanwhile.
  func wait(for batch: Batch) {
    while !batch.isDone {
      if !runNext() {
        // All its jobs are running elsewhere: each signals when it ends.
        finished.wait()
      }
    }
  }

  /// Ends the helpers, after every job has run.
  ///
  /// It waits for none of them: one that never got a thread ends when it gets it, without work.
  func close() {
    while runNext() {}
    line.withLock { $0.isClosed = true }
    for _ in 1..<max(1, width) { posted.signal() }
  }

  /// Runs the oldest job, or gives false when there is none.
  private func runNext() -> Bool {
    let job = line.withLock { line -> (batch: Batch, run: @Sendable () -> Void)? in
      guard line.next < line.jobs.count else { return nil }
      defer {
        line.next += 1
        if line.next == line.jobs.count {
          line.jobs.removeAll(keepingCapacity: true)
          line.next = 0
        }
      }
      return line.jobs[line.next]
    }
    guard let job else { return false }
    job.run()
    job.batch.open.withLock { $0 -= 1 }
    finished.signal()
    return true
  }
}

/// A result that another thread leaves for the one that waits.
final class Slot<Value: Sendable>: Sendable {
  private let content: Mutex<Value?> = Mutex(nil)
  var value: Value? { content.withLock { $0 } }
  func put(_ value: Value) { content.withLock { $0 = value } }
}
