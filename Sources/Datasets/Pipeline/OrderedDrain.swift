internal import Dispatch
internal import Synchronization

/// Holds workers back that run too far ahead.
protocol OrderedGate: Sendable {
  /// Waits until one more number may be taken.
  func reserve()
  /// Gives back what ``reserve()`` took, when no number was left to take.
  func release()
}

/// Hands what workers finish in any order to one consumer in the order of their numbers.
///
/// At most `depth` numbers are under way or waiting, so that memory stays bounded when one worker
/// is slow: a worker calls ``reserve()`` before it takes the next number, and exactly one of
/// ``deposit(_:at:_:)`` and ``release()`` afterwards.
final class OrderedDrain<Element: Sendable>: OrderedGate {
  private struct State {
    var next = 0
    var waiting: [Int: Element] = [:]
  }

  private let permits: DispatchSemaphore
  private let state = Mutex(State())

  init(depth: Int) {
    permits = DispatchSemaphore(value: depth)
  }

  /// Waits until one more number may be taken.
  func reserve() { permits.wait() }

  /// Gives back what ``reserve()`` took, when no number was left to take.
  func release() { permits.signal() }

  /// Hands `element` over once all numbers below `number` have been.
  ///
  /// `consume` is never run by two threads at once. When it throws, nothing more may be deposited
  /// for good: the caller stops the whole work.
  func deposit<Failure>(
    _ element: Element, at number: Int, _ consume: (Element) throws(Failure) -> Void
  ) throws(Failure) {
    defer { permits.signal() }
    try state.withLock { (state) throws(Failure) in
      state.waiting[number] = element
      while let ready = state.waiting.removeValue(forKey: state.next) {
        state.next += 1
        try consume(ready)
      }
    }
  }
}

/// Runs `body` once for each worker, all at once, and waits for them.
func withWorkers(_ count: Int, _ body: @Sendable (Int) -> Void) {
  if count == 1 { return body(0) }
  DispatchQueue.concurrentPerform(iterations: count, execute: body)
}
