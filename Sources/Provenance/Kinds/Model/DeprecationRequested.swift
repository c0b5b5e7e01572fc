/// Someone asks that a model no longer be used or offered.
package struct DeprecationRequested: ListedKind, KeptKind {
  package static let kind = Kind.deprecationRequested
  package var body: Body { .deprecationRequested(self) }
  package static let standing = Standing.world([.publisher, .steward, .watchdog, .auditor])
  package static let table = ProjectionTable.modelEvent

  package let model: Name
  package let to: ActorName
  package let grounds: DeprecationGrounds
  package let text: AttachmentReference?

  package init(
    model: Name, to: ActorName, grounds: DeprecationGrounds, text: AttachmentReference? = nil
  ) {
    self.model = model
    self.to = to
    self.grounds = grounds
    self.text = text
  }

  package static let form = Form<Self>(
    "Someone asks that a model no longer be used or offered.",
    about: .named(\.model, "The model, by SHA-256 of its name."),
    Member("model", \.model, "The model.", concern: Topic.model),
    Member("to", \.to, "Who is asked.", concern: Topic.actor),
    Member("grounds", \.grounds, "Why."),
    Member("text", \.text, "What was asked, as UTF-8 text."),
    make: Self.init)

  /// No rule of its own.
  package func check(_: LedgerState, _: Judging) {}
}

/// Why a model should no longer be used.
package enum DeprecationGrounds: String, Vocabulary {
  case trainedOnRemoved = "trained-on-removed"
  case capability, abuse, privacy, consent, rights, other
}
