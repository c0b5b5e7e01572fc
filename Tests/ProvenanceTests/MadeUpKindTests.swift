import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

/// A kind that winnow does not have: someone mirrors a release on another host.
///
/// All of it is here, as a kind's file has it. Only the list of kinds is closed, so that it goes by the
/// name of another.
private struct MirrorOpened: KeptKind {
  static let kind = Kind.proceedingNoted
  static let standing = Standing.world([.publisher, .watchdog])
  static let table = ProjectionTable.availability

  let release: VersionedName
  let host: HostName
  let purpose: MirrorPurpose
  let since: Timestamp
  let follows: [EventID]
  let address: AttachmentReference?
  let terms: AttachmentReference?

  init(
    release: VersionedName, host: HostName, purpose: MirrorPurpose, since: Timestamp,
    follows: [EventID] = [], address: AttachmentReference? = nil,
    terms: AttachmentReference? = nil
  ) {
    self.release = release
    self.host = host
    self.purpose = purpose
    self.since = since
    self.follows = follows.sorted()
    self.address = address
    self.terms = terms
  }

  static let form = Form<Self>(
    "Someone mirrors a release.",
    about: .named(\.release, "The release, by SHA-256 of its name."),
    Member("release", \.release, "The release.", concern: Topic.release),
    Member("host", \.host, "Where it is mirrored."),
    Member("purpose", \.purpose, "What for."),
    Member("since", \.since, "When it began."),
    Member("follows", ifAny: \.follows, "Notices that it follows.", concern: Topic.event),
    Member("address", sealed: \.address, "The exact place, sealed."),
    Member("terms", \.terms, "Its terms, as UTF-8 text."),
    make: Self.init,
    check: { $0.purpose == .archive && $0.terms == nil ? "terms" : nil })

  func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    guard state.catalog.releases[release] != nil else { throw .releaseUnknown(release) }
    for id in follows where judging.body(of: id, NoticeSent.self) == nil {
      throw .wrongReference(id, expected: "a notice that was sent")
    }
  }
}

private enum MirrorPurpose: String, Vocabulary {
  case archive
  case fasterAccess = "faster-access"
}

@Suite struct `A made-up kind in one file` {
  private let whole = MirrorOpened(
    release: .named("laion@1"), host: .named("mirror.example.org"), purpose: .archive,
    since: .at("2026-01-01T00:00:00Z"), follows: StatementSamples.other.reversed(),
    address: .of("address", .sealed), terms: .of("terms"))

  private func read(_ json: JSON) throws -> MirrorOpened {
    var reader = try MemberReader(json, path: "")
    let body = try MirrorOpened(from: &reader)
    try reader.finish()
    return body
  }

  @Test func `is written and read by its form`() throws {
    let least = MirrorOpened(
      release: .named("laion@1"), host: .named("mirror.example.org"), purpose: .fasterAccess,
      since: .at("2026-01-01T00:00:00Z"))
    for body in [whole, least] { #expect(try read(body.json) == body) }
    #expect(
      String(decoding: least.json.canonicalBytes, as: UTF8.self)
        == #"{"host":"mirror.example.org","purpose":"faster-access","release":"laion@1","#
        + #""since":"2026-01-01T00:00:00Z"}"#)
  }

  @Test func `is refused with a sentence about each member that is not as the form has it`() throws
  {
    guard case .object(let members) = whole.json else { return }
    let wrong: [(member: String, value: JSON?, error: FieldError)] = [
      ("release", nil, .missing("release")), ("host", nil, .missing("host")),
      ("purpose", nil, .missing("purpose")), ("since", nil, .missing("since")),
      ("release", 7, .wrongType("release", expected: "a string")),
      (
        "purpose", "fun",
        .notAllowed("purpose", allowed: "one of archive or faster-access")
      ),
      ("follows", [], .outOfRange("follows")),
      (
        "follows", .array([.string(StatementSamples.id.description), "x"]),
        .notAllowed("follows", allowed: "event ids, ascending and each once")
      ),
      (
        "address", AttachmentReference.of("open").json,
        .notAllowed("address", allowed: "sealed")
      ),
      ("terms", nil, .outOfRange("terms")), ("comment", "x", .unknown("comment")),
    ]
    for (name, value, error) in wrong {
      var changed = members
      changed[name] = value
      #expect(throws: error) { try read(.object(changed)) }
    }
  }

  @Test func `mentions what its members' types say`() {
    #expect(
      whole.concerns
        == [.release(.named("laion@1"))] + StatementSamples.other.map { .event($0) })
    #expect(whole.references == StatementSamples.other)
    #expect(whole.attachments.map(\.field) == ["address", "terms"])
    #expect(whole.attachments.map(\.reference) == [whole.address, whole.terms])
    #expect(whole.statedTimes == [whole.since])
    #expect(whole.subjects == [Subject(named: "laion@1")])
    #expect(MirrorOpened.recordTable == .availability)
  }

  @Test func `has a schema without more being said`() throws {
    let text = StatementSchema(.proceedingNoted, MirrorOpened.self, statedAs: nil).text
    for part in [
      #""description": "Someone mirrors a release.""#,
      #""enum": ["archive", "faster-access"]"#,
      ##""$ref": "common.schema.json#/$defs/sealedAttachment""##,
      ##"{"$ref": "common.schema.json#/$defs/hostName", "description": "Where it is mirrored."}"##,
    ] {
      #expect(text.contains(part), "\(part)")
    }
    guard case .object(let schema) = try JSON(parsing: Array(text.utf8)),
      case .object(let properties)? = schema["properties"],
      case .object(let predicate)? = properties["predicate"],
      case .array(let required)? = predicate["required"],
      case .object(let members)? = predicate["properties"]
    else {
      Issue.record("the predicate's schema is not where it should be")
      return
    }
    let optional = MirrorOpened.form.members.map(\.name).filter {
      members[$0] != nil && !required.contains(.string($0))
    }
    #expect(optional == ["follows", "address", "terms"])
  }

  @Test func `is held to its rules`() throws {
    let story = try Story()
    func judging(_ references: [EventID: AdmittedEvent] = [:]) -> Judging {
      Judging(
        header: StatementSamples.header(.proceedingNoted),
        recordedAt: .at("2026-02-01T00:00:00Z"), references: references)
    }
    let plain = MirrorOpened(
      release: .named("laion@1"), host: .named("mirror.example.org"), purpose: .fasterAccess,
      since: .at("2026-01-01T00:00:00Z"))
    #expect(throws: Never.self) { try plain.check(story.ledger.state, judging()) }
    #expect(throws: Refusal.releaseUnknown(plain.release)) {
      try plain.check(LedgerState(), judging())
    }
    #expect(
      throws: Refusal.wrongReference(whole.follows[0], expected: "a notice that was sent")
    ) { try whole.check(story.ledger.state, judging()) }
  }
}
