internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

/// What `status` answers.
extension LedgerStatus {
  var json: JSON {
    var object = JSONObject([
      ("origin", .string(founding.origin.text)), ("genesis", JSON(founding.ledger)),
      ("size", JSON(state.size)), ("checkpointSize", JSON(checkpointSize ?? 0)),
      ("actors", .integer(Int64(state.authority.actors.count))),
      ("datasets", .integer(Int64(state.catalog.datasets.count))),
      ("releases", .integer(Int64(state.catalog.releases.count))),
      ("hashLists", .integer(Int64(state.catalog.lists.count))),
      ("models", .integer(Int64(state.models.models.count))),
      (
        "pending",
        .array(
          pending.map {
            [
              "release": JSON($0.release), "removals": .integer(Int64($0.removals)),
              "reinstatements": .integer(Int64($0.reinstatements)),
            ]
          })
      ),
    ])
    if let lead { object["secondsAhead"] = .integer(lead.seconds) }
    return .object(object)
  }

  var lines: [String] {
    [
      "\(founding.origin): \(state.size.of("entry", "entries"))", "genesis \(founding.ledger)",
      coverage,
      "\(state.authority.actors.count.of("actor")), \(state.catalog.datasets.count.of("dataset")), \(state.catalog.releases.count.of("release")), \(state.catalog.lists.count.of("hash list")), \(state.models.models.count.of("model"))",
    ]
      + (lead.map { [$0.line] } ?? [])
      + pending.map { "\($0.release): \($0.amount) to apply with `winnow clean`" }
  }

  /// How much of the entries the latest checkpoint covers, if there is one.
  private var coverage: String {
    guard let covered = checkpointSize else { return "no checkpoint yet; run `winnow checkpoint`" }
    let words = "the latest checkpoint covers \(covered.of("entry", "entries"))"
    // Entries are lost, or the file was changed.
    guard covered <= state.size else { return "\(words), more than are here; run `winnow verify`" }
    return "\(words); \((state.size - covered).grouped) not covered yet"
  }
}

extension LedgerStatus.Pending {
  fileprivate var amount: String {
    let parts = [(removals, "removal"), (reinstatements, "reinstatement")].filter { $0.0 > 0 }
    return parts.map { $0.0.of($0.1) }.joined(separator: " and ")
  }
}
