internal import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

/// What deciding commands answer: the events that they recorded, and figures beside them.
extension Answering {
  func answer(
    _ recorded: [Recorded], _ members: [(String, JSON)] = [], lines: [String] = [],
    isDryRun: Bool, unsigned: String? = nil
  ) {
    let isRecorded = !isDryRun && unsigned == nil
    for record in recorded { record.noteRepetition(isRecorded: isRecorded) }
    func say(_ line: String) {
      // The statements themselves have standard output then.
      if unsigned == "-", !isDryRun { Console.note(line) } else { Console.line(line) }
    }
    guard !json else {
      var object = JSONObject(members)
      object["recorded"] = .array(isRecorded ? recorded.map(\.json) : [])
      if isDryRun { object["dryRun"] = true }
      if let unsigned, !isDryRun {
        object["unsigned"] = [
          "file": .string(unsigned), "statements": .array(recorded.map(\.draft)),
        ]
      }
      return Console.json(.object(object))
    }
    for record in recorded {
      if isDryRun {
        say("would be recorded: \(record.kind.rawValue)")
      } else if unsigned != nil {
        say(
          "to be signed: \(record.kind.rawValue)  \(record.receipt.id.description.prefix(16))…  by \(record.awaited.map(\.text).joined(separator: ", "))"
        )
      } else {
        let again = record.receipt.isNew ? "" : " (already there)"
        say(
          "\(record.receipt.sequence)  \(record.kind.rawValue)  \(record.receipt.id.description.prefix(16))…\(again)  nonce \(record.nonce.hex)"
        )
      }
    }
    for line in lines { say(line) }
    if isDryRun {
      say("Dry run: nothing was recorded.")
    } else if let unsigned {
      say(
        "Nothing was recorded: each signs \(unsigned) with `winnow sign`, and `winnow record --envelope \(unsigned)` records it."
      )
    }
  }
}

extension StatementSigning {
  /// What a deciding command answers.
  func answer<Answer>(
    _ decided: Decided<Answer>, _ members: [(String, JSON)] = [], lines: [String] = []
  ) {
    answer(decided.recorded, members, lines: lines)
  }

  func answer(
    _ recorded: [Recorded], _ members: [(String, JSON)] = [], lines: [String] = []
  ) {
    answer(
      recorded, members, lines: lines, isDryRun: dryRun, unsigned: unsigned)
  }
}

extension AwaitedSigner {
  var text: String { "\(actor) (key \(keyID.hex.prefix(16))…)" }
  var json: JSON { ["actor": .string(actor.text), "keyId": .string(keyID.hex)] }
}

extension Recorded {
  /// Says that an earlier event says the same, and whether this one stands beside it.
  fileprivate func noteRepetition(isRecorded: Bool) {
    guard let repeats else { return }
    let outcome =
      isRecorded
      ? "this was recorded as well, as sequence \(receipt.sequence)" : "nothing was recorded"
    Console.note(
      "winnow: sequence \(repeats) already says the same, and \(outcome); if this was a retry, use its nonce with --nonce next time."
    )
  }

  /// A statement that is to be signed elsewhere.
  var draft: JSON {
    [
      "event": .string(receipt.id.description), "kind": .string(kind.rawValue),
      "nonce": .string(nonce.hex), "awaited": .array(awaited.map(\.json)),
    ]
  }
}

extension Recorded {
  var json: JSON {
    var object = JSONObject([
      ("sequence", .integer(Int64(clamping: receipt.sequence))),
      ("event", .string(receipt.id.description)), ("kind", .string(kind.rawValue)),
      ("recordedAt", .string(receipt.recordedAt.text)), ("nonce", .string(nonce.hex)),
      ("new", .bool(receipt.isNew)),
    ])
    if let repeats { object["repeats"] = .integer(Int64(clamping: repeats)) }
    return .object(object)
  }
}

extension JSON {
  init(_ value: UInt64) { self = .integer(Int64(clamping: value)) }
  init(_ value: some CustomStringConvertible) { self = .string(value.description) }
}

extension UInt64 {
  /// So many rows of those just spoken of, as decoys.
  var drawn: String { "\(grouped) of them \(self == 1 ? "was" : "were") drawn" }
}
