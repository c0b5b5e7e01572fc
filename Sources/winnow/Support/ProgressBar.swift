internal import Foundation
internal import LedgerCrypto
internal import Synchronization
internal import Workflows

/// One line on a terminal that says how far long work is, with rate and time left.
final class ProgressBar: Sendable {
  private struct State {
    var step = ""
    var started = ContinuousClock.now
    var drawn = ContinuousClock.now - .seconds(1)
    var isShown = false
  }

  private let state = Mutex(State())
  private let isEnabled: Bool

  /// - Parameter isQuiet: draws nothing; nor does it when standard error is no terminal.
  init(isQuiet: Bool) {
    isEnabled = !isQuiet && isatty(2) == 1
  }

  /// What workflows call.
  var progress: Workflows.Progress {
    Workflows.Progress(
      report: { [self] step, done, total, rows in draw(step, done, total, rows) },
      isCancelled: { Interruption.isRequested })
  }

  private func draw(_ step: String, _ done: UInt64, _ total: UInt64, _ rows: UInt64) {
    guard isEnabled else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      if state.step != step {
        state.step = step
        state.started = now
      }
      guard now - state.drawn > .milliseconds(100) || done == total else { return }
      state.drawn = now
      state.isShown = true
      let seconds = max(
        Double((now - state.started).components.attoseconds) / 1e18
          + Double((now - state.started).components.seconds), 0.001)
      // A log that is read can grow past what was there at the start.
      let share = total == 0 ? 1 : min(Double(done) / Double(total), 1)
      let left = share > 0 ? Int(seconds / share - seconds) : 0
      let filled = Int(share * 24)
      let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: 24 - filled)
      let rate = Double(done) / seconds / 1_048_576
      var text = "\r\(step) \(bar) \(Int(share * 100)) %  \(String(format: "%.1f", rate)) MiB/s"
      if rows > 0 { text += "  \(rows.of("row"))" }
      text += "  \(left.grouped) s left\u{1b}[K"
      FileHandle.standardError.write(Data(text.utf8))
    }
  }

  /// Takes the line away.
  func clear() {
    state.withLock { state in
      if state.isShown { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
      state.isShown = false
    }
  }
}
