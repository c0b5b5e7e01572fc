internal import LedgerCrypto
package import Provenance

/// How far the last entry lies ahead of this clock: one of the two is wrong.
package struct ClockLead: Hashable, Sendable {
  package let last: Timestamp
  /// At least one.
  package let milliseconds: Int64

  /// - Returns: `nil` where the last entry does not lie ahead, or there is none.
  package init?(of last: Timestamp?, at now: Timestamp) {
    guard let last, last > now else { return nil }
    self.last = last
    let (lead, overflow) = last.milliseconds.subtractingReportingOverflow(now.milliseconds)
    milliseconds = overflow ? .max : lead
  }

  /// One line that says until when nothing can be recorded.
  package var line: String {
    let seconds = LedgerState.clockTolerance
    let ahead =
      "the last entry was recorded at \(last.text), \(words) ahead of this clock; correct the clock"
    guard milliseconds > seconds * 1_000 else { return ahead }
    return "\(ahead), or wait until \(last.advanced(bySeconds: -seconds).text) to record more"
  }

  /// At least one, rounded up.
  package var seconds: Int64 { (milliseconds - 1) / 1_000 + 1 }

  private var words: String {
    let seconds = UInt64(milliseconds - 1) / 1_000 + 1
    for (name, length) in [("day", UInt64(86_400)), ("hour", 3_600), ("minute", 60)]
    where seconds >= 2 * length {
      return (seconds / length).of(name)
    }
    return seconds.of("second")
  }
}
