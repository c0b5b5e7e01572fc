import Synchronization

@testable import Datasets

/// What closures were told, from any thread.
final class Calls: Sendable {
  private let state = Mutex((count: 0, last: Progress?.none, hasFallen: false))

  func note(_ progress: Progress) {
    state.withLock { state in
      if let last = state.last, last.rows > progress.rows || last.bytes > progress.bytes {
        state.hasFallen = true
      }
      state.last = progress
    }
  }

  func next() -> Int {
    state.withLock { state in
      state.count += 1
      return state.count
    }
  }

  /// Whether less was told after more.
  var hasFallen: Bool { state.withLock { $0.hasFallen } }

  var last: Progress? { state.withLock { $0.last } }
}
