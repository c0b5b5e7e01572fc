internal import Synchronization

/// Memory that jobs use again, one after another: each takes some and puts it back.
///
/// There is never more of it than jobs that ran at once.
package final class Spares<Value: Sendable>: Sendable {
  private let values = Mutex<[Value]>([])

  package init() {}

  /// Some that nobody uses, or `nil`.
  package func take() -> Value? { values.withLock { $0.popLast() } }

  /// Puts some back for the next.
  package func put(_ value: consuming Value) {
    var value: Value? = value
    values.withLock { values in
      if let value = value.take() { values.append(value) }
    }
  }

  /// How many nobody uses.
  package var count: Int { values.withLock { $0.count } }
}
