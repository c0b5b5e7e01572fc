/// Someone told another of something.
package struct NoticeSent: ListedKind, KeptKind {
  package static let kind = Kind.noticeSent
  package var body: Body { .noticeSent(self) }
  package static let standing = Standing.world(Role.allCases)
  package static let sealsWords = true
  package static let table = ProjectionTable.notice

  package let to: ActorName
  package let about: [Topic]
  package let channel: NoticeChannel
  package let text: AttachmentReference?

  package init(
    to: ActorName, about: [Topic], channel: NoticeChannel, text: AttachmentReference? = nil
  ) {
    self.to = to
    self.about = about.sorted()
    self.channel = channel
    self.text = text
  }

  package static let form = Form<Self>(
    "Someone told another of something.", about: .topics(\.about),
    Member("to", \.to, "Who was told.", concern: Topic.actor),
    Member("about", \.about, "What the notice is about.", concern: \.self),
    Member("channel", \.channel, "The way it went."),
    Member("text", \.text, "What was said, as UTF-8 text."),
    make: Self.init)

  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    if state.speakers(judging.header) == [to] { throw .noticeToSelf(to) }
  }
}

/// The way a notice went.
package enum NoticeChannel: String, Vocabulary {
  case api, email, hotline, letter, meeting, publication
  case webForm = "web-form"
  case other
}
