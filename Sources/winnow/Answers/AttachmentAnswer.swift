internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension FoundAttachment {
  /// Whether it can be seen here, or why not.
  private var state: String {
    if let record, record.state != .returned { return record.state.rawValue }
    return isHere ? "here" : "elsewhere"
  }

  var json: JSON {
    var object = JSONObject([
      ("attachment", .string(digest.hex)), ("size", JSON(reference.size)),
      ("mediaType", .string(reference.mediaType)),
      ("disclosure", .string(reference.disclosure.rawValue)), ("state", .string(state)),
      (
        "namedBy",
        .array(
          uses.map {
            [
              "sequence": JSON($0.event.sequence), "field": .string($0.field),
              "kind": .string($0.event.statement.body.kind.rawValue),
            ]
          })
      ),
    ])
    if let record {
      object["last"] = [
        "sequence": JSON(record.sequence), "event": JSON(record.event),
        "state": .string(record.state.rawValue), "basis": .string(record.basis.rawValue),
        "actors": .array(record.actors.map { .string($0.text) }),
      ]
    }
    return .object(object)
  }

  var lines: [String] {
    var lines = [
      "attachment  \(digest.hex)",
      "            \(reference.disclosure.rawValue), \(reference.mediaType), \(reference.size.of("byte"))",
    ]
    for use in uses {
      lines.append(
        "named by    sequence \(use.event.sequence), \(use.event.statement.body.kind.rawValue), as \(use.field)"
      )
    }
    guard let record else {
      return lines + [isHere ? "It is here." : "It is not here; ask the custodian."]
    }
    let actors = record.actors.map(\.text).joined(separator: ", ")
    return lines + [
      "\(record.state.rawValue.capitalizedASCII) at sequence \(record.sequence) by \(actors), basis \(record.basis.rawValue)."
    ]
  }
}

extension String {
  /// With its first letter in upper case.
  fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
