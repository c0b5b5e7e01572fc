/// A model was made from another, in the signers' words.
package struct ModelDerived: ListedKind, KeptKind {
  package static let kind = Kind.modelDerived
  package var body: Body { .modelDerived(self) }
  package static let standing = Standing.world([.steward, .watchdog])
  package static let table = ProjectionTable.modelEvent

  package let model: Name
  package let parent: Name
  package let relation: ModelRelation

  package init(model: Name, parent: Name, relation: ModelRelation) {
    self.model = model
    self.parent = parent
    self.relation = relation
  }

  package static let form = Form<Self>(
    "A model was made from another, in the signers' words.",
    about: .named(\.model, "The model, by SHA-256 of its name."),
    Member("model", \.model, "The model.", concern: Topic.model),
    Member("parent", \.parent, "The model that it was made from.", concern: Topic.model),
    Member("relation", \.relation, "How."),
    make: Self.init,
    check: { $0.model == $0.parent ? "parent" : nil })

  /// No rule of its own.
  package func check(_: LedgerState, _: Judging) {}
}

/// How a model was made from another.
package enum ModelRelation: String, Vocabulary {
  case adapter, converted, distilled
  case exactCopy = "exact-copy"
  case finetuned, merged, quantized
}
