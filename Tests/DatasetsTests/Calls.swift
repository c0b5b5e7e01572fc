import Synchronization

@testable import Datasets

/// What closures were told, from any thread.
final class Calls: Sendable {
  private let state = Mutex((count: 0, last: Progress?.none))

  func note(_ progress: Progress) { state.withLock { $0.last = progress } }

  func next() -> Int {
    state.withLock { state in
      state.count += 1
      return state.count
    }
  }

  var last: Progress? { state.withLock { $0.last } }
}
