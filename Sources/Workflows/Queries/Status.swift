package import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance

/// How far the log is, and what is pending.
package struct LedgerStatus: Sendable {
  package let json: JSON
  package let lines: [String]
}

extension Session {
  package func status() throws -> LedgerStatus {
    // First, so that another process cannot put a larger one in between.
    let checkpoint = try ledger.latestCheckpoint()
    let state = try ledger.state
    guard let founding = state.authority.founding else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    var pending: [(VersionedName, Int)] = []
    // A release that another one came from is not where cleaning goes on.
    let parents = Set(
      state.catalog.releases.values.compactMap { $0.publication.derivation?.parent })
    for name in state.catalog.releases.keys.sorted() where !parents.contains(name) {
      let removals = state.catalog.pending(for: name).count(where: \.isRemoval)
      if removals > 0 { pending.append((name, removals)) }
    }
    var lines = [
      "\(founding.origin): \(state.size.of("entry", "entries"))", "genesis \(founding.ledger)",
      Self.coverage(checkpoint?.size, of: state.size),
      "\(state.authority.actors.count.of("actor")), \(state.catalog.datasets.count.of("dataset")), \(state.catalog.releases.count.of("release")), \(state.catalog.lists.count.of("hash list")), \(state.models.models.count.of("model"))",
    ]
    let lead = ClockLead(of: state.lastRecordedAt, at: now())
    if let lead { lines.append(lead.line) }
    for (name, count) in pending {
      lines.append("\(name): \(count.of("removal")) to apply with `winnow clean`")
    }
    var json = JSONObject([
      ("origin", .string(founding.origin.text)), ("genesis", .string(founding.ledger.description)),
      ("size", .integer(Int64(clamping: state.size))),
      ("checkpointSize", .integer(Int64(clamping: checkpoint?.size ?? 0))),
      ("actors", .integer(Int64(state.authority.actors.count))),
      ("datasets", .integer(Int64(state.catalog.datasets.count))),
      ("releases", .integer(Int64(state.catalog.releases.count))),
      ("hashLists", .integer(Int64(state.catalog.lists.count))),
      ("models", .integer(Int64(state.models.models.count))),
      (
        "pending",
        .array(
          pending.map {
            ["release": .string($0.0.description), "removals": .integer(Int64($0.1))]
          })
      ),
    ])
    if let lead { json["secondsAhead"] = lead.json }
    return LedgerStatus(json: .object(json), lines: lines)
  }

  /// How much of `size` entries the latest checkpoint covers, if there is one.
  private static func coverage(_ covered: UInt64?, of size: UInt64) -> String {
    guard let covered else { return "no checkpoint yet; run `winnow checkpoint`" }
    let words = "the latest checkpoint covers \(covered.of("entry", "entries"))"
    // Entries are lost, or the file was changed.
    guard covered <= size else { return "\(words), more than are here; run `winnow verify`" }
    return "\(words); \((size - covered).grouped) not covered yet"
  }
}
