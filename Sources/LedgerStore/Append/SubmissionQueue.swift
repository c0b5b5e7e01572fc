internal import Dispatch
internal import Provenance
internal import Synchronization

/// What one caller wants admitted, and how it turned out.
final class Submission: Sendable {
  typealias Outcome = Result<[Result<Ledger.Receipt, Refusal>], any Error>

  let events: [PreparedEvent]
  let now: Timestamp
  /// Whether all of it is admitted or none.
  let isTogether: Bool
  /// The size of the log on which its events were decided; `nil` when nobody asks.
  ///
  /// None of the entries since may bear a nonce and a signer of theirs.
  let decidedAt: UInt64?
  private let outcome = Mutex<Outcome?>(nil)
  private let changed = DispatchSemaphore(value: 0)

  init(
    events: [PreparedEvent], now: Timestamp, isTogether: Bool = false, decidedAt: UInt64? = nil
  ) {
    self.events = events
    self.now = now
    self.isTogether = isTogether
    self.decidedAt = decidedAt
  }

  func settle(_ outcome: Outcome) {
    self.outcome.withLock { $0 = outcome }
    changed.signal()
  }

  /// Wakes the caller to write for those that wait, itself first.
  func lead() { changed.signal() }

  /// Waits; gives `nil` when it is this caller's turn to lead.
  func wait() -> Outcome? {
    changed.wait()
    return settled
  }

  var settled: Outcome? { outcome.withLock { $0 } }
}

/// Submissions that wait for the write lock: whoever gets it takes the others along, so that they
/// share one commit.
final class SubmissionQueue: Sendable {
  private struct Line {
    var waiting: [Submission] = []
    var isLed = false
  }
  private let line = Mutex(Line())

  /// The most events in one commit, a larger single submission aside.
  private static let most = 4_096

  /// Joins; gives true when the caller is to lead at once.
  func join(_ submission: Submission) -> Bool {
    line.withLock { line in
      line.waiting.append(submission)
      defer { line.isLed = true }
      return !line.isLed
    }
  }

  /// The submissions of the next commit, those that waited longest.
  func take() -> [Submission] {
    line.withLock { line in
      var count = 0
      var taken = 0
      for submission in line.waiting {
        count += submission.events.count
        if taken > 0, count > Self.most { break }
        taken += 1
      }
      defer { line.waiting.removeFirst(taken) }
      return Array(line.waiting.prefix(taken))
    }
  }

  /// Hands the lead to the submission that has waited longest, if there is one.
  func handOver() {
    let next = line.withLock { line in
      line.isLed = !line.waiting.isEmpty
      return line.waiting.first
    }
    next?.lead()
  }
}
