/// Whom a notice was sent to says that it came.
package struct NoticeAcknowledged: ListedKind, KeptKind {
  package static let kind = Kind.noticeAcknowledged
  package var body: Body { .noticeAcknowledged(self) }
  package static let standing = Standing.world(Role.allCases)
  package static let sealsWords = true
  package static let table = ProjectionTable.notice

  package let notice: EventID
  package let receivedAt: Timestamp?

  package init(notice: EventID, receivedAt: Timestamp? = nil) {
    self.notice = notice
    self.receivedAt = receivedAt
  }

  package static let form = Form<Self>(
    "Whom a notice was sent to says that it came.",
    about: .event(\.notice, "The event that is acknowledged, by its id."),
    Member("notice", \.notice, "The notice-sent event.", concern: Topic.event),
    Member("receivedAt", \.receivedAt, "When it came, as the addressee says."),
    make: Self.init)

  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    guard let sent = judging.body(of: notice, NoticeSent.self) else {
      throw .wrongReference(notice, expected: "a notice that was sent")
    }
    guard state.speakers(judging.header).contains(sent.to) else {
      throw .notAddressee(sent.to, notice)
    }
  }
}
