/// A release is no longer offered, or is offered again.
package struct ReleaseWithdrawn: ListedKind {
  package static let kind = Kind.releaseWithdrawn
  package var body: Body { .releaseWithdrawn(self) }
  package static let standing = Standing.world([.publisher])

  package let release: VersionedName
  package let scope: WithdrawalScope
  package let includesDerivatives: Bool
  package let statedReason: AttachmentReference?

  package init(
    release: VersionedName, scope: WithdrawalScope, includesDerivatives: Bool,
    statedReason: AttachmentReference? = nil
  ) {
    self.release = release
    self.scope = scope
    self.includesDerivatives = includesDerivatives
    self.statedReason = statedReason
  }

  package static let form = Form<Self>(
    "A release is no longer offered, or is offered again.",
    about: .named(\.release, "The release, by SHA-256 of its name."),
    Member("release", \.release, "The release.", concern: Topic.release),
    Member("scope", \.scope, "Whether it is to come back, is not, or is back."),
    Member(
      "includesDerivatives", \.includesDerivatives,
      "Whether the derivatives known to the publisher are withdrawn with it."),
    Member("statedReason", \.statedReason, "The reason as stated, as UTF-8 text."),
    make: Self.init)

  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    try state.withdrawals.check(.release(release), scope)
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    state.withdrawals.take(
      WithdrawalRecord(.release(release), scope: scope, statedReason: statedReason, event))
  }
}
