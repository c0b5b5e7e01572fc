internal import Datasets
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
    /// Earlier matches with the same list and column, which found the same and count no more.
    package let repeats: [UInt64]
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
  /// Rows that the removals decided on the release take together, each once; `nil` without removals.
  package let removed: Removed?
  /// How many more were drawn to hide those of class illegal.
  package let decoyRows: UInt64

  package enum Removed: Hashable, Sendable {
    case rows(UInt64)
    /// What several removals share is sealed: at most their sum.
    case atMost(UInt64)
  }

  package var isStated: Bool { union != nil }
}

extension Reconciliation {
  /// Adds up what the matches on `release` found.
  ///
  /// The union comes from a recorded union of exactly these matches, else from the sealed members
  /// where the passphrase opens them; otherwise the overlap is not stated.
  package init(of release: VersionedName, _ shelf: Shelf) throws {
    let view = shelf.view
    let record = try view.release(release)
    let events = try view.matches(on: release)
    guard !events.isEmpty else { throw WorkflowFailure.noMatches(release) }
    let found = try view.distinct(events)
    let sources = found.map(\.source)
    let sum = sources.reduce(0) { $0 + $1.matched.rows }
    var union: Tally?
    var basis = "not stated: no union of these matches is recorded, and their members are sealed"
    let wanted = Set(found.map(\.source.event))
    let representative = Dictionary(
      uniqueKeysWithValues: found.flatMap { item in item.all.map { ($0, item.source.event) } })
    for finding in try view.findings(.unionComputed, on: release) {
      if case .unionComputed(let body) = try view.event(finding.sequence).statement.body,
        body.sources.allSatisfy({ representative[$0.event] != nil }),
        Set(body.sources.compactMap { representative[$0.event] }) == wanted
      {
        union = body.union
        basis = "recorded at sequence \(finding.sequence)"
      }
    }
    if union == nil, let computed = try shelf.unionOfMembers(found, in: release) {
      union = computed.union
      basis = computed.basis
    }
    self.init(
      release: release, sources: sources, sum: sum,
      overlap: union.map { sum >= $0.rows ? sum - $0.rows : 0 }, union: union, basis: basis,
      removed: try shelf.removedRows(record), decoyRows: try view.decoyRows(of: record.removals))
  }

  /// A match with its list, and all matches that did the same.
  fileprivate struct Found {
    let source: Reconciliation.Source
    let event: AdmittedEvent
    let match: MatchCompleted
    let all: [EventID]
  }
}

extension LedgerView {
  /// The latest match of each list and column, in the order of the log.
  fileprivate func distinct(_ events: [AdmittedEvent]) throws -> [Reconciliation.Found] {
    var found: [Reconciliation.Found] = []
    for event in events.reversed() {
      guard case .matchCompleted(let match) = event.statement.body,
        let list = try self.event(id: match.list),
        case .hashListReceived(let receipt) = list.statement.body,
        !found.contains(where: { $0.match.isSame(as: match) })
      else { continue }
      let same = events.filter { other in
        if case .matchCompleted(let other) = other.statement.body {
          match.isSame(as: other)
        } else {
          false
        }
      }
      let source = Reconciliation.Source(
        sequence: event.sequence, event: event.id, list: receipt.list, issuer: receipt.issuer,
        matched: match.matched, rowsWithoutHash: match.rowsWithoutHash,
        repeats: same.map(\.sequence).filter { $0 != event.sequence })
      found.append(
        Reconciliation.Found(source: source, event: event, match: match, all: same.map(\.id)))
    }
    return found.reversed()
  }
}

extension Shelf {
  /// The rows of a release that its removals take together, known from one removal or from the sealed
  /// members.
  fileprivate func removedRows(_ release: ReleaseRecord) throws -> Reconciliation.Removed? {
    let name = release.publication.release
    let removals = try release.removals.map { try view.removal($0) }
    guard let first = removals.first else { return nil }
    if removals.count == 1 { return .rows(first.body.removed.rows) }
    let most = Reconciliation.Removed.atMost(removals.reduce(0) { $0 + $1.body.removed.rows })
    guard hasIndex(of: name) else { return most }
    var keys = EntrySet([Digest]())
    for (event, body) in removals {
      guard let members = try vault.membersHere(of: body.set, event: event) else { return most }
      keys = keys.union(members)
    }
    return .rows(try rows(of: keys.members, in: name))
  }

  /// Unites what matches found, from their sealed members; `nil` where these are sealed for us.
  fileprivate func unionOfMembers(
    _ found: [Reconciliation.Found], in release: VersionedName
  ) throws -> (union: Tally?, basis: String)? {
    guard hasIndex(of: release) else { return nil }
    let source = try index(of: release).source
    func count(_ rows: MatchedRows) throws -> UInt64? {
      try rows.count(all: try self.rows(of: rows.keys.members, in: release)) {
        try source.entry(of: $0)?.rows
      }
    }
    var union: MatchedRows?
    for item in found {
      guard let members = try vault.foundHere(by: item.match.set, event: item.event) else {
        return nil
      }
      let rows = MatchedRows(members)
      guard try count(rows) == item.match.matched.rows else {
        return (
          nil,
          "not stated: the members of the match at sequence \(item.source.sequence) do not say which rows it found"
        )
      }
      union?.unite(with: rows)
      union = union ?? rows
    }
    guard let union, let rows = try count(union) else { return nil }
    return (
      Tally(keys: UInt64(union.keys.count), rows: rows), "computed here from the sealed members"
    )
  }
}
