import Rows
import TestSupport
import Testing

@Suite struct `Mutated rows` {
  private static let columns = [
    Column("s", .string), Column("i", .int), Column("f", .float64), Column("g", .float32),
    Column("b", .bool), Column("x", .bytes), Column("t", .timestamp),
    Column("l", .list(.list(.int))),
  ]
  private static let types = columns.reduce(into: DeclaredTypes()) { types, column in
    types[column.name] = .cells(column.type)
  }
  private static let words = [
    "\"", "\"\"", ",", "\n", "\r\n", "\r", "\\", "\\u", "\\ud83d", "[", "]", "{", "}", ":", "null",
    "-", ".", "e", "999999999999999999999", "\u{feff}", "NaN", "Infinity", "1e400",
  ]

  /// Reads all rows; those read cover a prefix of the bytes, and a refusal names the row after them.
  private func check(_ bytes: [UInt8], _ file: FileSchema) -> Bool {
    guard
      let projection = try? RowProjection(
        file: file, identity: [Self.columns[0]],
        content: Self.columns.sorted { Column.precedes($0.name, $1.name) })
    else { return true }
    var reader = RowReader(projection, at: file.dataStart)
    var end = file.dataStart
    var rows = 0
    do {
      while try reader.next(in: bytes.span) {
        guard reader.record.lowerBound == end, !reader.record.isEmpty else { return false }
        end = reader.record.upperBound
        rows += 1
        let tags = try reader.tags(in: bytes.span)
        guard try reader.tags(in: bytes.span) == tags, reader.row == rows else { return false }
        var value: [UInt8] = []
        for column in file.names.indices {
          _ = try reader.appendValue(ofColumn: column, in: bytes.span, to: &value)
        }
      }
      return end == bytes.count
    } catch {
      return error.row == rows || error.row == rows + 1
    }
  }

  @Test func `of CSV are read or refused, and never trap`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let sound = [UInt8](
      """
      s,i,f,g,b,x,t,l
      "say ""é""\n",-12,0.25,1e-7,true,00ff,2023-12-20T00:00:00Z,"[[1,null],[]]"
      ,,,,,,,
      x,18446744073709551615,-Infinity,NaN,false,,1999-12-31T23:59:59.5-08:00,[]

      """)
    #expect(check(sound, try FileSchema(csv: sound.span)))
    for _ in 0..<Fuzz.inputs {
      let input = sound.mutated(by: &random, dictionary: Self.words)
      if let file = try? FileSchema(csv: input.span) {
        #expect(check(input, file), "seed \(seed): \(input)")
      }
      let cuts = CSVBoundaries.cuts(in: input.span, every: 20)
      #expect(cuts == cuts.sorted() && cuts.last == input.count, "seed \(seed): \(input)")
    }
  }

  @Test func `of JSON Lines are read or refused, and never trap`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let sound = [UInt8](
      #"""
      {"s":"say \"\u00e9\"\n","i":-12,"f":0.25,"g":1e-7,"b":true,"x":"00ff","t":"2023-12-20T00:00:00Z"}
      {"l":[[1,null],[]],"s":null, "b" : false}
      {"i":18446744073709551615,"f":-0,"t":"1999-12-31T23:59:59.5-08:00","x":"","l":[]}

      """#)
    let known = try FileSchema(jsonLines: sound.span, types: Self.types)
    #expect(check(sound, known))
    for _ in 0..<Fuzz.inputs {
      let input = sound.mutated(by: &random, dictionary: Self.words)
      #expect(check(input, known), "seed \(seed): \(input)")
      _ = try? FileSchema(jsonLines: input.span)
    }
  }

  @Test func `numbers are read as the C library reads them, or refused`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let seeds = ["-123.456e-7", "18446744073709551615", "0.30000000000000004", "9007199254740993"]
    let column = Column("c", .float64)
    let whole = Column("c", .int)
    for _ in 0..<Fuzz.inputs {
      let input = [UInt8](seeds.randomElement(using: &random)!)
        .mutated(
          by: &random, dictionary: ["0", "e", "E+", ".", "-", "00000000000000000000", "e308"])
      let text = String(decoding: input, as: UTF8.self)
      // White space around a number is JSON's, not the number's; \r\n is one Character, hence bytes.
      let spelled = String(decoding: input.filter { $0 > 0x20 }, as: UTF8.self)
      let row = [UInt8]("{\"c\":") + input + [UInt8]("}")
      if let digests = try? RowText.digests(row, .jsonLines, column), text != "null" {
        let expected = Double(spelled).map { [RowText.digest(.float64($0), column)] }
        #expect(digests == expected, "seed \(seed): \(text)")
      }
      if let digests = try? RowText.digests(row, .jsonLines, whole), text != "null" {
        let cell = Int64(spelled).map(Cell.int) ?? UInt64(spelled).map(Cell.unsigned)
        #expect(digests == cell.map { [RowText.digest($0, whole)] }, "seed \(seed): \(text)")
      }
    }
  }
}
