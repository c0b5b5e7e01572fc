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

  package func plan(_ desk: Desk) throws -> FoundAttachment {
    try FoundAttachment(named: name, in: desk.view)
  }

  /// - Returns: the attachment that is gone.
  package func statements(_ plan: FoundAttachment, _ staging: inout Staging) throws -> Digest {
    let desk = staging.desk
    if desk.first == nil, desk.completed.contains(plan.digest) { return plan.digest }
    let reason = try staging.attach(prose: reason, kind: .attachmentErased, field: "reason")
    try staging.say(
      .attachmentErased(
        .init(
          attachment: plan.digest, events: plan.events, basis: basis, requestedBy: requestedBy,
          reason: reason)))
    return plan.digest
  }
}
