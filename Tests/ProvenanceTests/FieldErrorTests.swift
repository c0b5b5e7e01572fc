import CanonicalJSON
import Foundation
import LedgerCrypto
import Provenance
import TestSupport
import Testing

/// What is said of a member that is not as its kind has it: for every kind the same sentences as ever,
/// recorded in `Golden/field-errors.txt`; `UPDATE_GOLDEN=1` writes it again.
@Suite struct `The sentence about a member` {
  /// What stands in a member's place: its name in the record, and the value, or `nil` for none.
  static let places: [(name: String, value: JSON?)] = [
    ("absent", nil), ("null", .null), ("-1", -1), ("7", 7), ("~", "~"), ("empty text", ""),
    ("empty list", []), ("true", true), ("empty object", [:]), ("list of 3", [3]),
    ("an id", .string(StatementSamples.id.description)),
    ("a thing twice", [["model": "m"], ["model": "m"]]), ("an object", ["zzz": 1]),
  ]

  /// The members that the kind itself has, and those that some headers have.
  static func own(_ predicate: JSONObject) -> [(name: String, value: JSON)] {
    let common: Set = [
      "ledger", "signers", "nonce", "occurredAt", "occurredPrecision", "attestation",
    ]
    return predicate.members.filter { !common.contains($0.name) }
  }

  static func sentence(_ kind: Kind, _ predicate: JSONObject) -> String {
    do {
      _ = try Statement(kind: kind, predicate: .object(predicate))
      return "taken"
    } catch {
      return error.description
    }
  }

  /// One line for each member and sentence, with all that is answered so.
  static func lines() throws -> [String] {
    var lines: [String] = []
    var numbers: [Kind: Int] = [:]
    for body in StatementSamples.bodies {
      numbers[body.kind, default: 0] += 1
      let place = "\(body.kind.rawValue) \(numbers[body.kind, default: 0])"
      let statement = Statement(header: StatementSamples.header(body.kind), body: body)
      guard case .object(let document) = try JSON(parsingCanonical: statement.payload),
        case .object(let predicate)? = document["predicate"]
      else { continue }
      for member in own(predicate) {
        var answers: [(sentence: String, places: [String])] = []
        for (other, value) in places {
          var changed = predicate
          changed[member.name] = value
          let sentence = Self.sentence(body.kind, changed)
          if let known = answers.firstIndex(where: { $0.sentence == sentence }) {
            answers[known].places.append(other)
          } else {
            answers.append((sentence, [other]))
          }
        }
        for answer in answers {
          lines.append(
            "\(place) \(member.name) [\(answer.places.joined(separator: ", "))] \(answer.sentence)"
          )
        }
      }
      var more = predicate
      more["zzz"] = 1
      lines.append("\(place) zzz \(Self.sentence(body.kind, more))")
    }
    return lines
  }

  @Test func `is the same for every kind`() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/field-errors.txt")
    let lines = try Self.lines()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: path)
    }
    let recorded = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    for (line, known) in zip(lines, recorded) { #expect(line == known) }
    #expect(lines.count == recorded.count)
  }
}
