internal import Dispatch
internal import Synchronization

/// What a job of a ``Crew`` will give.
package final class Pending<Value: Sendable>: Sendable {
  private struct State {
    /// Until it is begun.
    var job: (@Sendable () -> Value)?
    /// From when it has ended until it is taken.
    var value: Value?
    var isTaken = false
    /// Set by who waits, while the job runs elsewhere.
    var sleeper: DispatchSemaphore?
  }

  private let crew: Crew
  private let state: Mutex<State>

  init(_ job: @escaping @Sendable () -> Value, of crew: Crew) {
    self.crew = crew
    state = Mutex(State(job: job))
  }

  /// Gives the result, once; until it is there the caller does other jobs of the crew.
  package func take() -> Value {
    while true {
      if let value = taken() { return value }
      if crew.runNext() { continue }
      // It runs elsewhere. Only who has to sleep is woken.
      let sleeper = DispatchSemaphore(value: 0)
      let sleeps = state.withLock { state in
        if state.value != nil { return false }
        precondition(!crew.isClosed, "what a crew is to do is taken while it works")
        state.sleeper = sleeper
        return true
      }
      if sleeps { sleeper.wait() }
    }
  }

  /// Runs the job, on whichever thread.
  func run() {
    var value: Value? = made()
    crew.end()
    let sleeper = state.withLock { state in
      // Moved: this thread keeps nothing of it.
      state.value = value.take()
      defer { state.sleeper = nil }
      return state.sleeper
    }
    sleeper?.signal()
  }

  /// The job's result; the job itself is gone when this returns.
  private func made() -> Value {
    let job = state.withLock { state in
      defer { state.job = nil }
      return state.job
    }
    guard let job else { preconditionFailure("a job is run once") }
    return job()
  }

  private func taken() -> Value? {
    state.withLock { state in
      precondition(!state.isTaken, "a result is taken once")
      guard let value = state.value.take() else { return nil }
      state.isTaken = true
      return value
    }
  }
}
