import CanonicalJSON
import Provenance
import TestSupport
import Testing

@Suite struct `A hash list` {
  @Test func `is received once a version, from an issuer that is registered`() throws {
    let ledger = try Findings().ledger
    let refusal = try ledger.refusal(.hashList(), by: "carol")
    #expect(refusal == .listExists(.named("hotline@1"), at: 9))
    #expect(refusal?.clash == 9)
    #expect(try ledger.refusal(.hashList("hotline@2"), by: "carol") == nil)
    #expect(
      try ledger.refusal(.hashList("hotline@2", issuer: "unknown"), by: "carol")
        == .actorUnknown(.named("unknown")))
  }

  /// A predicate's body as it is read back.
  private func readBack(_ body: Body) throws {
    var object = JSONObject()
    body.content.write(to: &object)
    var reader = try MemberReader(.object(object), path: "")
    _ = try HashListReceived(from: &reader)
  }

  @Test func `has entries that add up`() throws {
    try readBack(
      .hashList(
        entries: ListEntries(
          read: 2_015, repeated: 1, withoutHash: 2, ofNothing: 3, belowQuality: 4, deleted: 5,
          disputed: 2_010)))
    try readBack(.hashList(algorithm: .pdq))
    for wrong in [
      ListEntries(read: 1_999), ListEntries(read: 2_001), ListEntries(read: 2_000, repeated: 1),
      ListEntries(read: 2_000, withoutHash: 1), ListEntries(read: 2_000, ofNothing: 1),
      ListEntries(read: 2_000, belowQuality: 1), ListEntries(read: 2_000, deleted: 1),
      ListEntries(read: 2_000, disputed: 2_001),
      ListEntries(read: 2_001, deleted: 1, disputed: 2_001),
    ] {
      #expect(throws: FieldError.outOfRange("entries")) {
        try readBack(.hashList(entries: wrong))
      }
    }
    #expect(throws: FieldError.outOfRange("of")) {
      try readBack(.hashList(algorithm: .pdq, of: .url))
    }
  }
}

@Suite struct `A match` {
  let findings: Findings
  init() throws { findings = try Findings() }

  @Test func `is of a release with a list, both there`() throws {
    let ledger = findings.ledger
    #expect(
      try ledger.refusal(.match("laion@2", list: findings.list), by: "carol")
        == .releaseUnknown(.named("laion@2")))
    #expect(
      try ledger.refusal(.match("laion@1", list: findings.release), by: "carol")
        == .listUnknown(findings.release))
    let absent = EventID(.of("absent"))
    #expect(
      try ledger.refusal(.match("laion@1", list: absent), by: "carol") == .listUnknown(absent))
  }

  @Test func `reads the whole release and finds no more than its keys`() throws {
    let ledger = findings.ledger
    for scanned: UInt64 in [999, 1001] {
      #expect(
        try ledger.refusal(.match("laion@1", list: findings.list, scanned: scanned), by: "carol")
          == .scannedDiffers(expected: 1000, actual: scanned))
    }
    #expect(
      try ledger.refusal(
        .match("laion@1", list: findings.list, keys: 990, rows: 1000, without: 0), by: "carol")
        == nil)
    #expect(
      try ledger.refusal(
        .match("laion@1", list: findings.list, keys: 991, rows: 1000, without: 0), by: "carol")
        == .matchImpossible(.named("laion@1"), keys: 990))
  }

  private static let near = Nearness(
    distance: 31, quality: .init(column: "q", least: 50, rowsBelow: 7))

  private func readBack(_ body: Body) throws {
    var object = JSONObject()
    body.content.write(to: &object)
    var reader = try MemberReader(.object(object), path: "")
    #expect(try MatchCompleted(from: &reader).body == body)
  }

  @Test func `says in each method what that needs, and adds up`() throws {
    let list = findings.list
    for right: Body in [
      .match("laion@1", list: list, other: 3), .match("laion@1", list: list, other: 928),
      .match("laion@1", list: list, method: .spellings, bySpelling: 0),
      .match("laion@1", list: list, method: .spellings, bySpelling: 22),
      .match("laion@1", list: list, method: .pdq, nearness: Self.near),
      .match("laion@1", list: list, other: 921, method: .pdq, nearness: Self.near),
      .match("laion@1", list: list, method: .pdq, nearness: Nearness(distance: 0, quality: nil)),
      .match("laion@1", list: list, keys: 0, rows: 0, without: 1000),
    ] { try readBack(right) }
    for (wrong, member): (Body, String) in [
      (.match("laion@1", list: list, other: 929), "matched"),
      (.match("laion@1", list: list, keys: 0, rows: 0, other: 951), "matched"),
      (.match("laion@1", list: list, keys: 0, rows: 0, other: 950), "rowsWithOtherValue"),
      (.match("laion@1", list: list, other: 922, method: .pdq, nearness: Self.near), "matched"),
      (.match("laion@1", list: list, method: .pdq), "nearness"),
      (.match("laion@1", list: list, nearness: Self.near), "nearness"),
      (
        .match("laion@1", list: list, method: .spellings, nearness: Self.near, bySpelling: 0),
        "nearness"
      ),
      (.match("laion@1", list: list, method: .spellings), "rowsBySpelling"),
      (.match("laion@1", list: list, bySpelling: 0), "rowsBySpelling"),
      (.match("laion@1", list: list, method: .spellings, bySpelling: 23), "rowsBySpelling"),
    ] {
      #expect(throws: FieldError.outOfRange(member)) { try readBack(wrong) }
    }
    for distance: UInt64 in [32, 256] {
      let near = Nearness(distance: distance, quality: nil)
      #expect(throws: FieldError.self) {
        try readBack(.match("laion@1", list: list, method: .pdq, nearness: near))
      }
    }
    for (column, least): (String, UInt64) in [("q", 101), ("", 50), ("a\n", 50)] {
      let near = Nearness(
        distance: 31, quality: .init(column: column, least: least, rowsBelow: 0))
      #expect(throws: FieldError.self) {
        try readBack(.match("laion@1", list: list, method: .pdq, nearness: near))
      }
    }
  }

  @Test func `compares a list as its hashes can be compared`() throws {
    var ledger = findings.ledger
    let md5 = findings.list
    let urls = try ledger.admit(.hashList("hotline@2", of: .url), by: "carol")
    let pdq = try ledger.admit(.hashList("hotline@3", algorithm: .pdq), by: "carol")
    func refusal(_ list: EventID, _ method: MatchMethod) throws -> Refusal? {
      try ledger.refusal(
        .match(
          "laion@1", list: list, method: method, nearness: method == .pdq ? Self.near : nil,
          bySpelling: method == .spellings ? 1 : nil), by: "carol")
    }
    for (list, method) in [
      (md5, MatchMethod.exact), (urls, .exact), (urls, .spellings), (pdq, .pdq),
    ] { #expect(try refusal(list, method) == nil) }
    for (list, method) in [
      (md5, MatchMethod.spellings), (md5, .pdq), (urls, .pdq), (pdq, .exact), (pdq, .spellings),
    ] {
      #expect(
        try refusal(list, method)
          == .wrongReference(list, expected: "a list that is compared so"))
    }
  }
}
