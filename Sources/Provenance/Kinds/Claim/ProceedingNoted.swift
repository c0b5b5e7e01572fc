/// A legal proceeding bears on something of this ledger.
package struct ProceedingNoted: ListedKind, KeptKind {
  package static let kind = Kind.proceedingNoted
  package var body: Body { .proceedingNoted(self) }
  package static let standing = Standing.world([.publisher, .steward, .watchdog, .auditor])
  package static let table = ProjectionTable.claim

  package let about: [Topic]
  package let proceeding: Proceeding
  package let state: ProceedingState
  package let document: AttachmentReference?

  package init(
    about: [Topic], proceeding: Proceeding, state: ProceedingState,
    document: AttachmentReference? = nil
  ) {
    self.about = about.sorted()
    self.proceeding = proceeding
    self.state = state
    self.document = document
  }

  package static let form = Form<Self>(
    "A legal proceeding bears on something of this ledger.", about: .topics(\.about),
    Member("about", \.about, "What it bears on.", concern: \.self),
    Member("proceeding", \.proceeding, "What kind of proceeding it is."),
    Member("state", \.state, "How far it is."),
    Member("document", \.document, "A document of it."),
    make: Self.init)

  /// No rule of its own.
  package func check(_: LedgerState, _: Judging) {}
}

/// A kind of legal proceeding.
package enum Proceeding: String, Vocabulary {
  case civil, criminal, inquiry, legislation, regulatory, other
}

/// How far a proceeding is.
package enum ProceedingState: String, Vocabulary {
  case opened, pending, settled, decided, closed
}
