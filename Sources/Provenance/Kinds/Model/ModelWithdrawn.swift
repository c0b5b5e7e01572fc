/// A model is no longer offered on a host, or is offered again; exact copies elsewhere are not ended by it.
package struct ModelWithdrawn: ListedKind {
  package static let kind = Kind.modelWithdrawn
  package var body: Body { .modelWithdrawn(self) }
  package static let standing = Standing.world([.steward, .watchdog])

  package let model: Name
  package let host: HostName
  package let scope: WithdrawalScope
  package let statedReason: AttachmentReference?

  package init(
    model: Name, host: HostName, scope: WithdrawalScope, statedReason: AttachmentReference? = nil
  ) {
    self.model = model
    self.host = host
    self.scope = scope
    self.statedReason = statedReason
  }

  package static let form = Form<Self>(
    "A model is no longer offered on a host, or is offered again; exact copies elsewhere are not ended by it.",
    about: .named(\.model, "The model, by SHA-256 of its name."),
    Member("model", \.model, "The model.", concern: Topic.model),
    Member("host", \.host, "Where it was offered."),
    Member("scope", \.scope, "Whether it is to come back, is not, or is back."),
    Member("statedReason", \.statedReason, "The reason as stated, as UTF-8 text."),
    make: Self.init)

  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    try state.withdrawals.check(.model(model), on: host, scope)
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    state.withdrawals.take(
      WithdrawalRecord(
        .model(model), on: host, scope: scope, statedReason: statedReason, event))
  }
}
