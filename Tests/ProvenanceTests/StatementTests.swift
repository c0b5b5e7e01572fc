import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

@Suite struct `A statement of every kind` {
  typealias Change = (Places.Step, JSON)

  @Test func `is read as it was written`() throws {
    #expect(Set(StatementSamples.bodies.map(\.kind)) == Set(Kind.allCases))
    for statement in StatementSamples.statements {
      let read = try Statement(payload: statement.payload)
      #expect(read == statement)
      #expect(read.payload == statement.payload)
    }
  }

  /// Members that may be absent, and what is said instead is another sound statement.
  static let optional: Set = [
    "predicate.causes", "predicate.case", "predicate.evidence", "predicate.expects",
    "predicate.notAfter", "predicate.title", "predicate.suspectSince", "predicate.content",
    "predicate.derivedFrom", "predicate.columns", "predicate.derivation",
    "predicate.derivation.unreconciled", "predicate.derivation.removals",
    "predicate.derivation.reinstatements", "predicate.set.members", "predicate.decoys",
    "predicate.decoys.set.members",
    "predicate.familyCommitment", "predicate.statedReason", "predicate.before", "predicate.after",
    "predicate.copies", "predicate.statement", "predicate.artifact", "predicate.artifacts",
    "predicate.downloads", "predicate.repository", "predicate.report", "predicate.text",
    "predicate.receivedAt", "predicate.tool", "predicate.counts",
    "predicate.removal", "predicate.receipt", "predicate.until", "predicate.reason",
    "predicate.requestedBy", "predicate.detail", "predicate.host", "predicate.address",
    "predicate.earlier", "predicate.to", "predicate.answers", "predicate.document",
    "predicate.parent", "predicate.list", "predicate.algorithm", "predicate.of",
    "predicate.filter", "predicate.sources",
  ]

  #if DEBUG
    /// Of the places in all statements every so manieth is changed: a few in each statement.
    static let step = 7
  #else
    static let step = 1
  #endif

  /// Applies `change` at every place and expects a refusal, or another document spelled its own way.
  func refuses(
    _ label: String, except allowed: (String) -> Bool = { _ in false },
    _ change: ([Places.Step], JSON) -> ((JSON) -> JSON?)?
  ) throws {
    var number = 0
    for payload in StatementSamples.payloads {
      let json = try JSON(parsingCanonical: payload)
      for (path, value) in Places.all(in: json) {
        guard let change = change(path, value) else { continue }
        number += 1
        guard number.isMultiple(of: Self.step) else { continue }
        guard let changed = Places.replacing(path[...], of: json, change), changed != json else {
          continue
        }
        let bytes = changed.canonicalBytes
        do {
          let read = try Statement(payload: bytes)
          let name = Places.name(path)
          #expect(read.payload == bytes)
          #expect(allowed(name), "\(label) at \(name) was taken")
        } catch {
          #expect(!error.description.isEmpty)
        }
      }
    }
  }

  @Test func `needs every member but the optional ones`() throws {
    // What the charter has no rule for is the administrators'.
    func isOptional(_ name: String) -> Bool {
      Self.optional.contains(name)
        || Kind.allCases.contains { name == "predicate.charter.kinds.\($0.rawValue)" }
    }
    try refuses("no member", except: isOptional) { path, _ in
      guard case .member = path.last else { return nil }
      return { _ in nil }
    }
  }

  @Test(arguments: [JSON.null, true, 3, "text", [], [1], ["a": 1], [[:]]])
  func `has no member of another type`(wrong: JSON) throws {
    try refuses("\(wrong)") { _, value in
      switch (value, wrong) {
      case (.integer, .integer), (.string, .string), (.bool, .bool): nil
      default: { _ in wrong }
      }
    }
  }

  @Test func `has no unknown member anywhere`() throws {
    for name in ["", "a", "zzz", "comment", "url"] {
      try refuses("member \(name)") { _, value in
        guard case .object(var object) = value, object[name] == nil else { return nil }
        object[name] = "x"
        return { _ in .object(object) }
      }
    }
  }

  @Test(arguments: [
    "", " ", "\u{1}", "A B\n", "caf\u{e9}\u{0}", "..", "/", "a//b", "@", "a@", "@1",
  ])
  func `has no text out of its grammar`(text: String) throws {
    // A column may have any name without control characters, and an origin is printable ASCII; that
    // it is the ledger's own is a rule.
    let free: Set = [
      "predicate.column", "predicate.identity", "predicate.content", "predicate.columns.content",
      "predicate.columns.identity", "predicate.ledger",
    ]
    let isFree = !text.unicodeScalars.contains { $0.value < 0x20 }
    // A file can have a column without a name, which no registration can ask for.
    func isAllowed(_ name: String) -> Bool {
      isFree && free.contains(name) && (!text.isEmpty || name.hasPrefix("predicate.columns."))
    }
    try refuses("\"\(text)\"", except: isAllowed) { _, value in
      guard case .string = value else { return nil }
      return { _ in .string(text) }
    }
  }

  @Test func `spells digests in lower case and nothing long in part`() throws {
    try refuses("upper case") { path, value in
      guard case .string(let text) = value, [32, 64].contains(text.utf8.count),
        Places.name(path).hasPrefix("predicate.")
      else { return nil }
      return { _ in .string(text.uppercased()) }
    }
    try refuses("one character less") { path, value in
      guard case .string(let text) = value, text.utf8.count >= 32 else { return nil }
      return { _ in .string(String(text.dropLast())) }
    }
  }

  @Test func `counts from 0 to 2^53 − 1`() throws {
    try refuses("−1", except: { $0 == "predicate.derivation.unreconciled.gap" }) { _, value in
      guard case .integer = value else { return nil }
      return { _ in -1 }
    }
    try refuses("2^53") { _, value in
      guard case .integer = value else { return nil }
      return { _ in .integer(1 << 53) }
    }
  }

  @Test func `has no empty list, and none with an element twice or out of order`() throws {
    try refuses("an empty list") { _, value in
      guard case .array = value else { return nil }
      return { _ in [] }
    }
    try refuses("an element twice", except: { $0 == "predicate.evidence" }) { _, value in
      guard case .array(let elements) = value, let last = elements.last else { return nil }
      return { _ in .array(elements + [last]) }
    }
    // The order of identity columns is the dataset's own.
    let ordered: Set = ["predicate.identity", "predicate.columns.identity"]
    try refuses("the other order", except: ordered.contains) { _, value in
      guard case .array(let elements) = value else { return nil }
      return { _ in .array(elements.reversed()) }
    }
  }

  @Test func `has exactly its own subjects`() throws {
    try refuses("another subject") { path, value in
      guard path.first == .member("subject"), case .string(let text) = value else { return nil }
      return { _ in .string(text == "laion@1" ? "laion@2" : String(text.reversed())) }
    }
    try refuses("one subject less") { path, _ in
      guard path.first == .member("subject"), path.count == 2 else { return nil }
      return { _ in nil }
    }
    try refuses("winnowSet1 for sha256 and back") { path, value in
      guard case .object(let object) = value, Places.name(path) == "subject.digest",
        let member = object.members.first
      else { return nil }
      return { _ in
        [(member.name == "sha256" ? "winnowSet1" : "sha256"): member.value]
      }
    }
  }

  @Test(arguments: [
    "https://winnow.dev/event/key-added/v2", "https://winnow.dev/event/key-added",
    "https://winnow.dev/event//v1", "https://winnow.dev/event/v1",
    "https://winnow.dev/event/Key-Added/v1", "https://winnow.dev/event/key-added/v1/",
    "http://winnow.dev/event/key-added/v1", "https://winnow.dev/event/key-added/v1 ",
    "https://winnow.dev/event/key-added\u{301}/v1", "https://winnow.dev/event/\u{200d}key-added/v1",
    "https://winnow.dev/event/notice-lost/v1",
  ]) func `has a known predicate type`(type: String) throws {
    #expect(Kind(predicateType: type) == nil)
    for payload in StatementSamples.payloads.prefix(4) {
      let json = try JSON(parsingCanonical: payload)
      let changed = Places.replacing([.member("predicateType")][...], of: json) { _ in
        .string(type)
      }
      #expect(throws: EventError.unknownKind(type)) {
        try Statement(payload: try #require(changed).canonicalBytes)
      }
    }
  }

  @Test func `of one kind is not read as another`() throws {
    let twins: Set = [Kind.roleGranted, .roleRevoked]
    for statement in StatementSamples.statements {
      let json = try JSON(parsingCanonical: statement.payload)
      for kind in Kind.allCases where kind != statement.body.kind {
        // These two say the same things, and only the signed type tells which is meant.
        if twins == [kind, statement.body.kind] { continue }
        let changed = Places.replacing([.member("predicateType")][...], of: json) { _ in
          .string(kind.predicateType)
        }
        #expect(throws: EventError.self) {
          try Statement(payload: try #require(changed).canonicalBytes)
        }
      }
    }
  }

  @Test func `has the type of its kind`() {
    for kind in Kind.allCases {
      #expect(Kind(predicateType: kind.predicateType) == kind)
    }
  }

  @Test func `is spelled canonically`() throws {
    for payload in StatementSamples.payloads {
      for spelling in [
        [0x20] + payload, payload + [0x0a], [0xef, 0xbb, 0xbf] + payload,
        Array(String(decoding: payload, as: UTF8.self).replacing("\":", with: "\": ").utf8),
        Array(String(decoding: payload, as: UTF8.self).replacing("/", with: "\\/").utf8),
      ] {
        do {
          _ = try Statement(payload: spelling)
          Issue.record("another spelling was taken")
        } catch {
          guard case .json = error else {
            Issue.record("\(error)")
            continue
          }
        }
      }
    }
  }
}

@Suite struct `The canonical bytes` {
  @Test func `of a granted role do not change`() {
    let statement = Statement(
      header: StatementSamples.header(.roleGranted),
      body: .roleGranted(.auditor, "dave", after: StatementSamples.id))
    #expect(
      String(decoding: statement.payload, as: UTF8.self)
        == #"{"_type":"https://in-toto.io/Statement/v1","predicate":{"actor":"dave","#
        + #""after":"f35de8de6bbf2d4147a4300b6fedec212edb824a87f1ed57a00d0fca60c5fee0","#
        + #""attestation":"first-party","#
        + #""ledger":"f35de8de6bbf2d4147a4300b6fedec212edb824a87f1ed57a00d0fca60c5fee0","#
        + #""nonce":"000102030405060708090a0b0c0d0e0f","occurredAt":"2026-01-31T12:00:00Z","#
        + #""occurredPrecision":"second","role":"auditor","signers":["#
        + #""6aa92a1577d3a91a6f877ebacd3336c6b3906a9242ce950c30cd48b13e961b90","#
        + #""758dd1e91dbc78fde53e33ddaaf7133a441c52df0c51892f3375c9bec2d461b7"]},"#
        + #""predicateType":"https://winnow.dev/event/role-granted/v1","subject":[{"digest":{"#
        + #""sha256":"61ea0803f8853523b777d414ace3130cd4d3f92de2cd7ff8695c337d79c2eeee"},"#
        + #""name":"dave"}]}"#
    )
  }

  @Test func `of every kind have these digests`() {
    var all = SHA256()
    for payload in StatementSamples.payloads { all.update(payload) }
    #expect(all.digest().hex == "8012752bcc9a1caeacde9c7e3ad950824273d5116f4ae2e7afef7ddca647e745")
  }

  @Test func `are signed under DSSE's encoding`() {
    #expect(
      SignedEvent.preAuthentication(of: Array("{}".utf8))
        == Array("DSSEv1 28 application/vnd.in-toto+json 2 {}".utf8))
  }

  @Test func `without nonce and times are the same for a repeated statement`() {
    let body = Body.model()
    var header = StatementSamples.header(.modelRegistered)
    let first = Statement(header: header, body: body).repetitionKey
    header.nonce = Array(1...16)
    header.occurredAt = .at("2026-01-31T12:00:01Z")
    header.notAfter = .at("2026-02-01T00:00:00Z")
    #expect(Statement(header: header, body: body).repetitionKey == first)
    header.signers = [.of("another")]
    #expect(Statement(header: header, body: body).repetitionKey != first)
    #expect(
      Statement(header: StatementSamples.header(.modelRegistered), body: .model("other"))
        .repetitionKey != first)
  }
}
