/// A model's publisher or steward says that it is not to be used any more.
package struct ModelDeprecated: ListedKind {
  package static let kind = Kind.modelDeprecated
  package var body: Body { .modelDeprecated(self) }
  package static let standing = Standing.world([.steward])

  package let model: Name
  package let statedReason: AttachmentReference

  package init(model: Name, statedReason: AttachmentReference) {
    self.model = model
    self.statedReason = statedReason
  }

  package static let form = Form<Self>(
    "A model's publisher or steward says that it is not to be used any more.",
    about: .named(\.model, "The model, by SHA-256 of its name."),
    Member("model", \.model, "The model."),
    Member("statedReason", \.statedReason, "The reason as stated, as UTF-8 text."),
    make: Self.init)

  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    guard let record = state.models.models[model] else { throw .modelUnknown(model) }
    if let at = record.deprecated { throw .alreadyDeprecated(model, at: at) }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    guard var record = state.models.models[model] else { return [] }
    record.deprecated = event.sequence
    record.statedReason = statedReason
    state.models.models[model] = record
    return [ProjectionChange(record)]
  }
}
