import CanonicalJSON
import Provenance
import TestSupport
import Testing

@Suite struct `A name` {
  @Test(arguments: [
    "a", "0", "laion-5b", "a/b", "a..b", "a_b.c-d/0", String(repeating: "a", count: 128),
  ])
  func `is of letters, digits and a few signs`(text: String) {
    #expect(Name(text)?.text == text)
    #expect((ActorName(text) == nil) == text.contains("/"))
  }

  @Test(arguments: [
    "", "A", "-a", ".a", "_a", "/a", "a/", "a//b", "a/./b", "a/../b", "..", ".", "a/..", "a b",
    "a@1",
    "a:b", "a\u{0}", "\u{e4}", "a\u{301}", "\u{212a}", "a\n", "\u{ff41}",
    String(repeating: "a", count: 129),
  ]) func `is nothing else`(text: String) {
    #expect(Name(text) == nil)
    #expect(ActorName(text) == nil)
    #expect(VersionedName("\(text)@1") == nil)
  }

  @Test(arguments: [
    "laion", "laion@", "@1", "laion@1@2", "laion@A", "laion@a/b", "laion@-1", "laion@1 ",
    "laion@\u{301}1", "laion@" + String(repeating: "1", count: 65), "laion @1",
  ]) func `with a version has exactly one`(text: String) {
    #expect(VersionedName(text) == nil)
  }

  @Test func `with a version is spelled as it was`() {
    #expect(VersionedName("laion/5b@2024-03.a_b")?.description == "laion/5b@2024-03.a_b")
  }

  @Test(arguments: [
    "", "https://ledger.example.org", "ledger example", "ledger+x", "ledger\n", "l\u{e4}dger",
    "ledger\u{7f}", String(repeating: "a", count: 129),
  ]) func `of a ledger is a URL without a scheme`(text: String) {
    #expect(Origin(text) == nil)
  }
}

@Suite struct `A time span` {
  /// Whether a header with these is read.
  func isRead(_ precision: Precision, until: String?) throws -> Bool {
    var header = StatementSamples.header(.modelRegistered)
    header.precision = precision
    header.occurredUntil = until.map { .at($0) }
    let payload = Statement(header: header, body: .model()).payload
    return (try? Statement(payload: payload)) != nil
  }

  @Test func `has an end, not before its start, and no other precision has one`() throws {
    let (before, start, after) = (
      "2026-01-31T11:59:59Z", "2026-01-31T12:00:00Z", "2027-01-01T00:00:00Z"
    )
    for precision in Precision.allCases {
      let isInterval = precision == .interval
      #expect(try isRead(precision, until: nil) == !isInterval)
      #expect(try isRead(precision, until: after) == isInterval)
      #expect(try isRead(precision, until: start) == isInterval)
      #expect(try !isRead(precision, until: before))
    }
  }

  @Test func `is cut to whole seconds towards the past`() {
    for (milliseconds, whole) in [
      (0, 0), (999, 0), (1000, 1000), (-1, -1000), (-1000, -1000), (-1001, -2000),
    ] as [(Int64, Int64)] {
      #expect(Timestamp(milliseconds: milliseconds).wholeSecond.milliseconds == whole)
    }
    #expect(Timestamp(milliseconds: .max - 5).advanced(bySeconds: 1).milliseconds == .max)
  }
}
