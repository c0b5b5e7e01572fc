package import CanonicalJSON
internal import LedgerCrypto
package import LedgerStore
internal import Provenance
internal import TransparencyLog

extension Session {
  /// What `verify` answers.
  package struct LedgerCheck: Sendable {
    package let verdict: LedgerVerdict

    package var isIntact: Bool { verdict.isIntact }
  }

  /// Recomputes everything; `remembered` is a signed checkpoint that someone kept elsewhere.
  package func verifyLedger(remembered: [UInt8]?) throws -> LedgerCheck {
    var heads: [TreeHead] = []
    if let remembered {
      guard let founding = try ledger.state.authority.founding else {
        throw WorkflowFailure.noLedger(directory.path)
      }
      let key = try NoteVerifierKey(parsing: Array(founding.logKey.utf8))
      heads = [
        try VerifiedCheckpoint(
          verifying: try SignedNote(parsing: remembered), with: [key]
        ).head
      ]
    }
    let progress = progress
    let total = try ledger.size
    let verdict = try ledger.verify(against: heads) { done in
      progress.report("verify", done, total, 0)
    }
    return LedgerCheck(verdict: verdict)
  }
}

extension Session.LedgerCheck {
  package var json: JSON {
    var object = JSONObject([
      ("intact", .bool(verdict.isIntact)), ("size", .integer(Int64(clamping: verdict.size))),
      ("root", .string(verdict.root.hex)),
      ("covered", .integer(Int64(clamping: verdict.covered))),
      ("checkpoints", .integer(Int64(clamping: verdict.checkpoints))),
      ("openAttachments", .integer(Int64(clamping: verdict.attachments.open))),
      ("sealedAttachments", .integer(Int64(clamping: verdict.attachments.sealed))),
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
    if let hash = verdict.stateHash { object["stateHash"] = .string(hash.hex) }
    if let first = verdict.firstWrong {
      object["firstWrong"] = .integer(Int64(clamping: first))
    }
    return .object(object)
  }

  package var lines: [String] {
    guard verdict.isIntact else {
      return verdict.flaws.map(\.description) + ["NOT INTACT"]
    }
    var lines = [
      "intact: \(verdict.size) entries, every leaf, signature, rule, projection and open attachment recomputed"
    ]
    if let tail = verdict.tail {
      lines.append(
        "no checkpoint covers sequence \(tail.lowerBound) to \(tail.upperBound - 1); run winnow checkpoint"
      )
    }
    if verdict.attachments.sealed > 0 {
      lines.append(
        "\(verdict.attachments.sealed) attachments are sealed: their content was not looked at")
    }
    return lines
  }
}
