package import LedgerCrypto
package import LedgerStore
package import Provenance
package import TransparencyLog

/// What a command sees of a ledger: one state of it, and all that was recorded up to then.
///
/// A value: what others record meanwhile is not in it. Since entries never change, nothing has to be
/// held open for that, and whoever reads never waits for the writer.
package struct LedgerView: Sendable {
  package let state: LedgerState
  let ledger: Ledger

  /// Sees the ledger as it is now.
  package init(of ledger: Ledger) throws {
    self.ledger = ledger
    state = try ledger.state
  }

  /// The number of entries that it sees.
  package var size: UInt64 { state.size }

  /// Sequence 0's id, which is the ledger's.
  package var id: EventID {
    get throws { try founding.ledger }
  }

  /// What sequence 0 fixed, and the charter in force.
  package var founding: CharterRecord {
    get throws {
      guard let founding = state.authority.founding else {
        throw WorkflowFailure.noLedger(ledger.directory)
      }
      return founding
    }
  }

  /// The event at a sequence.
  ///
  /// - Throws: ``WorkflowFailure/noEvent(_:)`` where there is none.
  package func event(_ sequence: UInt64) throws -> AdmittedEvent {
    guard sequence < size, let event = try ledger.event(at: sequence) else {
      throw WorkflowFailure.noEvent("at sequence \(sequence)")
    }
    return event
  }

  /// The event with this id, or `nil`.
  package func event(id: EventID) throws -> AdmittedEvent? {
    guard let event = try ledger.event(id: id), event.sequence < size else { return nil }
    return event
  }

  /// The dataset as registered.
  package func dataset(_ name: Name) throws -> DatasetRecord {
    guard let record = state.catalog.datasets[name] else {
      throw WorkflowFailure.datasetUnknown(name)
    }
    return record
  }

  /// The release as published.
  package func release(_ name: VersionedName) throws -> ReleaseRecord {
    guard let record = state.catalog.releases[name] else {
      throw WorkflowFailure.releaseUnknown(name)
    }
    return record
  }

  /// The model as registered.
  package func model(_ name: Name) throws -> ModelRecord {
    guard let record = state.models.models[name] else { throw WorkflowFailure.modelUnknown(name) }
    return record
  }

  /// The one key of an actor that counts.
  package func countingKey(of actor: ActorName) throws -> VerifyingKey {
    let keys = try countingKeys(of: actor)
    guard let key = keys.first else { throw WorkflowFailure.noCountingKey(actor) }
    guard keys.count == 1 else { throw WorkflowFailure.severalCountingKeys(actor) }
    return key.publicKey
  }

  /// The keys of an actor that count.
  package func countingKeys(of actor: ActorName) throws -> [KeyRecord] {
    guard state.authority.actors[actor] != nil else { throw Refusal.actorUnknown(actor) }
    return state.authority.keys.values.filter { $0.actor == actor && $0.revoked == nil }
  }
}

extension LedgerView {
  /// The latest stored checkpoint: what proofs lead up to.
  package func latestCheckpoint() throws -> (head: TreeHead, note: [UInt8]) {
    guard let latest = try ledger.latestCheckpoint(), let size = TreeSize(latest.size) else {
      throw WorkflowFailure.noCheckpoint
    }
    return (try ledger.treeHead(size: size.rawValue), latest.note)
  }
}
