import Rows
import TestSupport
import Testing

@Suite struct `An instant` {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01t00:00:00z", 0),
      ("2023-12-20T00:00:00+00:00", 1_703_030_400_000_000),
      ("2023-12-20T05:30:00+05:30", 1_703_030_400_000_000),
      ("2023-12-19T16:00:00-08:00", 1_703_030_400_000_000),
      ("2023-12-20T00:00:00-00:00", 1_703_030_400_000_000),
      ("1969-12-31T23:59:59.999999Z", -1), ("1970-01-01T00:00:00.1Z", 100_000),
      ("1970-01-01T00:00:00.000001000000000000000000000Z", 1),
      ("2000-02-29T12:34:56.789Z", 951_827_696_789_000),
      ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
      ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
      ("1900-03-01T00:00:00Z", -2_203_891_200_000_000),
    ] as [(String, Int64)])
  func `is read from RFC 3339`(text: String, microseconds: Int64) throws {
    #expect(try Instant(rfc3339: text).microseconds == microseconds)
  }

  @Test(
    arguments: [
      ("", .malformed), ("2023-12-20", .malformed), ("2023-12-20T00:00:00", .malformed),
      ("2023-12-20 00:00:00Z", .malformed), ("2023-12-20T00:00Z", .malformed),
      ("2023-12-20T00:00:00.Z", .malformed), ("2023-12-20T00:00:00,5Z", .malformed),
      ("2023-12-20T00:00:00+0000", .malformed), ("2023-12-20T00:00:00+00", .malformed),
      ("2023-12-20T00:00:00ZZ", .malformed), ("2023-12-20T00:00:00Z ", .malformed),
      (" 2023-12-20T00:00:00Z", .malformed), ("+023-12-20T00:00:00Z", .malformed),
      ("23-12-20T00:00:00.000Z", .malformed), ("12023-12-20T00:00:00Z", .malformed),
      ("2023/12/20T00:00:00Z", .malformed), ("2023-12-20T00.00.00Z", .malformed),
      ("2023-12-20T00:00:00+0a:00", .malformed), ("2023-12-20T00:00:00.5", .malformed),
      ("２023-12-20T00:00:00Z", .malformed), ("2023-00-01T00:00:00Z", .noSuchTime),
      ("2023-13-01T00:00:00Z", .noSuchTime), ("2023-01-00T00:00:00Z", .noSuchTime),
      ("2023-04-31T00:00:00Z", .noSuchTime), ("2023-02-29T00:00:00Z", .noSuchTime),
      ("1900-02-29T00:00:00Z", .noSuchTime), ("2023-12-20T24:00:00Z", .noSuchTime),
      ("2023-12-20T00:60:00Z", .noSuchTime), ("2023-12-20T00:00:61Z", .noSuchTime),
      ("2023-12-20T00:00:00+24:00", .noSuchTime), ("2023-12-20T00:00:00+00:60", .noSuchTime),
      ("2016-12-31T23:59:60Z", .leapSecond), ("1970-01-01T00:00:00.0000001Z", .tooPrecise),
      ("1970-01-01T00:00:00.00000000000000000001Z", .tooPrecise),
      ("0000-12-31T23:59:59Z", .outOfRange), ("0001-01-01T00:00:00+00:01", .outOfRange),
      ("9999-12-31T23:59:59-00:01", .outOfRange),
    ] as [(String, InstantError)])
  func `is refused`(text: String, error: InstantError) {
    #expect(throws: error) { try Instant(rfc3339: text) }
  }

  @Test func `is written with the digits asked for, cut towards the past`() throws {
    let instant = try #require(Instant(microseconds: -1))
    #expect(instant.text(.seconds) == "1969-12-31T23:59:59Z")
    #expect(instant.text(.milliseconds) == "1969-12-31T23:59:59.999Z")
    #expect(instant.text(.microseconds) == "1969-12-31T23:59:59.999999Z")
    #expect(
      Instant(microseconds: Instant.range.lowerBound)?.text(.seconds) == "0001-01-01T00:00:00Z")
    #expect(
      Instant(microseconds: Instant.range.upperBound)?.text(.microseconds)
        == "9999-12-31T23:59:59.999999Z")
  }

  @Test(
    arguments: [.min, Instant.range.lowerBound - 1, Instant.range.upperBound + 1, .max] as [Int64])
  func `lies in four-digit years`(microseconds: Int64) {
    #expect(Instant(microseconds: microseconds) == nil)
    #expect(Instant(milliseconds: microseconds) == nil)
  }

  @Test func `of every day is written and read back in order`() throws {
    let day: Int64 = 86_400_000_000
    #if DEBUG
      let step: Int64 = 97
    #else
      let step: Int64 = 1
    #endif
    var previous = ""
    var last: Int64 = Instant.range.lowerBound
    while let instant = Instant(microseconds: last) {
      let text = instant.text(.seconds)
      #expect(text > previous)
      #expect(try Instant(rfc3339: text) == instant)
      previous = text
      last += day * step
    }
  }

  @Test func `that is mutated is read or refused, and what is read is written back`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let seeds = [
      "2023-12-20T00:00:00Z", "2024-02-29T23:59:59.123456+05:30", "9999-12-31T23:59:59-23:59",
    ]
    for _ in 0..<Fuzz.inputs {
      let input = [UInt8](seeds.randomElement(using: &random)!).mutated(by: &random)
      guard let instant = try? Instant(rfc3339: input.span) else { continue }
      #expect(
        try Instant(rfc3339: instant.text(.microseconds)) == instant, "seed \(seed): \(input)")
    }
  }

  @Test(arguments: [Instant.Precision.seconds, .milliseconds, .microseconds])
  func `in its own spelling is read as the lenient reader reads it, and in no other`(
    precision: Instant.Precision
  ) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    for _ in 0..<Fuzz.inputs / 4 {
      let instant = try #require(
        Instant(microseconds: Int64.random(in: Instant.range, using: &random)))
      let text = instant.text(precision)
      let read = Self.read([UInt8](text.utf8), precision)
      #expect(read?.text(precision) == text, "seed \(seed)")
      let input = [UInt8](text.utf8).mutated(by: &random)
      let lenient = try? Instant(rfc3339: input.span)
      let isOwn = lenient.map { Array($0.text(precision).utf8) == input } ?? false
      #expect(
        Self.read(input, precision) == (isOwn ? lenient : nil),
        "seed \(seed): \(String(decoding: input, as: UTF8.self))")
    }
  }

  @Test(arguments: [
    "", "Z", "2023-12-20T00:00:00z", "2023-12-20t00:00:00Z", "2023-12-20 00:00:00Z",
    "2023-12-20T00:00:60Z", "2023-12-20T24:00:00Z", "2023-02-29T00:00:00Z", "0000-01-01T00:00:00Z",
    "2023-12-20T00:00:00.000Z", "2023-12-20T00:00:0\u{661}Z", "+023-12-20T00:00:00Z",
    "2023-13-20T00:00:00Z", "2023-12-00T00:00:00Z",
  ])
  func `in whole seconds is nothing else`(text: String) {
    #expect(Self.read([UInt8](text.utf8), .seconds) == nil)
  }

  private static func read(_ text: [UInt8], _ precision: Instant.Precision) -> Instant? {
    Instant(text.span, spelled: precision)
  }
}
