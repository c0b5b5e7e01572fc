import Rows
import Testing

@testable import Datasets

@Suite struct `A condition on rows` {
  func host(_ url: String) -> String? {
    let bytes = Array(url.utf8)
    return HostSuffix.host(of: bytes.span).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  func holds(_ suffix: HostSuffix, _ url: String) -> Bool {
    let bytes = Array(url.utf8)
    return suffix.holds(bytes.span)
  }

  func holds(_ condition: RowCondition, _ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return condition.holds(bytes.span)
  }

  @Test(arguments: [
    ("http://example.com/a", "example.com"), ("https://Img.Example.COM", "Img.Example.COM"),
    ("//example.com/a", "example.com"), ("http://example.com:8080/a", "example.com"),
    ("http://user:pw@example.com/", "example.com"), ("http://a@b@example.com?q", "example.com"),
    ("http://example.com?x=/a", "example.com"), ("http://example.com#f", "example.com"),
    ("http://example.com./a", "example.com"), ("http://example.com\\@evil.example", "example.com"),
    ("http://[2001:db8::1]:80/", "[2001:db8::1]"), ("ftp+x://example.com", "example.com"),
    ("http://192.0.2.7/a", "192.0.2.7"),
  ])
  func `finds the host of a URL`(url: String, name: String) {
    #expect(host(url) == name)
  }

  @Test(arguments: [
    "", "example.com/a", "/a//b", "http:/example.com", "http://", "http:///a", "http://:80/",
    "http://@/", "mailto:a@example.com", "ht tp://example.com", "http://[::1", "a/b//example.com",
    "?x=http://example.com", "x//example.com", "http://.",
  ])
  func `finds none where there is none`(url: String) {
    #expect(host(url) == nil)
  }

  @Test(arguments: ["example.com", "EXAMPLE.com", "example.com."])
  func `on a host holds what is below it, in any case`(name: String) throws {
    let suffix = try #require(HostSuffix(name))
    for url in [
      "http://example.com", "http://a.b.example.com/x", "HTTP://IMG.EXAMPLE.COM:1/",
      "//example.com/",
    ] {
      #expect(holds(suffix, url), "\(url)")
    }
    for url in [
      "http://badexample.com", "http://example.com.evil.example", "http://example.co",
      "http://evil.example/example.com", "http://evil.example/?u=http://example.com",
      "http://example.com@evil.example/", "example.com", "http://com/", "http://xample.com",
    ] {
      #expect(!holds(suffix, url), "\(url)")
    }
  }

  @Test(arguments: [
    "", ".", ".example.com", "http://example.com", "example.com/", "a@b", "example.com:80", "a b",
    "a?b", "a#b", "a\\b", "a\tb",
  ])
  func `on what is no host is refused`(name: String) {
    #expect(HostSuffix(name) == nil)
  }

  @Test func `compares bytes`() throws {
    let equals = RowCondition.equals(column: "author", "Å")
    #expect(holds(equals, "Å"))
    for text in ["", "A\u{30a}", "å", "ÅÅ"] { #expect(!holds(equals, text)) }
    let prefix = RowCondition.prefix(column: nil, "http://a/")
    #expect(holds(prefix, "http://a/"))
    #expect(holds(prefix, "http://a/b"))
    for text in ["", "http://a", "HTTP://a/", " http://a/"] {
      #expect(!holds(prefix, text))
    }
  }

  @Test(arguments: ["a.csv", "a.csv.gz", "a.jsonl"])
  func `chooses the rows that fulfil one of several, once each`(name: String) throws {
    let scratch = try Scratch()
    let text =
      name.hasSuffix("jsonl")
      ? """
      {"URL":"http://a.example/\\"1\\"","author":"x","n":5}
      {"URL":"http://b.example/2","author":"y","n":6}
      {"URL":"http://img.b.example/3","author":null,"n":50}
      {"URL":"http://c.example/4","author":"x","n":5}

      """
      : """
      URL,author,n
      "http://a.example/\"\"1\"\"",x,5
      http://b.example/2,y,6
      http://img.b.example/3,,50
      http://c.example/4,"x",5

      """
    let bytes = Array(text.utf8)
    let path = try scratch.put(name.hasSuffix("gz") ? bytes.gzipped : bytes, name)
    let reader = try ReleaseReader(
      registering: [Shard(path: path)], identity: ["URL"], reading: Reading(types: ["n": .int]))
    func chosen(_ conditions: RowCondition...) throws -> Int {
      let result = try reader.choose(conditions)
      #expect(result.rowsScanned == 4 && result.shards.count == 1)
      return result.chosen.count
    }
    let host = RowCondition.host(column: nil, try #require(HostSuffix("b.example")))
    #expect(try chosen(host) == 2)
    #expect(try chosen(.equals(column: "author", "x")) == 2)
    #expect(try chosen(.equals(column: "AUTHOR", "x"), host) == 4)
    #expect(try chosen(.equals(column: "n", "5")) == 2)
    #expect(try chosen(.equals(column: "n", "05"), .equals(column: "author", "")) <= 1)
    #expect(try chosen(.prefix(column: nil, "http://a.example/\"")) == 1)
    #expect(try chosen(.prefix(column: "url", "http://")) == 4)
    #expect(throws: DatasetFailure.self) { try chosen(.equals(column: "absent", "x")) }
    #expect(throws: DatasetFailure.self) { try chosen(.prefix(column: "n", "5")) }
  }

  @Test func `is refused on a column whose values have several spellings`() throws {
    let scratch = try Scratch()
    let path = try scratch.put("URL,score\na,0.5\n", "a.csv")
    let reader = try ReleaseReader(
      registering: [Shard(path: path)], identity: ["URL"],
      reading: Reading(types: ["score": .float64]))
    #expect(throws: DatasetFailure.self) {
      try reader.choose([.equals(column: "score", "0.5")])
    }
  }
}
