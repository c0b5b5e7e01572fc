/// The holder of a dataset that was derived from a release deleted it.
package struct DerivativeDeleted: ListedKind, KeptKind {
  package static let kind = Kind.derivativeDeleted
  package var body: Body { .derivativeDeleted(self) }
  package static let standing = Standing.world([.publisher, .watchdog])
  package static let table = ProjectionTable.derivative

  package let dataset: Name
  package let copies: Count?
  package let statement: AttachmentReference?

  package init(dataset: Name, copies: Count? = nil, statement: AttachmentReference? = nil) {
    self.dataset = dataset
    self.copies = copies
    self.statement = statement
  }

  package static let form = Form<Self>(
    "The holder of a dataset that was derived from a release deleted it.",
    about: .named(\.dataset, "The derived dataset, by SHA-256 of its name."),
    Member("dataset", \.dataset, "The derived dataset.", concern: Topic.dataset),
    Member("copies", \.copies, "How many copies were deleted."),
    Member("statement", \.statement, "The holder's statement, as UTF-8 text."),
    make: Self.init)

  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    _ = try state.catalog.derivative(dataset)
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    guard var record = state.catalog.datasets[dataset] else { return [] }
    record.deleted = event.sequence
    state.catalog.datasets[dataset] = record
    return [ProjectionChange(record)]
  }
}
