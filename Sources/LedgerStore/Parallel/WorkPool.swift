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
    /// Signalled when the last of its jobs has run.
    fileprivate let done = DispatchSemaphore(value: 0)
    var isDone: Bool { open.withLock { $0 == 0 } }
  }

  private struct Job {
    let batch: Batch
    let run: @Sendable () -> Void
  }

  /// The jobs that nobody has begun, in the order in which they came.
  private struct Line {
    private var jobs: [Job?] = []
    private var next = 0
    var isClosed = false

    mutating func append(_ job: Job) { jobs.append(job) }

    /// The oldest job.
    ///
    /// Nothing is left here of what it holds, even when the line never gets empty.
    mutating func removeFirst() -> Job? {
      guard next < jobs.count else { return nil }
      defer {
        jobs[next] = nil
        next += 1
        if next * 2 >= jobs.count {
          jobs.removeFirst(next)
          next = 0
        }
      }
      return jobs[next]
    }
  }
  private let line = Mutex(Line())
  private let posted = DispatchSemaphore(value: 0)
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
    line.withLock { $0.append(Job(batch: batch, run: run)) }
    posted.signal()
  }

  /// Has a core free `value`, of which the caller keeps nothing.
  ///
  /// What one thread made another frees at a price: they wait for each other in the allocator.
  func free(_ value: consuming some Sendable) {
    let slot = Slot(value)
    add(to: Batch()) { slot.take() }
  }

  /// Returns when every job of `batch` has run; runs jobs itself meanwhile.
  func wait(for batch: Batch) {
    while !batch.isDone {
      if !runNext() {
        // The rest of its jobs are running elsewhere.
        batch.done.wait()
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
    guard let job = line.withLock({ $0.removeFirst() }) else { return false }
    job.run()
    let isLast = job.batch.open.withLock { open in
      open -= 1
      return open == 0
    }
    if isLast { job.batch.done.signal() }
    return true
  }
}

/// A result that another thread leaves for the one that waits.
final class Slot<Value: Sendable>: Sendable {
  private let content: Mutex<Value?>
  init(_ value: Value? = nil) { content = Mutex(value) }

  var value: Value? { content.withLock { $0 } }
  func put(_ value: Value) { content.withLock { $0 = value } }

  /// The result, which is then no longer here.
  @discardableResult func take() -> Value? {
    content.withLock { content in
      defer { content = nil }
      return content
    }
  }
}
