internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance

/// What `audit verify` answers, and `release verify` of a bundle.
extension Verdict {
  /// Prints the verdict; the conclusion alone gives the exit code.
  func answer(inJSON isJSON: Bool) throws {
    if isJSON {
      Console.json(json)
    } else {
      for line in lines { Console.line(line) }
    }
    switch conclusion {
    case .verified: return
    case .failed: throw Failure.verificationFailed
    case .unanchored, .undecided: throw Failure.notEnough
    }
  }

  private var json: JSON {
    var object = JSONObject()
    object["verdict"] = .string(conclusion.rawValue)
    if let level { object["level"] = .string(level.rawValue) }
    object["checks"] = .array(checks.map(\.json))
    object["sentences"] = .array(sentences.map { .string($0) })
    object["notShown"] = .array(notShown.map { .string($0.clause) })
    object["claims"] = .array(signers.map(\.json))
    return .object(object)
  }

  private var lines: [String] {
    checks.map(\.line) + [summary] + sentences.map { "  \($0)" }
      + notShown.map { "  Not shown: \($0.clause)." }
  }

  private var summary: String {
    switch conclusion {
    case .verified: "verified (level \(level?.rawValue ?? ""))"
    case .failed: "NOT VERIFIED"
    case .unanchored: "unanchored: nothing says which log to trust; give its policy with --policy"
    case .undecided: "undecided: not enough evidence"
    }
  }
}

extension Check {
  fileprivate var json: JSON {
    switch outcome {
    case .passed: ["name": .string(name), "outcome": "pass"]
    case .failed(let flaw):
      ["name": .string(name), "outcome": "fail", "why": .string(flaw.description)]
    case .skipped(let lack):
      ["name": .string(name), "outcome": "skipped", "why": .string(lack.sentence)]
    }
  }

  fileprivate var line: String {
    switch outcome {
    case .passed: "pass     \(name)"
    case .failed(let flaw): "FAIL     \(name): \(flaw)"
    case .skipped(let lack): "skipped  \(name): \(lack.sentence)"
    }
  }
}

extension ClaimSigners {
  fileprivate var json: JSON {
    [
      "type": .string(type),
      "signers": .array(
        signers.map { signer in
          var object = JSONObject()
          object["key"] = .string(signer.key.hex)
          if let actor = signer.actor { object["actor"] = .string(actor.text) }
          object["pinned"] = .bool(signer.isPinned)
          if let sequences = signer.sequences {
            object["sequences"] = .array(sequences.map { .integer(Int64(clamping: $0)) })
          }
          return .object(object)
        }),
    ]
  }
}
