package import Provenance

/// Records that an attachment is not to be shown, or is to be shown again.
package struct WithholdAttachment: Deciding {
  /// As ``FoundAttachment/init(named:in:)`` takes it.
  let name: String
  let state: WithholdingState
  let basis: LegalBasis
  let reason: [UInt8]?

  package init(_ name: String, state: WithholdingState, basis: LegalBasis, reason: [UInt8]?) {
    self.name = name
    self.state = state
    self.basis = basis
    self.reason = reason
  }

  package func plan(_ desk: Desk) throws -> FoundAttachment {
    try FoundAttachment(named: name, in: desk.view)
  }

  package func statements(_ plan: FoundAttachment, _ staging: inout Staging) throws {
    let reason = try staging.attach(prose: reason, kind: .attachmentWithheld, field: "reason")
    try staging.say(
      .attachmentWithheld(
        .init(
          attachment: plan.digest, events: plan.events, state: state, basis: basis,
          reason: reason)))
  }
}
