internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import SetCommitment

/// The rows of class `illegal`, of all datasets in which a row has the same key.
struct IllegalRows: Sendable {
  /// Their keys, as far as the members are here.
  var keys = EntrySet([Digest]())
  /// Those of them that a match found which had nothing to compare in other rows: whoever has these
  /// leaves them out.
  var ofPartialMatches = EntrySet([Digest]())
  /// How many more there may be at most, whose members are not here.
  var unknown: UInt64 = 0

  var isEmpty: Bool { keys.count == 0 && unknown == 0 }
}

extension Session {
  /// The keys of all removals of class `illegal` that were decided on releases with keys of `dataset`.
  func illegalRows(of dataset: Name) throws -> IllegalRows {
    var rows = IllegalRows()
    let releases = try ledger.state.catalog.releases(withKeysOf: dataset)
    for id in releases.filter(\.isToLoseIllegal).flatMap(\.removals) {
      let removal = try removal(id)
      guard removal.decision.reasonClass == .illegal else { continue }
      if let members = try membersHere(of: removal) {
        rows.keys = rows.keys.union(members)
        if try removal.union.sources.contains(where: { try isOfPartialMatch($0.event) }) {
          rows.ofPartialMatches = rows.ofPartialMatches.union(members)
        }
      } else {
        rows.unknown += removal.decision.removed.keys
      }
    }
    return rows
  }

  private func isOfPartialMatch(_ id: EventID) throws -> Bool {
    guard case .matchCompleted(let match) = try ledger.event(id: id)?.statement.body else {
      return false
    }
    return match.rowsWithoutHash > 0
  }

  /// A removal as decided, with the union whose set it removes.
  struct DecidedRemoval {
    let event: AdmittedEvent
    let decision: RemovalDecided
    let unionEvent: AdmittedEvent
    let union: UnionComputed
  }

  func removal(_ id: EventID) throws -> DecidedRemoval {
    guard let event = try ledger.event(id: id),
      case .removalDecided(let decision) = event.statement.body,
      let unionEvent = try ledger.event(id: decision.union),
      case .unionComputed(let union) = unionEvent.statement.body
    else { throw WorkflowFailure.noEvent(id.description) }
    return DecidedRemoval(event: event, decision: decision, unionEvent: unionEvent, union: union)
  }

  /// The keys of a removal, or `nil` where they are sealed for us.
  func membersHere(of removal: DecidedRemoval) throws -> EntrySet? {
    try membersHere(of: removal.union.set, removal.unionEvent)
  }

  /// The keys of a set, or `nil` where they are sealed for us or gone.
  func membersHere(of set: SetReference, _ event: AdmittedEvent) throws -> EntrySet? {
    guard Directory.exists(directory.secrets) else { return nil }
    do {
      return EntrySet(try members(of: set, event: event, secrets: try secrets()))
    } catch WorkflowFailure.membersSealed {
      return nil
    } catch WorkflowFailure.memberMissing where set.disclosure == .open {
      return nil
    }
  }
}
