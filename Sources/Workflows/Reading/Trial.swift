internal import LedgerCrypto
internal import LedgerStore
package import Provenance

extension LedgerView {
  /// Tries `statements` as the next entries, each on the state that those before it leave.
  ///
  /// Pure but for reading what they refer to: nothing is signed and nothing recorded.
  ///
  /// - Parameters:
  ///   - statements: with all their signatures, or none.
  ///   - now: the moment of admission.
  ///   - signed: whether signatures are checked, too.
  /// - Returns: the events that they would become.
  /// - Throws: the ``Refusal`` of the first that a rule forbids.
  package func check(
    _ statements: [PartlySigned], at now: Timestamp, signed: Bool = false
  ) throws -> [AdmittedEvent] {
    var state = state
    var tried: [EventID: AdmittedEvent] = [:]
    return try statements.map { statement in
      let moment = try Ledger.moment(after: state, now: now, acceptsJump: ledger.acceptsJump)
      var references: [EventID: AdmittedEvent] = [:]
      for id in statement.statement.references {
        references[id] = try tried[id] ?? event(id: id)
      }
      let step = try state.step(
        entry(of: statement, at: moment), references, signatures: signed ? .unchecked : .good)
      tried[statement.id] = step.event
      return step.event
    }
  }

  private func entry(of statement: PartlySigned, at moment: Timestamp) throws -> Entry {
    do {
      return try Entry(trying: statement, at: moment)
    } catch .tooLarge(let bytes) {
      throw LedgerFailure.tooLarge(statement.id, bytes: bytes)
    }
  }
}
