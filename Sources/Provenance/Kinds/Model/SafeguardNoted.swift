/// A safeguard of a model, release or platform is there, is said to be, or is not.
package struct SafeguardNoted: ListedKind, KeptKind {
  package static let kind = Kind.safeguardNoted
  package var body: Body { .safeguardNoted(self) }
  package static let standing = Standing.world([.steward, .watchdog, .auditor])
  package static let table = ProjectionTable.modelEvent

  package let about: [Topic]
  package let safeguard: Safeguard
  package let state: SafeguardState
  package let detail: AttachmentReference?

  package init(
    about: [Topic], safeguard: Safeguard, state: SafeguardState, detail: AttachmentReference? = nil
  ) {
    self.about = about.sorted()
    self.safeguard = safeguard
    self.state = state
    self.detail = detail
  }

  package static let form = Form<Self>(
    "A safeguard of a model, release or platform is there, is said to be, or is not.",
    about: .topics(\.about),
    Member("about", \.about, "Whose safeguard it is.", concern: \.self),
    Member("safeguard", \.safeguard, "Which."),
    Member("state", \.state, "Whether it was seen, is only claimed, or is missing."),
    Member("detail", \.detail, "More of it, as UTF-8 text."),
    make: Self.init)

  /// No rule of its own.
  package func check(_: LedgerState, _: Judging) {}
}

/// A safeguard of a model, release or platform.
package enum Safeguard: String, Vocabulary {
  case accessGate = "access-gate"
  case hashMatching = "hash-matching"
  case inputFilter = "input-filter"
  case moderation
  case outputFilter = "output-filter"
  case reporting, terms, watermark, other
}

/// Whether a safeguard was seen, is claimed, or is missing.
package enum SafeguardState: String, Vocabulary {
  case claimed, seen, missing, removed
}
