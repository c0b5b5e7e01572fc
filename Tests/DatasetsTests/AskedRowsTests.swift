import Files
import LedgerCrypto
import Rows
import Testing

@testable import Datasets

@Suite struct `A list of rows that are asked for` {
  static let url = [Column("URL", .string)]
  static let both = [Column("TEXT", .string), Column("URL", .string)]
  static let number = [Column("id", .int)]
  static let urls = ["http://a.example/1", "http://a.example/\"2\",x", "http://a.example/3 "]

  func keys(_ urls: [String]) -> [Digest] {
    let hasher = RowHasher(identity: Self.url, content: Self.url)
    return urls.map { hasher.key([.string($0)]) }
  }

  func read(
    _ text: String, _ identity: [Column] = url, secret: RowSecret? = nil, as name: String = "asked"
  ) throws -> AskedRows {
    let scratch = try Scratch()
    let path = try scratch.put(
      Array(text.utf8).packed(as: name), name)
    let rows = try AskedRows(file: path, identity: identity, secret: secret) { false }
    // A pipe gives the same.
    if Packing(name: name) == .plain {
      let other = try AskedRows(
        Array(text.utf8), named: name, identity: identity, secret: secret)
      #expect(other.keys == rows.keys && other.places == rows.places)
    }
    return rows
  }

  @Test(arguments: [
    "http://a.example/1\nhttp://a.example/\"2\",x\nhttp://a.example/3 \n",
    "\u{feff}http://a.example/1\r\nhttp://a.example/\"2\",x\r\nhttp://a.example/3 ",
    "URL\nhttp://a.example/1\n\"http://a.example/\"\"2\"\",x\"\nhttp://a.example/3 \n",
    "\u{feff}n,URL\r\n1,http://a.example/1\r\n2,\"http://a.example/\"\"2\"\",x\"\r\n\"a\nb\",http://a.example/3 ",
    "{\"URL\":\"http://a.example/1\"}\n{\"x\":[1],\"URL\":\"http://a.example/\\\"2\\\",x\"}\n{\"URL\":\"http:\\/\\/a.example/3 \"}\n",
    "\u{feff}{\"URL\":\"http://a.example/1\"}\r\n{\"URL\":\"http://a.example/\\\"2\\\",x\",\"b\":null}\r\n{\"b\":true,\"URL\":\"http://a.example/3 \"}",
  ])
  func `is read in each form, and gives the same keys`(text: String) throws {
    for name in ["asked", "asked.csv", "asked.gz", "asked.zst"] {
      let rows = try read(text, as: name)
      #expect(rows.keys == keys(Self.urls) && rows.places == [1, 2, 3])
    }
  }

  @Test func `may have blank lines between rows, which count as lines`() throws {
    let plain = try read("\nhttp://a.example/1\n\n\nhttp://a.example/2\n\n")
    #expect(plain.keys == keys(["http://a.example/1", "http://a.example/2"]))
    #expect(plain.places == [2, 5])
    let objects = try read("\n{\"URL\":\"a\"}\n \t\r\n{\"URL\":\"b\"}\n")
    #expect(objects.keys == keys(["a", "b"]) && objects.places == [2, 4])
  }

  @Test func `has several identity columns, or one that is no text`() throws {
    let hasher = RowHasher(identity: Self.both, content: Self.both)
    let wanted = [hasher.key([.string("t"), .string("u")])]
    #expect(try read("URL,TEXT\nu,t\n", Self.both).keys == wanted)
    #expect(try read("{\"URL\":\"u\",\"TEXT\":\"t\"}", Self.both).keys == wanted)
    let seven = [RowHasher(identity: Self.number, content: Self.number).key([.int(7)])]
    #expect(try read("id\n7\n", Self.number).keys == seven)
    #expect(try read("{\"id\":7}\n", Self.number).keys == seven)
  }

  @Test func `gives the keys of a keyed dataset under its secret`() throws {
    let secret = try #require(RowSecret(bytes: [UInt8](repeating: 7, count: 32)))
    let wanted = [
      RowHasher(identity: Self.url, content: Self.url, secret: secret).key([.string("u")])
    ]
    for text in ["u\n", "URL\nu\n", "{\"URL\":\"u\"}\n"] {
      #expect(try read(text, secret: secret).keys == wanted)
    }
    #expect(try read("u\n").keys != wanted)
  }

  @Test(arguments: [
    ("{\"TEXT\":\"t\"}\n", url), ("{\"URL\":\"a\"}\n{\"url\":\"b\"}\n", url),
    ("{\"URL\":\"a\"}\n[]\n", url), ("{\"URL\":\"a\"}\nhttp://b\n", url),
    ("{\"URL\":\"a\"}{\"URL\":\"b\"}\n", url), ("{\"URL\":\"a\",\"URL\":\"b\"}\n", url),
    ("{\"URL\":1}\n", url), ("{\"URL\":\"a\"\n}\n", url),
    ("URL,TEXT\na\n", both), ("URL\na\n", both), ("http://a\n", both), ("a,b\n", both),
    ("URL,TEXT\na,\"b\n", both), ("URL,URL\na,b\n", url),
    ("7\n", number), ("id\nseven\n", number), ("id\n7.5\n", number),
    ("{\"id\":\"7\"}\n", number), ("{\"id\":1e400}\n", number),
  ])
  func `that is not one is refused`(text: String, identity: [Column]) {
    #expect(throws: DatasetFailure.self) { try read(text, identity) }
  }

  @Test func `names the row and no value`() throws {
    let secretive = "http://hidden.example/x"
    for (text, place) in [
      ("{\"URL\":\"\(secretive)\"}\n{\"URL\":\"\(secretive)\"\n", "row 2"),
      ("{\"URL\":\"\(secretive)\"}\n\n{\"TEXT\":\"\(secretive)\"}\n", "row 3"),
      ("URL,TEXT\n\(secretive),a\n\(secretive)\n", "Row 2"),
    ] {
      let failure = try #require(throws: DatasetFailure.self) { try read(text) }
      #expect(failure.description.contains(place), "\(failure)")
      #expect(!failure.description.contains("hidden"), "\(failure)")
    }
    let scratch = try Scratch()
    let path = try scratch.put([0x61, 0x0a, 0x62, 0xff, 0x0a], "asked")
    let failure = try #require(throws: DatasetFailure.self) {
      try AskedRows(file: path, identity: Self.url, secret: nil) { false }
    }
    #expect(failure.description.contains("Row 2, column URL, is not valid UTF-8"))
  }

  @Test func `is read in chunks to the same keys`() throws {
    // More than one chunk of 4 MiB.
    let count = 22_000
    let urls = (0..<count).map { "http://a.example/\($0)/" + String(repeating: "x", count: 190) }
    for text in [
      urls.joined(separator: "\n"),
      "n,URL\n" + urls.map { "\"a\nb\",\($0)" }.joined(separator: "\n"),
    ] {
      let rows = try read(text)
      #expect(rows.places == Array(1...count))
      #expect(rows.keys == keys(urls))
    }
  }

  @Test func `stops when it is asked to, and is not there`() throws {
    let scratch = try Scratch()
    let path = try scratch.put("a\nb\n", "asked")
    #expect(throws: DatasetFailure.self) {
      try AskedRows(file: path, identity: Self.url, secret: nil) { true }
    }
    #expect(throws: DatasetFailure.self) {
      try AskedRows(file: scratch("absent"), identity: Self.url, secret: nil) { false }
    }
    #expect(
      try AskedRows(file: scratch.put("", "none"), identity: Self.url, secret: nil) { false }.keys
        == [])
  }
}
