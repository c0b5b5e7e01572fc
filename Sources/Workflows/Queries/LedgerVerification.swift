package import CanonicalJSON
internal import LedgerCrypto
package import LedgerStore
internal import Provenance
package import TransparencyLog

extension Session {
  /// What `verify` answers.
  package struct LedgerCheck: Sendable {
    package let verdict: LedgerVerdict
    /// What the remembered checkpoint turned out to be, where one was given.
    package let remembered: Remembered?
    /// How far the last entry lies ahead of this clock, where it does.
    package let lead: ClockLead?

    /// Whether nothing is wrong, the remembered checkpoint included.
    package var isIntact: Bool {
      if case .foreign = remembered { return false }
      return verdict.isIntact
    }

    /// A checkpoint that someone kept elsewhere, against this ledger.
    package enum Remembered: Sendable {
      /// The log's key signed it.
      case signed(size: UInt64)
      /// It is of another log, or forged.
      case foreign(CheckpointError)
    }
  }

  /// Recomputes everything; `remembered` is a signed checkpoint that someone kept elsewhere.
  package func verifyLedger(remembered: [UInt8]?) throws -> LedgerCheck {
    var heads: [TreeHead] = []
    var found: LedgerCheck.Remembered?
    if let remembered {
      guard let founding = try ledger.state.authority.founding else {
        throw WorkflowFailure.noLedger(directory.path)
      }
      // What is no checkpoint at all is a wrong file; one that does not hold is a verdict.
      let note = try SignedNote(parsing: remembered)
      let checkpoint = try Checkpoint(parsing: note.text)
      let key = try NoteVerifierKey(
        parsing: Array(founding.logKey(at: checkpoint.size.rawValue).utf8))
      do {
        heads = [try VerifiedCheckpoint(verifying: note, with: [key]).head]
        found = .signed(size: checkpoint.size.rawValue)
      } catch {
        found = .foreign(error)
      }
    }
    let progress = progress
    let total = try ledger.size
    let verdict = try ledger.verify(against: heads) { done in
      progress.report("verify", done, total, 0)
    }
    return LedgerCheck(
      verdict: verdict, remembered: found, lead: ClockLead(of: verdict.lastRecordedAt, at: now()))
  }
}

extension Session.LedgerCheck.Remembered {
  /// Whether the ledger is the one that the checkpoint covers, perhaps with more entries since.
  func agrees(with verdict: LedgerVerdict) -> Bool {
    guard case .signed(let size) = self else { return false }
    return verdict.size >= size
      && !verdict.flaws.contains {
        $0.reason == .notAsRemembered(size: size) || $0.reason == .truncated(remembered: size)
      }
  }

  func json(_ verdict: LedgerVerdict) -> JSON {
    switch self {
    case .signed(let size):
      ["agrees": .bool(agrees(with: verdict)), "size": .integer(Int64(clamping: size))]
    case .foreign(let error): ["agrees": false, "why": .string(Self.sentence(error))]
    }
  }

  /// What is said of it after the flaws, of which a checkpoint that does not agree is one.
  func lines(_ verdict: LedgerVerdict) -> [String] {
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

extension Session.LedgerCheck {
  package var json: JSON {
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
              "reason": .string($0.description),
            ]
          })
      ),
    ])
    if let lead { object["secondsAhead"] = lead.json }
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

  package var lines: [String] {
    let said = remembered?.lines(verdict) ?? []
    guard verdict.isIntact else {
      return verdict.flaws.map(\.description) + said + [
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
