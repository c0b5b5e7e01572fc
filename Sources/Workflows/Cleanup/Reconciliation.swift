package import CanonicalJSON
internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

/// Whether the figures of a release's matches add up: what each list found, what lists share, and
/// what they found together.
package struct Reconciliation: Sendable {
  package struct Source: Sendable {
    package let sequence: UInt64
    package let event: EventID
    package let list: VersionedName
    package let issuer: ActorName
    package let matched: Tally
    package let rowsWithoutHash: UInt64
  }

  package let release: VersionedName
  package let sources: [Source]
  /// Matched rows, each list for itself, added up.
  package let sum: UInt64
  /// Rows that were counted more than once; `nil` when nothing here tells.
  package let overlap: UInt64?
  /// Distinct rows; `nil` when nothing here tells.
  package let union: Tally?
  /// Where the union comes from.
  package let basis: String
  /// Removed rows of the removals decided on the release, and of the release that applied them.
  package let removed: UInt64?

  package var isStated: Bool { union != nil }
}

extension Session {
  /// Adds up what the matches on `release` found.
  ///
  /// The union comes from a recorded union of exactly these matches, else from the sealed members
  /// where the passphrase opens them; otherwise the overlap is not stated.
  package func reconcile(_ release: VersionedName) throws -> Reconciliation {
    let record = try self.release(release)
    let events = try matches(on: release)
    guard !events.isEmpty else { throw WorkflowFailure.noMatches(release) }
    var sources: [Reconciliation.Source] = []
    var matches: [MatchCompleted] = []
    for event in events {
      guard case .matchCompleted(let match) = event.statement.body,
        let list = try ledger.event(id: match.list),
        case .hashListReceived(let receipt) = list.statement.body
      else { continue }
      matches.append(match)
      sources.append(
        .init(
          sequence: event.sequence, event: event.id, list: receipt.list, issuer: receipt.issuer,
          matched: match.matched, rowsWithoutHash: match.rowsWithoutHash))
    }
    let sum = sources.reduce(0) { $0 + $1.matched.rows }
    var union: Tally?
    var basis = "not stated: no union of these matches is recorded, and their members are sealed"
    let wanted = sources.map(\.event).sorted()
    for finding in try findings(.unionComputed, on: release) {
      if let event = try ledger.event(at: finding.sequence),
        case .unionComputed(let body) = event.statement.body,
        body.sources.map(\.event) == wanted, body.minus.isEmpty
      {
        union = body.union
        basis = "recorded at sequence \(finding.sequence)"
      }
    }
    if union == nil, let computed = try unionOfMembers(events, matches, in: release) {
      union = computed
      basis = "computed here from the sealed members"
    }
    let removed = try record.removals.compactMap { try ledger.event(id: $0) }.reduce(
      UInt64?.none
    ) { total, event in
      guard case .removalDecided(let removal) = event.statement.body else { return total }
      return (total ?? 0) + removal.removed.rows
    }
    return Reconciliation(
      release: release, sources: sources, sum: sum,
      overlap: union.map { sum >= $0.rows ? sum - $0.rows : 0 }, union: union, basis: basis,
      removed: removed)
  }
}

extension Session {
  /// Unites the sealed members of matches, or gives `nil` where this is no custodian's directory.
  private func unionOfMembers(
    _ events: [AdmittedEvent], _ matches: [MatchCompleted], in release: VersionedName
  ) throws -> Tally? {
    guard Directory.exists(directory.secrets) else { return nil }
    let secrets = try secrets()
    var keys = EntrySet([Digest]())
    do {
      for (event, match) in zip(events, matches) {
        keys = keys.union(EntrySet(try members(of: match.set, event: event, secrets: secrets)))
      }
    } catch WorkflowFailure.membersSealed {
      return nil
    }
    return Tally(keys: UInt64(keys.count), rows: try rows(of: keys.members, in: release))
  }
}

extension Reconciliation {
  package var json: JSON {
    var object = JSONObject()
    object["release"] = .string(release.description)
    object["sources"] = .array(
      sources.map {
        [
          "sequence": .integer(Int64(clamping: $0.sequence)),
          "event": .string($0.event.description), "list": .string($0.list.description),
          "issuer": .string($0.issuer.text),
          "matchedRows": .integer(Int64(clamping: $0.matched.rows)),
          "matchedKeys": .integer(Int64(clamping: $0.matched.keys)),
          "rowsWithoutHash": .integer(Int64(clamping: $0.rowsWithoutHash)),
        ]
      })
    object["sum"] = .integer(Int64(clamping: sum))
    if let overlap { object["overlap"] = .integer(Int64(clamping: overlap)) }
    if let union {
      object["unionRows"] = .integer(Int64(clamping: union.rows))
      object["unionKeys"] = .integer(Int64(clamping: union.keys))
    }
    object["basis"] = .string(basis)
    if let removed { object["removed"] = .integer(Int64(clamping: removed)) }
    return .object(object)
  }
}
