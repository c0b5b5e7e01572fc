package import CanonicalJSON

/// Someone reports that what releases list may not belong there; nothing is confirmed by it.
package struct SuspicionReported: EventBody {
  package static let kind = Kind.suspicionReported
  /// What the suspicion is about.
  package let about: [Topic]
  /// Of what class the rows would be.
  package let reasonClass: ReasonClass
  /// How it came up, ascending.
  package let methods: [SuspicionMethod]
  /// How much, each unit once, by unit ascending.
  package let counts: [Count]
  /// The report.
  package let report: AttachmentReference?

  package init(
    about: [Topic], reasonClass: ReasonClass, methods: [SuspicionMethod], counts: [Count],
    report: AttachmentReference? = nil
  ) {
    self.about = about.sorted()
    self.reasonClass = reasonClass
    self.methods = methods.sorted { $0.rawValue < $1.rawValue }
    self.counts = counts.sorted { $0.unit.rawValue < $1.unit.rawValue }
    self.report = report
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    about = try reader.topics("about")
    reasonClass = try reader.word("reasonClass")
    methods = try reader.words("methods")
    counts = try reader.counts("counts", isOptional: false)
    report = try reader.optionalNested("report")
  }

  package func write(to object: inout JSONObject) {
    object.set("about", parts: about)
    object.set("reasonClass", reasonClass)
    object["methods"] = .array(methods.map { .string($0.rawValue) })
    object.set("counts", parts: counts)
    object.set("report", part: report)
  }

  package var concerns: [Topic] { about }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    report.map { [("report", $0)] } ?? []
  }
  package var statedTimes: [Timestamp] { counts.map(\.asOf) }
}

/// Someone told another of something.
package struct NoticeSent: EventBody {
  package static let kind = Kind.noticeSent
  /// Who was told.
  package let to: ActorName
  /// What the notice is about.
  package let about: [Topic]
  /// The way it went.
  package let channel: NoticeChannel
  /// What was said, as UTF-8 text.
  package let text: AttachmentReference?

  package init(
    to: ActorName, about: [Topic], channel: NoticeChannel, text: AttachmentReference? = nil
  ) {
    self.to = to
    self.about = about.sorted()
    self.channel = channel
    self.text = text
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    to = try reader.actor("to")
    about = try reader.topics("about")
    channel = try reader.word("channel")
    text = try reader.optionalNested("text")
  }

  package func write(to object: inout JSONObject) {
    object.set("to", to)
    object.set("about", parts: about)
    object.set("channel", channel)
    object.set("text", part: text)
  }

  package var concerns: [Topic] { about + [.actor(to)] }
  package var subjects: [Subject] { about.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    text.map { [("text", $0)] } ?? []
  }
}

/// Whom a notice was sent to says that it came.
package struct NoticeAcknowledged: EventBody {
  package static let kind = Kind.noticeAcknowledged
  /// The notice-sent event.
  package let notice: EventID
  /// When it came, as the addressee says.
  package let receivedAt: Timestamp?

  package init(notice: EventID, receivedAt: Timestamp? = nil) {
    self.notice = notice
    self.receivedAt = receivedAt
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    notice = try reader.eventID("notice")
    receivedAt = try reader.optionalTime("receivedAt")
  }

  package func write(to object: inout JSONObject) {
    object.set("notice", notice)
    object.set("receivedAt", time: receivedAt)
  }

  package var concerns: [Topic] { [.event(notice)] }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var statedTimes: [Timestamp] { receivedAt.map { [$0] } ?? [] }
}

/// Whom an event concerns answers it; the answer is shown with it.
package struct ResponseRecorded: EventBody {
  package static let kind = Kind.responseRecorded
  /// The event that is answered.
  package let target: EventID
  /// What the answer comes to.
  package let response: Response
  /// The answer, as UTF-8 text.
  package let text: AttachmentReference

  package init(target: EventID, response: Response, text: AttachmentReference) {
    self.target = target
    self.response = response
    self.text = text
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    target = try reader.eventID("target")
    response = try reader.word("response")
    text = try reader.nested("text")
  }

  package func write(to object: inout JSONObject) {
    object.set("target", target)
    object.set("response", response)
    object.set("text", part: text)
  }

  package var concerns: [Topic] { [.event(target)] }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    [("text", text)]
  }
}
