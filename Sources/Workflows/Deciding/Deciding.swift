internal import LedgerStore
package import Provenance

/// A command that records something, in two steps of its own.
///
///     view ─plan▶ Plan ─statements▶ [Statement] ─sign▶ [Event] ─admit▶ [Receipt]
///
/// ``Workplace/decide(_:)`` does the rest. Both steps can be taken twice: what was decided on a state
/// that has moved since is refused by the rules, and planned once more.
package protocol Deciding: Sendable {
  associatedtype Plan = Void
  associatedtype Answer = Void

  /// The release whose files the command makes: nobody else makes them meanwhile.
  var making: VersionedName? { get }

  /// Finds out what is to be said; stores nothing.
  func plan(_ desk: Desk) throws -> Plan

  /// Says it, and stores what it names: attachments, secrets and files.
  func statements(_ plan: Plan, _ staging: inout Staging) throws -> Answer
}

extension Deciding {
  package var making: VersionedName? { nil }
}

extension Deciding where Plan == Void {
  package func plan(_ desk: Desk) throws {}
}

/// What a decision came to.
package struct Decided<Answer> {
  package let answer: Answer
  /// What was recorded, would be, or is to be signed, in the order in which it was said.
  package let recorded: [Recorded]

  package init(answer: Answer, recorded: [Recorded]) {
    self.answer = answer
    self.recorded = recorded
  }
}

extension Decided: Sendable where Answer: Sendable {}
