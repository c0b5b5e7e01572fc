package import CanonicalJSON
internal import LedgerCrypto
package import LedgerStore
package import Provenance
internal import TransparencyLog

/// Ledgers that a later winnow wrote: read as they stand, nothing decided.
extension Session {
  /// Whether a later winnow wrote the ledger.
  package var isNewer: Bool { ledger.newer != nil }

  /// Calls `body` with each entry as it stands, the oldest first, as far as `at` goes.
  package func forEachRawEntry(
    at asOf: AsOf? = nil, _ body: (UInt64, RawEntry) throws -> Void
  ) throws {
    try ledger.forEachRawEntry { sequence, entry in
      if let asOf, !asOf.includes(sequence, entry.recordedAt) { return false }
      if progress.isCancelled() { throw WorkflowFailure.cancelled }
      try body(sequence, entry)
      return true
    }
  }

  /// The entry of a sequence, of an event id, or of enough of an id's first digits.
  package func rawEntry(named text: String) throws -> (sequence: UInt64, entry: RawEntry) {
    var found: [(UInt64, RawEntry)] = []
    let digits = text.lowercased()
    try ledger.forEachRawEntry { sequence, entry in
      if String(sequence) == text {
        found = [(sequence, entry)]
        return false
      }
      if digits.utf8.count >= Session.fewestDigits, entry.id.description.hasPrefix(digits) {
        found.append((sequence, entry))
      }
      return true
    }
    guard found.count < 2 else { throw WorkflowFailure.severalIDs(text) }
    guard let only = found.first else { throw WorkflowFailure.noEvent(text) }
    return only
  }

  /// What can be checked of the log without knowing what its events mean.
  ///
  /// `remembered` is a checkpoint that someone kept elsewhere; its signature is not checked, for the
  /// log's key is what events say.
  package func verifyNewer(remembered: [UInt8]?) throws -> NewerCheck {
    let heads = try remembered.map { bytes in
      [try Checkpoint(parsing: try SignedNote(parsing: bytes).text).head]
    }
    return NewerCheck(verdict: try ledger.verifyLog(against: heads ?? []), heads: heads ?? [])
  }

  /// What `verify` answers for a ledger that a later winnow wrote.
  package struct NewerCheck: Sendable {
    package let verdict: LogVerdict
    let heads: [TreeHead]

    /// Whether what could be checked holds; the rest is undecided.
    package var isConsistent: Bool { verdict.log.isIntact }
  }
}

extension Session.NewerCheck {
  package var lines: [String] {
    guard isConsistent else {
      return verdict.log.flaws.map(\.description) + [
        "NOT INTACT; keep this copy as evidence, and restore one that verifies"
      ]
    }
    var lines = [
      "a later winnow wrote this ledger: \(verdict.log.size.of("entry", "entries")) hash to the root \(verdict.log.root.hex)"
    ]
    for head in heads {
      lines.append(
        "the log has the root of the given checkpoint at \(head.size.rawValue.of("entry", "entries"))"
      )
    }
    if let first = verdict.firstUnknown {
      lines.append(
        "not known here: \(verdict.unknown.of("entry", "entries")), the first at sequence \(first.sequence) of type \(first.predicateType)"
      )
    }
    return lines + [
      "UNDECIDED: signatures, authority, rules, projections and attachments were not checked; update winnow and verify again"
    ]
  }

  package var json: JSON {
    var object = JSONObject([
      ("consistent", .bool(isConsistent)), ("decided", false),
      ("size", .integer(Int64(clamping: verdict.log.size))),
      ("root", .string(verdict.log.root.hex)),
      ("covered", .integer(Int64(clamping: verdict.log.covered))),
      ("checkpoints", .integer(Int64(clamping: verdict.log.checkpoints))),
      ("unknown", .integer(Int64(clamping: verdict.unknown))),
      (
        "flaws",
        .array(
          verdict.log.flaws.map {
            [
              "sequence": .integer(Int64(clamping: $0.sequence)),
              "reason": .string($0.description),
            ]
          })
      ),
    ])
    if let first = verdict.firstUnknown {
      object["firstUnknown"] = [
        "sequence": .integer(Int64(clamping: first.sequence)),
        "predicateType": .string(first.predicateType),
      ]
    }
    return .object(object)
  }
}

extension AsOf {
  func includes(_ sequence: UInt64, _ recordedAt: Timestamp) -> Bool {
    switch self {
    case .sequence(let last): sequence <= last
    case .time(let moment): recordedAt <= moment
    }
  }
}
