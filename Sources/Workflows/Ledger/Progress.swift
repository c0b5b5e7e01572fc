internal import Datasets

/// How long work tells how far it is, when it is to stop, and what it may take.
package struct Progress: Sendable {
  /// Called now and then with what is done, of how much, both in bytes, and the rows so far.
  package let report:
    @Sendable (_ step: String, _ done: UInt64, _ total: UInt64, _ rows: UInt64) -> Void
  /// Whether the user wants to stop.
  package let isCancelled: @Sendable () -> Bool
  /// Bytes of memory that work on rows may take.
  package var memory = Work.usualMemory

  package init(
    report: @escaping @Sendable (String, UInt64, UInt64, UInt64) -> Void,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.report = report
    self.isCancelled = isCancelled
  }

  /// Tells nothing and never stops.
  package static let silent = Progress(report: { _, _, _, _ in }, isCancelled: { false })
}
