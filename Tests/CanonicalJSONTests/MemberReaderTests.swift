import CanonicalJSON
import Testing

@Suite struct `Reading the members of an object` {
  private let document: JSON = [
    "name": "x", "count": 5, "open": true, "list": [1, 2], "inner": ["deep": "y"], "none": nil,
  ]

  @Test func `takes each by its type`() throws {
    var reader = try MemberReader(document, path: "predicate")
    #expect(try reader.string("name") == "x")
    #expect(try reader.integer("count", in: 0...5) == 5)
    #expect(try reader.bool("open"))
    #expect(try reader.array("list", count: 2...2).map(\.integer) == [1, 2])
    var inner = try reader.object("inner")
    #expect(inner.path == "predicate.inner")
    #expect(try inner.string("deep") == "y")
    try inner.finish()
    #expect(try reader.value("none").json == nil as JSON)
    try reader.finish()
  }

  @Test func `gives nil for optional members that are absent`() throws {
    var reader = try MemberReader([:], path: "")
    #expect(try reader.optionalString("a") == nil)
    #expect(try reader.optionalInteger("a", in: 0...1) == nil)
    #expect(try reader.optionalBool("a") == nil)
    #expect(try reader.optionalArray("a", count: 0...1) == nil)
    #expect(try reader.optionalObject("a") == nil)
    #expect(try reader.optionalValue("a") == nil)
    try reader.finish()
  }

  @Test func `refuses what is absent`() throws {
    var reader = try MemberReader([:], path: "p")
    #expect(throws: FieldError.missing("p.a")) { try reader.string("a") }
    #expect(throws: FieldError.missing("p.a")) { try reader.integer("a", in: 0...1) }
    #expect(throws: FieldError.missing("p.a")) { try reader.bool("a") }
    #expect(throws: FieldError.missing("p.a")) { try reader.array("a", count: 0...1) }
    #expect(throws: FieldError.missing("p.a")) { try reader.object("a") }
    #expect(throws: FieldError.missing("p.a")) { try reader.value("a") }
  }

  @Test func `refuses another type, null included`() throws {
    var reader = try MemberReader(document, path: "")
    #expect(throws: FieldError.wrongType("none", expected: "a string")) {
      try reader.optionalString("none")
    }
    #expect(throws: FieldError.wrongType("name", expected: "an integer")) {
      try reader.integer("name", in: 0...1)
    }
    #expect(throws: FieldError.wrongType("count", expected: "true or false")) {
      try reader.bool("count")
    }
    #expect(throws: FieldError.wrongType("open", expected: "an array")) {
      try reader.array("open", count: 0...9)
    }
    #expect(throws: FieldError.notAnObject("list")) { try reader.object("list") }
    #expect(throws: FieldError.notAnObject("root")) { try MemberReader([1], path: "root") }
  }

  @Test func `refuses integers and counts out of range`() throws {
    var reader = try MemberReader(document, path: "")
    #expect(throws: FieldError.outOfRange("count")) { try reader.integer("count", in: 0...4) }
    #expect(throws: FieldError.outOfRange("list")) { try reader.array("list", count: 3...9) }
  }

  @Test func `refuses members that nobody took`() throws {
    var reader = try MemberReader(["a": 1, "b": 2, "c": 3], path: "q")
    _ = try reader.value("a")
    _ = try reader.value("c")
    #expect(throws: FieldError.unknown("q.b")) { try reader.finish() }
  }
}
