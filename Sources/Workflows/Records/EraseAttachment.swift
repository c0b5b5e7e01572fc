package import LedgerCrypto
package import Provenance

/// Records that an attachment is erased; its bytes and its data key are then destroyed.
///
/// Stopped in between, the bytes remain until the next deciding command, or this one again, which
/// then records nothing.
package struct EraseAttachment: Deciding {
  /// As ``FoundAttachment/init(named:in:)`` takes it.
  let name: String
  let basis: LegalBasis
  let requestedBy: ActorName?
  let reason: [UInt8]?

  package init(_ name: String, basis: LegalBasis, requestedBy: ActorName?, reason: [UInt8]?) {
    self.name = name
    self.basis = basis
    self.requestedBy = requestedBy
    self.reason = reason
  }

  package struct Answer: Sendable {
    /// The attachment that is gone.
    package let digest: Digest
    /// The decisions that say by it which rows they name.
    package let decisions: [Decision]
  }

  /// A decision that rested on what is gone.
  package struct Decision: Sendable {
    package let sequence: UInt64
    package let isRemoval: Bool
    package let release: VersionedName
    /// Whether it is still to be applied, which cannot be done any more.
    package let isPending: Bool
  }

  package func plan(_ desk: Desk) throws -> FoundAttachment {
    try FoundAttachment(named: name, in: desk.view)
  }

  package func statements(_ plan: FoundAttachment, _ staging: inout Staging) throws -> Answer {
    let desk = staging.desk
    let answer = Answer(
      digest: plan.digest, decisions: plan.uses.compactMap { Decision($0.event, desk.view) })
    if desk.first == nil, desk.completed.contains(plan.digest) { return answer }
    let reason = try staging.attach(prose: reason, kind: .attachmentErased, field: "reason")
    try staging.say(
      .attachmentErased(
        .init(
          attachment: plan.digest, events: plan.events, basis: basis, requestedBy: requestedBy,
          reason: reason)))
    return answer
  }
}

extension EraseAttachment.Decision {
  /// `nil` for an event that is none: all that a decision attaches says which rows it names.
  fileprivate init?(_ event: AdmittedEvent, _ view: LedgerView) {
    switch event.statement.body {
    case .removalDecided(let body): (release, isRemoval) = (body.release, true)
    case .reinstatementDecided(let body): (release, isRemoval) = (body.release, false)
    default: return nil
    }
    sequence = event.sequence
    isPending = view.lineEnds.contains {
      view.state.catalog.pending(for: $0).contains { $0.event == event.id }
    }
  }
}
