internal import Dispatch
internal import Synchronization

/// The cores at work for one thread: it posts jobs, goes on, and takes what they give.
///
/// Whatever has an order or cannot leave its thread stays with that thread: a database, a file that is
/// read or written from one end to the other. It does jobs itself whenever it has to wait, so that no
/// core idles, and all gets done even when no other thread can be had: nothing waits for a thread that
/// never comes, however deep crews are nested.
package final class Crew: Sendable {
  private struct Line {
    var jobs = JobLine()
    /// Other threads that do jobs, or are about to.
    var helpers = 0
    /// Jobs that have begun and not ended.
    var running = 0
    var isClosed = false

    mutating func begin() -> JobLine.Job? {
      guard let job = jobs.removeFirst() else { return nil }
      running += 1
      return job
    }
  }

  /// How many threads work, the caller's among them.
  package let width: Int
  private let line = Mutex(Line())
  /// Signalled when the last job that ran at the end has ended.
  private let isIdle = DispatchSemaphore(value: 0)

  /// Runs `body` with a crew, which ends with it.
  ///
  /// Jobs that have begun by then are waited for; those that have not are never run.
  package static func work<Result, Failure: Error>(
    width: Int = Cores.count, _ body: (Crew) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let crew = Crew(width: width)
    defer { crew.close() }
    return try body(crew)
  }

  private init(width: Int) { self.width = max(1, width) }

  /// Has any core do `job`, in no order.
  ///
  /// What it holds is let go of before its result can be taken.
  @discardableResult
  package func post<Value: Sendable>(_ job: @escaping @Sendable () -> Value) -> Pending<Value> {
    let pending = Pending(job, of: self)
    let needsHelp = line.withLock { line in
      precondition(!line.isClosed, "a crew is given jobs while it works")
      line.jobs.append { pending.run() }
      guard line.helpers < width - 1 else { return false }
      line.helpers += 1
      return true
    }
    if needsHelp { DispatchQueue.global().async { self.help() } }
    return pending
  }

  /// Has a core free `value`, of which the caller keeps nothing.
  ///
  /// What one thread made another frees at a price: they wait for each other in the allocator.
  package func free(_ value: consuming some Sendable) {
    let value = value
    post { _ = value }
  }

  /// Runs the oldest job; gives false when there is none.
  func runNext() -> Bool {
    guard let job = line.withLock({ $0.begin() }) else { return false }
    job()
    return true
  }

  /// Notes that a job has ended, before anybody can have its result.
  func end() {
    let isLast = line.withLock { line in
      line.running -= 1
      return line.isClosed && line.running == 0
    }
    if isLast { isIdle.signal() }
  }

  /// Whether no job is begun any more.
  var isClosed: Bool { line.withLock { $0.isClosed } }

  /// Does jobs until there is none.
  private func help() {
    while true {
      let job = line.withLock { line in
        let job = line.begin()
        // Under the lock that shows the line empty: who posts next sees that help is needed.
        if job == nil { line.helpers -= 1 }
        return job
      }
      guard let job else { return }
      job()
    }
  }

  private func close() {
    let (left, running) = line.withLock { line in
      defer { line.jobs = JobLine() }
      line.isClosed = true
      return (line.jobs, line.running)
    }
    // They go here, not under the lock.
    _ = consume left
    if running > 0 { isIdle.wait() }
  }
}
