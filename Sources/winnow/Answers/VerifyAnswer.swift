internal import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
internal import TransparencyLog
internal import Workflows

/// What `verify` answers.
extension LedgerCheck.Remembered {
  fileprivate func json(_ verdict: LedgerVerdict) -> JSON {
    switch self {
    case .signed(let size):
      ["agrees": .bool(agrees(with: verdict)), "size": .integer(Int64(clamping: size))]
    case .foreign(let error): ["agrees": false, "why": .string(Self.sentence(error))]
    }
  }

  /// What is said of it after the flaws, of which a checkpoint that does not agree is one.
  fileprivate func lines(_ verdict: LedgerVerdict) -> [String] {
    switch self {
    case .signed(let size) where agrees(with: verdict):
      return ["the log agrees with the given checkpoint at \(size.of("entry", "entries"))"]
    case .signed(let size):
      return [
        "the log does not agree with the given checkpoint at \(size.of("entry", "entries")), which its own key signed: keep both as evidence"
      ]
    case .foreign(let error):
      return [Self.sentence(error)]
    }
  }

  /// Why it is no checkpoint of this log, and what that means.
  private static func sentence(_ error: CheckpointError) -> String {
    if case .unknownLog(let origin) = error {
      return
        "the given checkpoint is one of another log, \(origin): give one of this log, or verify the ledger that it is of"
    }
    return
      "the given checkpoint bears no valid signature by this log's key, so that it is forged or of another ledger of the same name: do not trust it, and ask where it came from"
  }
}

extension LedgerCheck {
  var json: JSON {
    var object = JSONObject([
      ("intact", .bool(isIntact)), ("size", .integer(Int64(clamping: verdict.size))),
      ("root", .string(verdict.root.hex)),
      ("covered", .integer(Int64(clamping: verdict.covered))),
      ("checkpoints", .integer(Int64(clamping: verdict.checkpoints))),
      ("openAttachments", .integer(Int64(clamping: verdict.attachments.open))),
      ("sealedAttachments", .integer(Int64(clamping: sealed))),
      ("sealedAttachmentsHere", .integer(Int64(clamping: verdict.attachments.held))),
      ("withheldAttachments", .integer(Int64(clamping: verdict.attachments.withheld))),
      ("erasedAttachments", .integer(Int64(clamping: verdict.attachments.erased))),
      (
        "flaws",
        .array(
          verdict.flaws.map {
            [
              "sequence": .integer(Int64(clamping: $0.sequence)),
              "reason": .string($0.sentence),
            ]
          })
      ),
    ])
    if let lead { object["secondsAhead"] = .integer(lead.seconds) }
    if let remembered { object["checkpoint"] = remembered.json(verdict) }
    if let hash = verdict.stateHash { object["stateHash"] = .string(hash.hex) }
    if let first = verdict.firstWrong {
      object["firstWrong"] = .integer(Int64(clamping: first))
    }
    return .object(object)
  }

  /// The sealed attachments that events name, kept here or not: as `audit verify` counts them.
  private var sealed: UInt64 { verdict.attachments.held + verdict.attachments.sealed }

  /// What events say of attachments that are not to be had.
  private var missing: [String] {
    let (withheld, erased) = (verdict.attachments.withheld, verdict.attachments.erased)
    var lines: [String] = []
    if withheld > 0 { lines.append("withheld by events: \(withheld.of("attachment"))") }
    if erased > 0 {
      lines.append("erased by events: \(erased.of("attachment")), of which nothing is here")
    }
    return lines
  }

  var lines: [String] {
    let said = remembered?.lines(verdict) ?? []
    guard verdict.isIntact else {
      return verdict.flaws.map(\.sentence) + said + [
        "NOT INTACT; keep this copy as evidence, and restore one that verifies"
      ]
    }
    var lines = [
      "intact: \(verdict.size.of("entry", "entries")), every leaf, signature, rule, projection and open attachment recomputed"
    ]
    lines += said
    guard isIntact else { return lines + ["NOT VERIFIED"] }
    if let tail = verdict.tail {
      lines.append(
        tail.count == 1
          ? "no checkpoint covers sequence \(tail.lowerBound); run `winnow checkpoint`"
          : "no checkpoint covers sequence \(tail.lowerBound) to \(tail.upperBound - 1); run `winnow checkpoint`"
      )
    }
    if let lead { lines.append(lead.line) }
    lines += missing
    if sealed > 0 {
      lines.append(
        "not looked at: what \(sealed.of("sealed attachment")) \(sealed == 1 ? "holds" : "hold") (\(verdict.attachments.held.grouped) kept here)"
      )
    }
    return lines
  }
}
