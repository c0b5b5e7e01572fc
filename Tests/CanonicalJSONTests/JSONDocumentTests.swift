import CanonicalJSON
import Testing

@Suite struct `A document read in place` {
  private func root(_ text: String) throws -> JSONElement {
    try JSONDocument(parsingCanonical: Array(text.utf8)).root
  }

  @Test(arguments: [
    "null", "true", "false", "0", "-9007199254740991", "9007199254740991", #""""#,
    #""a\"\n\u001f""#,
    "[]", "{}", "[[],[{}],1]", #"{"":1,"\n":2,"a":{"b":[null,true,"x"]},"é":-1}"#,
    #"{"😀":1,"ﬀ":2}"#,
  ])
  func `holds what the tree holds`(text: String) throws {
    let tree = Result { () throws(JSONError) in try JSON(parsing: Array(text.utf8)) }
    let flat = Result { () throws(JSONError) in
      try JSONDocument(parsingCanonical: Array(text.utf8)).root.json
    }
    #expect(tree == flat)
  }

  @Test func `gives each value by its type and nothing for another`() throws {
    let element = try root(#"{"a":[1,"two",true,null],"b":{"c":"\"q\""}}"#)
    let list = try #require(element.member("a")?.elements)
    #expect(list.count == 4)
    #expect(list[0].integer == 1 && list[0].string == nil && list[0].bool == nil)
    #expect(list[1].string == "two" && list[1].integer == nil && list[1].elements == nil)
    #expect(list[2].bool == true && list[2].string == nil)
    #expect(list[3].bool == nil && list[3].string == nil && !list[3].isObject)
    let inner = try #require(element.member("b"))
    #expect(inner.isObject && inner.elements == nil && inner.string == nil)
    #expect(inner.member("c")?.string == "\"q\"")
    #expect(inner.member("c")?.text?.range.count == 3)
    #expect(inner.member("d") == nil && list[1].member("a") == nil)
    #expect(list[0].text == nil)
  }

  @Test func `tells an only member from several and from none`() throws {
    let sole = try #require(try root(#"{"a":[1,[2],{"b":3}]}"#).soleMember)
    #expect(sole.name == "a")
    #expect(sole.value == (try JSONElement([1, [2], ["b": 3]])))
    for text in [#"{"a":1,"b":2}"#, "{}", "[1]", "[[1],[2]]", "1", #""a""#] {
      #expect(try root(text).soleMember == nil, "\(text)")
    }
  }

  @Test func `says where a member stands`() throws {
    let text = #"{"a":"x","b\n":[1],"c":{"d":2},"e":3}"#
    let element = try root(text)
    func slice(_ name: String) -> String? {
      element.memberRange(name).map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
    }
    #expect(slice("a") == #""a":"x""#)
    #expect(slice("b\n") == #""b\n":[1]"#)
    #expect(slice("c") == #""c":{"d":2}"#)
    #expect(slice("e") == nil && slice("f") == nil)
    #expect(try root("[]").memberRange("a") == nil)
  }

  @Test func `compares containers with bytes`() throws {
    let element = try root(#"{"a":[1,2],"b":"[1,2]"}"#)
    #expect(element.member("a")?.isWritten(as: Array("[1,2]".utf8)) == true)
    #expect(element.member("a")?.isWritten(as: Array("[1,3]".utf8)) == false)
    #expect(element.member("a")?.isWritten(as: Array("[1,2".utf8)) == false)
    #expect(element.member("b")?.isWritten(as: Array("[1,2]".utf8)) == false)
  }

  @Test(arguments: [
    (#"{"b":1,"a":2}"#, JSONError.notCanonical(at: 8)), (#"{"a":1,"a":2}"#, .duplicateName(at: 8)),
    (#"{"a":{"a":1},"a":2}"#, .duplicateName(at: 14)), (#"{"a": 1}"#, .notCanonical(at: 5)),
    (#"{"ﬀ":2,"😀":1}"#, .notCanonical(at: 10)), ("[1,]", .unexpectedByte(at: 3)),
    (#"{"a\u000a":1}"#, .notCanonical(at: 3)), ("[1", .unexpectedEnd(at: 2)),
    ("1 ", .notCanonical(at: 1)), ("[1]x", .trailingBytes(at: 3)), ("", .unexpectedEnd(at: 0)),
  ])
  func `refuses another spelling`(text: String, error: JSONError) {
    #expect(throws: error) { try JSONDocument(parsingCanonical: Array(text.utf8)) }
  }

  @Test func `cannot be made of what is nested too deeply`() {
    var value: JSON = 1
    for _ in 0..<JSON.maximumDepth { value = [value] }
    #expect(throws: Never.self) { try JSONElement(value) }
    #expect(throws: JSONError.self) { try JSONElement([value]) }
  }

  @Test func `names the place of a wrong value`() throws {
    let element = try root(#"{"a":[{"x":1},{"b":{"c":2}}],"d":3}"#)
    var reader = try MemberReader(element, path: "statement")
    let item = try #require(try reader.array("a", count: 2...2).last)
    var second = try reader.reader(of: item)
    var inner = try second.object("b")
    #expect(inner.path == "statement.a[1].b")
    #expect(throws: FieldError.wrongType("statement.a[1].b.c", expected: "a string")) {
      try inner.string("c")
    }
    #expect(throws: FieldError.notAnObject("statement.d")) { try reader.object("d") }
    #expect(throws: FieldError.outOfRange("statement.d")) { try reader.integer("d", in: 0...2) }
    var whole = try MemberReader(element, path: "")
    let first = try #require(try whole.array("a", count: 2...2).first)
    #expect(throws: FieldError.missing("a[0].y")) {
      var reader = try whole.reader(of: first)
      _ = try reader.string("y")
    }
  }

  @Test func `with more members than are read is refused, whatever is asked for`() throws {
    let names = (0...MemberReader.maximumMembers).map { "m\(1_000 + $0)" }
    let text = "{" + names.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
    var reader = try MemberReader(try root(text), path: "p")
    for name in names.dropLast() { _ = try reader.value(name) }
    #expect(throws: FieldError.unknown("p.\(names.last ?? "")")) { try reader.finish() }
    #expect(throws: FieldError.outOfRange("p")) { try reader.value(names.last ?? "") }
  }
}
