internal import Datasets
internal import LedgerCrypto
package import Provenance
internal import SetCommitment

/// Runs a filter that was recorded once more, and compares what it chooses.
package struct VerifyFilter: Sendable {
  let sequence: UInt64

  /// Takes the sequence of a filter.
  package init(_ sequence: UInt64) {
    self.sequence = sequence
  }

  /// What came of it.
  package struct Check: Sendable {
    package let release: VersionedName
    /// Whether it chose exactly what was recorded.
    package let matches: Bool
    /// What it chose now.
    package let tally: Tally
    /// What was recorded.
    package let recorded: Tally
  }

  /// Runs the expression over the files of the release's catalogue.
  ///
  /// - Throws: ``WorkflowFailure/expressionSealed(_:)`` where the expression is not for us, or is no
  ///   expression: rows that were given by hand.
  package func check(_ shelf: Shelf) throws -> Check {
    let event = try shelf.view.event(sequence)
    guard case .filterCompleted(let body) = event.statement.body else {
      throw Refusal.wrongReference(event.id, expected: "a filter that was run here")
    }
    guard body.filter.mediaType == FilterRun.mediaType,
      let bytes = try? shelf.vault.content(
        of: body.filter, kind: .filterCompleted, field: "filter"),
      let text = String(validating: bytes, as: UTF8.self)
    else { throw WorkflowFailure.expressionSealed(sequence) }
    let members = try shelf.vault.membersHere(of: body.set, event: event)
    guard members != nil || body.set.disclosure == .open else {
      throw WorkflowFailure.membersSealed(sequence)
    }
    let run = try FilterRun(text, on: body.release, shelf)
    let isSame = members.map { $0 == run.keys } ?? (run.keys.root.root == body.set.root)
    return Check(
      release: body.release, matches: isSame && run.tally == body.matched, tally: run.tally,
      recorded: body.matched)
  }
}
