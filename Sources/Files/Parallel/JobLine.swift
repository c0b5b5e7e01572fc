/// Jobs that nobody has begun, in the order in which they came.
struct JobLine {
  typealias Job = @Sendable () -> Void

  private var jobs: [Job?] = []
  private var next = 0

  mutating func append(_ job: @escaping Job) { jobs.append(job) }

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
