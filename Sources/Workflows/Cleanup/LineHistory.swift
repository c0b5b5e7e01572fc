internal import Datasets
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
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
}

extension Session {
  /// A removal with its keys.
  ///
  /// - Throws: ``WorkflowFailure/membersSealed(_:)`` where these are not here.
  func removal(_ id: EventID, _ secrets: SecretDirectory) throws -> LineHistory.Removal {
    let (event, body) = try removal(id)
    let decoys = try body.decoys.map {
      try members(of: $0.set, event: event, field: "decoys", secrets: secrets)
    }
    return LineHistory.Removal(
      event: event, body: body,
      keys: EntrySet(try members(of: body.set, event: event, secrets: secrets)),
      decoys: EntrySet(decoys ?? []))
  }

  /// A removal as it was decided.
  func removal(_ id: EventID) throws -> (event: AdmittedEvent, body: RemovalDecided) {
    guard let event = try ledger.event(id: id),
      case .removalDecided(let body) = event.statement.body
    else { throw WorkflowFailure.noEvent(id.description) }
    return (event, body)
  }

  private func reinstatement(
    _ id: EventID, _ secrets: SecretDirectory
  ) throws -> LineHistory.Reinstatement {
    guard let event = try ledger.event(id: id),
      case .reinstatementDecided(let body) = event.statement.body
    else { throw WorkflowFailure.noEvent(id.description) }
    return LineHistory.Reinstatement(
      id: id, removals: body.removals,
      keys: EntrySet(try members(of: body.set, event: event, secrets: secrets)))
  }

  /// Some decisions with their keys, in the order that they have here.
  func history(
    of decisions: [Decision], _ secrets: SecretDirectory
  ) throws -> LineHistory {
    var history = LineHistory()
    for decision in decisions {
      if decision.isRemoval {
        history.add(try removal(decision.event, secrets))
      } else {
        history.add(try reinstatement(decision.event, secrets))
      }
    }
    return history
  }

  /// All decisions on `release` and its ancestors, in the order of the log.
  func decisions(before release: VersionedName) throws -> [Decision] {
    try ledger.state.catalog.line(of: release).flatMap(\.decisions).sorted {
      $0.sequence < $1.sequence
    }
  }

  /// The keys of a set, or `nil` where they are sealed for us or gone.
  func membersHere(
    of set: SetReference, _ event: AdmittedEvent, field: String = "set"
  ) throws -> EntrySet? {
    do {
      return EntrySet(
        try members(of: set, event: event, field: field, secrets: try secrets()))
    } catch WorkflowFailure.membersSealed {
      return nil
    } catch WorkflowFailure.memberMissing {
      return nil
    }
  }

  /// How many rows were drawn to hide others by these removals.
  package func decoyRows(of removals: [EventID]) throws -> UInt64 {
    try removals.reduce(0) { try $0 + (removal($1).body.decoys?.tally.rows ?? 0) }
  }
}
