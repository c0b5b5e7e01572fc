/// Someone said something in public; without evidence it stays a claim.
package struct ClaimRecorded: ListedKind, KeptKind {
  package static let kind = Kind.claimRecorded
  package var body: Body { .claimRecorded(self) }
  package static let standing = Standing.world(Role.allCases)
  package static let table = ProjectionTable.claim

  package let claimant: ActorName
  package let about: [Topic]
  package let counts: [Count]
  package let text: AttachmentReference

  package init(claimant: ActorName, about: [Topic], counts: [Count] = [], text: AttachmentReference)
  {
    self.claimant = claimant
    self.about = about.sorted()
    self.counts = counts.sorted { $0.unit.rawValue < $1.unit.rawValue }
    self.text = text
  }

  package static let form = Form<Self>(
    "Someone said something in public; without evidence it stays a claim.", about: .topics(\.about),
    Member("claimant", \.claimant, "Who said it.", concern: Topic.actor),
    Member("about", \.about, "What it is about.", concern: \.self),
    Member("counts", ifAny: \.counts, "The figures in it, each unit once, by unit ascending."),
    Member("text", \.text, "What was said, as UTF-8 text."),
    make: Self.init)

  /// An import of a claim is about who made it.
  package func check(_: LedgerState, _ judging: Judging) throws(Refusal) {
    if let actor = judging.header.attributedTo, actor != claimant {
      throw .claimantDiffers(claimant, actor)
    }
  }
}
