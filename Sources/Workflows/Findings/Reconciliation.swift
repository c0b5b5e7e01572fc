package import CanonicalJSON
internal import Datasets
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
  /// How many of them were drawn to hide others.
  package let decoyRows: UInt64

  package enum Removed: Hashable, Sendable {
    case rows(UInt64)
    /// What several removals share is sealed: at most their sum.
    case atMost(UInt64)
  }

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
    let found = try distinct(events)
    let sources = found.map(\.source)
    let sum = sources.reduce(0) { $0 + $1.matched.rows }
    var union: Tally?
    var basis = "not stated: no union of these matches is recorded, and their members are sealed"
    let wanted = Set(found.map(\.source.event))
    let representative = Dictionary(
      uniqueKeysWithValues: found.flatMap { item in item.all.map { ($0, item.source.event) } })
    for finding in try findings(.unionComputed, on: release) {
      if let event = try ledger.event(at: finding.sequence),
        case .unionComputed(let body) = event.statement.body,
        body.sources.allSatisfy({ representative[$0.event] != nil }),
        Set(body.sources.compactMap { representative[$0.event] }) == wanted
      {
        union = body.union
        basis = "recorded at sequence \(finding.sequence)"
      }
    }
    if union == nil, let computed = try unionOfMembers(found, in: release) {
      union = computed.union
      basis = computed.basis
    }
    return Reconciliation(
      release: release, sources: sources, sum: sum,
      overlap: union.map { sum >= $0.rows ? sum - $0.rows : 0 }, union: union, basis: basis,
      removed: try removedRows(record), decoyRows: try decoyRows(of: record.removals))
  }

  /// A match with its list, and all matches that did the same.
  private struct Found {
    let source: Reconciliation.Source
    let event: AdmittedEvent
    let match: MatchCompleted
    let all: [EventID]
  }

  /// The latest match of each list and column, in the order of the log.
  private func distinct(_ events: [AdmittedEvent]) throws -> [Found] {
    var found: [Found] = []
    for event in events.reversed() {
      guard case .matchCompleted(let match) = event.statement.body,
        let list = try ledger.event(id: match.list),
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
      found.append(Found(source: source, event: event, match: match, all: same.map(\.id)))
    }
    return found.reversed()
  }

  /// The rows of a release that its removals take together, known from one removal or from the sealed
  /// members.
  private func removedRows(_ release: ReleaseRecord) throws -> Reconciliation.Removed? {
    let name = release.publication.release
    let removals = try release.removals.map { try removal($0) }
    guard let first = removals.first else { return nil }
    if removals.count == 1 { return .rows(first.body.removed.rows) }
    guard Directory.exists(directory.secrets), Directory.holds(directory.index(of: name)) else {
      return .atMost(removals.reduce(0) { $0 + $1.body.removed.rows })
    }
    var keys = EntrySet([Digest]())
    for (event, body) in removals {
      guard let members = try membersHere(of: body.set, event) else {
        return .atMost(removals.reduce(0) { $0 + $1.body.removed.rows })
      }
      keys = keys.union(members)
    }
    return .rows(try rows(of: keys.members, in: name))
  }
}

extension Session {
  /// Unites what matches found, from their sealed members; `nil` where these are sealed for us.
  ///
  /// Members are keys, and a match can find some rows of a key and not others. So what two matches share
  /// is known in rows where each shared key has one, or where all rows of all found keys matched.
  private func unionOfMembers(
    _ found: [Found], in release: VersionedName
  ) throws -> (union: Tally?, basis: String)? {
    guard Directory.exists(directory.secrets) else { return nil }
    let source = try index(of: release).source
    var keys = EntrySet([Digest]())
    var repeated: [Digest: UInt64] = [:]
    var isWhole = true
    for item in found {
      guard let members = try membersHere(of: item.match.set, item.event) else { return nil }
      for key in keys.intersection(members).members { repeated[key, default: 0] += 1 }
      keys = keys.union(members)
      isWhole = try isWhole && rows(of: members.members, in: release) == item.match.matched.rows
    }
    let basis = "computed here from the sealed members"
    let count = UInt64(keys.count)
    if isWhole { return (Tally(keys: count, rows: try rows(of: keys.members, in: release)), basis) }
    for key in repeated.keys where try source.entry(of: key)?.rows != 1 {
      return (
        nil,
        "not stated: several lists found rows of one key, which has others, and the sets do not say which rows"
      )
    }
    let sum = found.reduce(0) { $0 + $1.match.matched.rows }
    return (Tally(keys: count, rows: sum - repeated.values.reduce(0, +)), basis)
  }
}

extension Reconciliation {
  package var json: JSON {
    var object = JSONObject()
    object["release"] = .string(release.description)
    object["sources"] = .array(
      sources.map { source in
        var object = JSONObject(source.members)
        if !source.repeats.isEmpty {
          object["repeats"] = .array(source.repeats.map { .integer(Int64(clamping: $0)) })
        }
        return .object(object)
      })
    object["sum"] = .integer(Int64(clamping: sum))
    if let overlap { object["overlap"] = .integer(Int64(clamping: overlap)) }
    if let union {
      object["unionRows"] = .integer(Int64(clamping: union.rows))
      object["unionKeys"] = .integer(Int64(clamping: union.keys))
    }
    object["basis"] = .string(basis)
    switch removed {
    case .rows(let rows): object["removed"] = .integer(Int64(clamping: rows))
    case .atMost(let rows): object["removedAtMost"] = .integer(Int64(clamping: rows))
    case nil: break
    }
    if decoyRows > 0 { object["decoyRows"] = .integer(Int64(clamping: decoyRows)) }
    return .object(object)
  }
}

extension Reconciliation.Source {
  fileprivate var members: [(String, JSON)] {
    [
      ("sequence", .integer(Int64(clamping: sequence))), ("event", .string(event.description)),
      ("list", .string(list.description)), ("issuer", .string(issuer.text)),
      ("matchedRows", .integer(Int64(clamping: matched.rows))),
      ("matchedKeys", .integer(Int64(clamping: matched.keys))),
      ("rowsWithoutHash", .integer(Int64(clamping: rowsWithoutHash))),
    ]
  }
}
