import CanonicalJSON
import LedgerCrypto
import Rows
import TestSupport
import Testing

@Suite struct `The same rows` {
  /// Random cells spelled both ways; a string is never null, since CSV has no null for strings.
  private struct Value {
    var csv: String
    var json: String

    init(_ type: ColumnType, _ random: inout SplitMix64) {
      if type != .string, Int.random(in: 0..<8, using: &random) == 0 {
        (csv, json) = ("", "null")
        return
      }
      switch type {
      case .string:
        let parts = ["a", "\"", ",", "\n", "\r\n", "\\", "é", "e\u{301}", "😀", "\u{0}", " ", "/"]
        csv = (0..<Int.random(in: 0...6, using: &random))
          .map { _ in parts.randomElement(using: &random)! }.joined()
        var spelled = JSON.string(csv).canonicalBytes
        if Bool.random(using: &random) {
          let escapes = csv.utf16.map { unit in
            let hex = String(unit, radix: 16)
            let zeros = String(repeating: "0", count: 4 - hex.count)
            return "\\u\(zeros)\(hex)"
          }
          spelled = Array("\"\(escapes.joined())\"".utf8)
        }
        json = String(decoding: spelled, as: UTF8.self)
        return
      case .bool: csv = Bool.random(using: &random) ? "true" : "false"
      case .int:
        let word = random.next()
        csv = Bool.random(using: &random) ? "\(word)" : "\(Int64(bitPattern: word))"
      case .float64, .float32:
        let digits = random.next() >> UInt64.random(in: 0..<64, using: &random)
        csv = "\(digits).\(random.next() % 1000)e\(Int.random(in: -40...10, using: &random))"
      case .bytes:
        csv = String(random.next(), radix: 16)
        if csv.utf8.count % 2 == 1 { csv += "0" }
      case .timestamp:
        let range = Instant.range
        let instant = Instant(microseconds: Int64.random(in: range, using: &random))
        csv = instant?.text(.microseconds) ?? ""
      case .list(let element):
        let elements = (0..<Int.random(in: 0...3, using: &random)).map { _ in
          Value(element, &random)
        }
        csv = "[" + elements.map(\.json).joined(separator: ",") + "]"
        json = csv
        return
      }
      json = [.bytes, .timestamp].contains(type) ? "\"\(csv)\"" : csv
    }

    var csvField: String {
      // An empty line is no row.
      let isPlain =
        !csv.isEmpty && csv.utf8.allSatisfy { $0 != 0x22 && $0 != 0x2c && $0 != 0x0a && $0 != 0x0d }
      return isPlain
        ? csv : "\"" + csv.unicodeScalars.map { $0 == "\"" ? "\"\"" : "\($0)" }.joined() + "\""
    }
  }

  @Test func `have the same keys and digests as CSV and as JSON Lines, plain and keyed`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let types = ColumnType.scalars + [.list(.int), .list(.list(.string)), .list(.float32)]
    let secret = RowSecret(bytes: Array(1...32))
    for round in 0..<60 {
      let columns = (0..<Int.random(in: 1...6, using: &random)).map {
        Column("c\($0)", types.randomElement(using: &random)!)
      }
      var csv = columns.map(\.name).joined(separator: ",") + "\n"
      var lines = ""
      for _ in 0..<8 {
        let values = columns.map { Value($0.type, &random) }
        csv += values.map(\.csvField).joined(separator: ",") + "\n"
        let members = zip(columns, values).map { "\"\($0.name)\":\($1.json)" }
        lines += "{" + members.shuffled(using: &random).joined(separator: ",") + "}\n"
      }
      let identity = Array(columns.shuffled(using: &random).prefix(2))
      let content = columns.shuffled(using: &random).prefix(4)
        .sorted { Column.precedes($0.name, $1.name) }
      var declared = DeclaredTypes()
      for column in columns { declared[column.name] = .cells(column.type) }
      let files = [
        (try FileSchema(csv: [UInt8](csv).span), [UInt8](csv)),
        (try FileSchema(jsonLines: [UInt8](lines).span, types: declared), [UInt8](lines)),
      ]
      let tags = try files.map { file, bytes in
        let projection = try RowProjection(
          file: file, identity: identity, content: content,
          secret: round.isMultiple(of: 2) ? secret : nil)
        return try RowText.tags(projection, bytes)
      }
      #expect(tags[0] == tags[1], "seed \(seed), round \(round)")
      #expect(tags[0].count == 8)
    }
  }

  @Test(
    .enabled(if: OutsideData.isExpected("data/laion-sample.csv"), "\(OutsideData.absence)")
  )
  func `of the real sample agree, and hold one URL twice`() throws {
    let csv = try OutsideData.bytes("data/laion-sample.csv")
    let lines = try OutsideData.bytes("data/laion-sample.jsonl")
    let files = [
      (try FileSchema(csv: csv.span), csv), (try FileSchema(jsonLines: lines.span), lines),
    ]
    let tags = try files.map { file, bytes in
      try RowText.tags(RowProjection(registering: file, identity: ["URL"]), bytes)
    }
    #expect(tags[0] == tags[1])
    #expect(tags[0].count == 1_360)
    #expect(Set(tags[0].map(\.key)).count == 1_359)
  }
}
