/// The holder of a dataset that was derived from a release took rows out of it.
package struct DerivativeCleaned: ListedKind, KeptKind {
  package static let kind = Kind.derivativeCleaned
  package var body: Body { .derivativeCleaned(self) }
  package static let standing = Standing.world([.publisher, .watchdog])
  package static let table = ProjectionTable.derivative

  package let dataset: Name
  package let against: VersionedName
  package let removed: Count
  package let before: AttachmentReference?
  package let after: AttachmentReference?

  package init(
    dataset: Name, against: VersionedName, removed: Count, before: AttachmentReference? = nil,
    after: AttachmentReference? = nil
  ) {
    self.dataset = dataset
    self.against = against
    self.removed = removed
    self.before = before
    self.after = after
  }

  package static let form = Form<Self>(
    "The holder of a dataset that was derived from a release took rows out of it.",
    about: .named(\.dataset, "The derived dataset, by SHA-256 of its name."),
    Member("dataset", \.dataset, "The derived dataset.", concern: Topic.dataset),
    Member(
      "against", \.against,
      "The cleaned release, of the dataset that it was derived from, which it now follows.",
      concern: Topic.release),
    Member("removed", \.removed, "What was removed."),
    Member("before", \.before, "The shard manifest before."),
    Member("after", \.after, "The shard manifest after."),
    make: Self.init)

  /// A derivative follows a release of the dataset that it was derived from.
  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    let record = try state.catalog.derivative(dataset)
    guard record.registration.derivedFrom?.name == against.name else {
      throw .notDerived(dataset, from: against.name, at: record.registered)
    }
  }

  package var listing: Listing? {
    Listing(
      of: dataset, against.name, disclosures: [before, after].compactMap { $0?.disclosure })
  }
}
