import CanonicalJSON
import LedgerCrypto
import Rows
import TestSupport
import Testing

/// One case of `Tests/Vectors/canonical-row.json`, read by a tokenizer since it holds floats.
struct RowVector: CustomTestStringConvertible {
  var columns: [Column] = []
  var values: [Cell] = []
  var members: [String: String] = [:]

  var testDescription: String {
    columns.map { "\($0.name) \($0.type.text)" }.joined(separator: ", ")
  }

  static func all() throws -> (secret: String, commitment: String, cases: [RowVector]) {
    let bytes = try PackageFolder.vectors("canonical-row.json")
    var reader = VectorReader(bytes: bytes)
    return try reader.document()
  }
}

private struct VectorReader {
  let bytes: [UInt8]
  var tokenizer = JSONTokenizer(numbers: .asWritten)

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() throws -> JSONTokenizer.Token {
    let bytes = bytes
    return try tokenizer.next(in: bytes.span)
  }

  func text(_ range: Range<Int>) throws -> String {
    var output: [UInt8] = []
    try JSONStringSpelling.unescape(range, of: bytes.span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  mutating func string() throws -> String {
    guard case .string(let range, _) = try next() else { throw FieldError.notAnObject("vector") }
    return try text(range)
  }

  mutating func document() throws -> (String, String, [RowVector]) {
    var secret = ""
    var commitment = ""
    var cases: [RowVector] = []
    #expect(try next() == .beginObject)
    while case .name(let range, _) = try next() {
      switch try text(range) {
      case "secret": secret = try string()
      case "secretCommitment": commitment = try string()
      case "cases":
        #expect(try next() == .beginArray)
        while try next() == .beginObject { cases.append(try vector()) }
      default: _ = try string()
      }
    }
    return (secret, commitment, cases)
  }

  private mutating func vector() throws -> RowVector {
    var vector = RowVector()
    while case .name(let range, _) = try next() {
      let name = try text(range)
      switch name {
      case "columns":
        #expect(try next() == .beginArray)
        while try next() == .beginArray {
          vector.columns.append(Column(try string(), try ColumnType(text: string())))
          #expect(try next() == .endArray)
        }
      case "values":
        #expect(try next() == .beginArray)
        for column in vector.columns { vector.values.append(try cell(next(), column.type)) }
        #expect(try next() == .endArray)
      default: vector.members[name] = try string()
      }
    }
    return vector
  }

  private mutating func cell(_ token: JSONTokenizer.Token, _ type: ColumnType) throws -> Cell {
    switch (token, type) {
    case (.null, _): return .null
    case (.bool(let value), .bool): return .bool(value)
    case (.beginArray, .list(let element)):
      var cells: [Cell] = []
      while true {
        let token = try next()
        if token == .endArray { return .list(cells) }
        cells.append(try cell(token, element))
      }
    case (.number(let range), _), (.string(let range, _), _):
      let value = try text(range)
      switch type {
      case .string: return .string(value)
      case .bytes: return .bytes(try #require([UInt8](hex: value)))
      case .timestamp: return .timestamp(try #require(Int64(value)))
      case .int: return try Int64(value).map(Cell.int) ?? .unsigned(#require(UInt64(value)))
      case .float64: return .float64(try #require(Double(value)))
      case .float32: return .float32(try #require(Float(value)))
      case .bool, .list: throw FieldError.wrongType("vector", expected: type.text)
      }
    default: throw FieldError.wrongType("vector", expected: type.text)
    }
  }
}

@Suite struct `The vectors of canonical rows` {
  @Test func `give the same keys and digests, plain and keyed`() throws {
    let (secretHex, commitment, cases) = try RowVector.all()
    let secret = try #require(RowSecret(bytes: [UInt8](hex: secretHex) ?? []))
    #expect(secret.commitment.hex == commitment)
    #expect(cases.count == 16)
    for vector in cases {
      let plain = RowHasher(identity: vector.columns, content: vector.columns)
      let keyed = RowHasher(identity: vector.columns, content: vector.columns, secret: secret)
      var message = RowHasher.header("winnow key v1", vector.columns)
      for value in vector.values { value.appendCanonical(to: &message) }
      #expect(message.hex == vector.members["keyMessage"])
      #expect(plain.key(vector.values).hex == vector.members["key"])
      #expect(plain.digest(vector.values).hex == vector.members["digest"])
      #expect(keyed.key(vector.values).hex == vector.members["keyedKey"])
      #expect(keyed.digest(vector.values).hex == vector.members["keyedDigest"])
    }
  }

  @Test func `come out of JSON Lines as well`() throws {
    #expect(VectorText.jsonLines.count == 7)
    for (text, columns, types) in VectorText.jsonLines {
      let bytes = [UInt8](text.utf8)
      let file = try FileSchema(jsonLines: bytes.span, types: types)
      let projection = try RowProjection(
        file: file, identity: columns, content: columns.sorted { Column.precedes($0.name, $1.name) }
      )
      let expected = VectorText.csv.first { $0.1 == columns }?.key
      #expect(try RowText.tags(projection, bytes).map(\.key.hex) == [expected], "\(text)")
    }
  }

  @Test func `come out of CSV as well`() throws {
    let secretHex = try RowVector.all().secret
    let secret = try #require(RowSecret(bytes: [UInt8](hex: secretHex) ?? []))
    for (csv, columns, key, keyed) in VectorText.csv {
      for (expected, secret) in [(key, nil), (keyed, secret)] {
        let tags = try RowText.tags(csv: csv, identity: columns, content: columns, secret: secret)
        #expect(tags.map(\.key.hex) == [expected])
      }
    }
  }
}

/// Vectors restated as JSON Lines, types declared where they do not follow.
extension VectorText {
  static let jsonLines: [(String, [Column], DeclaredTypes)] = csv.compactMap {
    text, columns, _, _ in
    // JSON has no word for floats that are not finite.
    guard !text.contains("NaN"), !text.contains("Infinity") else { return nil }
    let cells = text.split(whereSeparator: \.isNewline)[1].split(
      separator: ",", omittingEmptySubsequences: false)
    let isWhole = columns.count == 1
    let values = isWhole ? [text.split(whereSeparator: \.isNewline)[1]] : cells
    var declared = DeclaredTypes()
    let members = zip(columns, values).map { column, value in
      declared[column.name] = .cells(column.type)
      let isQuoted = [.string, .bytes, .timestamp].contains(column.type)
      let bare = value.hasPrefix("\"") ? value.dropFirst().dropLast() : value
      return "\"\(column.name)\":" + (isQuoted ? "\"\(bare)\"" : "\(bare)")
    }
    return ("{" + members.reversed().joined(separator: ",") + "}", columns, declared)
  }
}

/// Vectors restated as CSV, with the keys that the file states.
enum VectorText {
  static let csv: [(String, [Column], key: String, keyed: String)] = [
    (
      "c0,c1,c2\n0,-1,9223372036854775807\n",
      [Column("c0", .int), Column("c1", .int), Column("c2", .int)],
      "b15f63599f78c12203534ddf478b13a4f0cfb159a0f3c8e2dc019020005b00e0",
      "45d8349f4df6b1633b3be78d9be43ee34a8675dab64406d38b8b31bf812504bd"
    ),
    (
      "c0\n18446744073709551615", [Column("c0", .int)],
      "b8daf2de8d3044729993bb06b6f6fa723778c97bb0ccb5e7ec6ba2ca44e6fc65",
      "975645faa99c240f1196d8cc11a654e025e325e06983b90372d9074a32370e56"
    ),
    (
      "c0,c1,c2,c3,c4\n0.0,-0,1e-05,1.7976931348623157e+308,NaN\n",
      (0...4).map { Column("c\($0)", .float64) },
      "396f0e47cc29c5c158c2540181c6f061e01f47e8a3f88575ffbd3aff91af26c2",
      "ab4ae6df2bf1c56e9420acb031cff09711f297ea2908fab7c195e0b87a76b8c1"
    ),
    (
      "c0,c1,c2,c3\n0.5,1e-05,NaN,1.00000017881393432617187499\n",
      (0...3).map { Column("c\($0)", .float32) },
      "d7063c096f59c37ed23b9d44ca54901b19b1e9d9508740d0615ae901c0e32d48",
      "6b5ff908a20781582a96952646843d46349b6c3be6465002e7a1e009eb2db64f"
    ),
    (
      "c0,c1\nInfinity,-Infinity\n", [Column("c0", .float64), Column("c1", .float64)],
      "e4a2ecf89cfc5a4e9aef7b6d8cec3ad3bc8f04cb26b9407928679373f39928d4",
      "985e1acbada4e58041af0bf04ccab10aba313c8ea33cd9962611979639dd38e6"
    ),
    (
      "c0\n00fF\n", [Column("c0", .bytes)],
      "6a0a9611608c4a569c1e96cf869acae7e1bb74504e753f2e0916f8b8aaa12768",
      "21167a379dabae8f599b3a9507cd8b2d5a8feefbad9640fce186f2025ca4e720"
    ),
    (
      "c0\n2023-12-20T01:00:00+01:00\n", [Column("c0", .timestamp)],
      "62d7016e7ee9986402a34d3e2d16fc0ceb5aa3b5f5b31dc921365a21341fb913",
      "2b4a72c3ba1e6ee0406bb325742dfafe3e92bb42e638f10964a2e32f55dc86df"
    ),
    (
      "c0\n\"[1, null,3]\"\n", [Column("c0", .list(.int))],
      "b155b81a3df5f64aa09a242763f676f57d682446f4935134d476a1dcc2e97595",
      "b5e0c7d26b806478a70f5cdbab622a7460fe78a3998cfd242e42d319d41eb4e1"
    ),
    (
      "c0\n[]\n", [Column("c0", .list(.string))],
      "441bb6bd1997f4f2eaa814c8cec40a97f8e112b099de734be4e8e3c47ff92e24",
      "4044d33b585ef5addcd4e558afa4049a147421a5190a02f787eedf4ec4a892e1"
    ),
    (
      "URL,TEXT\r\n\"https://example.org/é.png\",Ünï 😀\r\n",
      [Column("URL", .string), Column("TEXT", .string)],
      "b40f65b194fa0d41791d5ff9c59e045c40c533f56f962d79bed106b490f59147",
      "d297dd034f690fcf3310eeda39d7b8afb3281d19f2ef654d423c936f91adfa41"
    ),
  ]
}
