internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension ReleaseRecord {
  /// What `release show --json` and `release list --json` answer.
  func answer(
    decoyRows: UInt64 = 0, observers: Observers? = nil, carried: [String]? = nil
  ) -> JSON {
    var object = JSONObject([
      ("release", JSON(publication.release)), ("root", JSON(publication.root)),
      ("rows", JSON(publication.tally.rows)), ("keys", JSON(publication.tally.keys)),
      ("shards", JSON(publication.shards)), ("sequence", JSON(published)),
      ("event", JSON(event)), ("removals", .array(removals.map { JSON($0) })),
    ])
    if let derivation = publication.derivation { object["derivation"] = derivation.json }
    if decoyRows > 0 { object["decoyRows"] = JSON(decoyRows) }
    if let observers { object["observers"] = observers.json }
    if let carried { object["carried"] = CarriedColumns.json(carried) }
    return .object(object)
  }
}

extension Observers {
  fileprivate var json: JSON {
    [
      "agree": .array(agreeing.map { .string($0.text) }),
      "independent": .array(independent.map { .string($0.text) }),
      "differ": .array(
        differing.map { record in
          [
            "sequence": JSON(record.sequence), "root": JSON(record.root),
            "actors": .array(record.actors.map { .string($0.text) }),
          ]
        }),
    ]
  }

  /// A line for those who agree and one for each observation that differs.
  var lines: [String] {
    var lines: [String] = []
    if !agreeing.isEmpty {
      lines.append(
        "observed with this root by \(agreeing.count.of("actor")), \(independent.count.grouped) of them independent of its publishers"
      )
    }
    for record in differing {
      lines.append(
        "OBSERVED with another root or other counts at \(record.sequence) by \(record.actors.map(\.text).joined(separator: ", "))"
      )
    }
    return lines
  }
}
