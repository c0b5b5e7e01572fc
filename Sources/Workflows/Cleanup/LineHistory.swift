internal import Datasets
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import SetCommitment

/// What was decided on a line of releases, in the order of the log, with the keys of each decision.
struct LineHistory {
  struct Removal {
    let event: AdmittedEvent
    let body: RemovalDecided
    /// What was decided to go.
    let keys: EntrySet
    /// What was drawn to go with it.
    let decoys: EntrySet
    /// What later reinstatements took back from it.
    var taken = EntrySet([Digest]())

    var id: EventID { event.id }
    /// What it still holds.
    var held: EntrySet { keys.subtracting(taken) }
  }

  struct Reinstatement {
    let id: EventID
    let removals: [EventID]
    let keys: EntrySet
  }

  private(set) var removals: [Removal] = []
  private(set) var reinstatements: [Reinstatement] = []

  mutating func add(_ removal: Removal) { removals.append(removal) }

  mutating func add(_ reinstatement: Reinstatement) {
    reinstatements.append(reinstatement)
    for place in removals.indices where reinstatement.removals.contains(removals[place].id) {
      removals[place].taken = removals[place].taken.union(reinstatement.keys)
    }
  }

  /// All keys that some of the removals hold.
  func held(where isMeant: (Removal) -> Bool = { _ in true }) -> EntrySet {
    removals.filter(isMeant).reduce(EntrySet([Digest]())) { $0.union($1.held) }
  }

  /// All keys that were drawn to go with others, and never come back.
  var decoys: EntrySet { removals.reduce(EntrySet([Digest]())) { $0.union($1.decoys) } }
}

extension Vault {
  /// A removal with its keys.
  ///
  /// - Throws: ``WorkflowFailure/membersSealed(_:)`` where these are not here.
  private func removal(_ id: EventID) throws -> LineHistory.Removal {
    let (event, body) = try view.removal(id)
    return LineHistory.Removal(
      event: event, body: body, keys: try members(of: body.set, event: event),
      decoys: try body.decoys.map { try members(of: $0.set, event: event, field: "decoys") }
        ?? EntrySet([Digest]()))
  }

  private func reinstatement(_ id: EventID) throws -> LineHistory.Reinstatement {
    guard let event = try view.event(id: id),
      case .reinstatementDecided(let body) = event.statement.body
    else { throw WorkflowFailure.noEvent(id.description) }
    return LineHistory.Reinstatement(
      id: id, removals: body.removals, keys: try members(of: body.set, event: event))
  }

  /// Some decisions with their keys, in the order that they have here.
  func history(of decisions: [Decision]) throws -> LineHistory {
    var history = LineHistory()
    for decision in decisions {
      if decision.isRemoval {
        history.add(try removal(decision.event))
      } else {
        history.add(try reinstatement(decision.event))
      }
    }
    return history
  }
}
