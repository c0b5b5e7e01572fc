import Testing
import Workflows

@Suite struct `Addresses in a text` {
  private func spelled(_ text: String) -> Set<String> {
    var found: Set<String> = []
    _ = Addresses.search(Array(text.utf8)) { bytes in
      found.insert(String(decoding: bytes, as: UTF8.self))
      return false
    }
    return found
  }

  @Test(arguments: [
    "https://example.org/1.jpg", "see https://example.org/1.jpg, please",
    "(https://example.org/1.jpg)", "<https://example.org/1.jpg>", "\"https://example.org/1.jpg\"",
    "[it](https://example.org/1.jpg).", "https://example.org/1.jpg…", "„https://example.org/1.jpg“",
    "a\thttps://example.org/1.jpg\r\nb", "**https://example.org/1.jpg**!?",
    "url=https://example.org/1.jpg;", "https://archive.example/save/https://example.org/1.jpg",
  ])
  func `are found without the punctuation around them`(text: String) {
    #expect(spelled(text).contains("https://example.org/1.jpg"))
  }

  @Test(arguments: [
    "https://example.org/a.", "https://example.org/a_(b)", "http://example.org/?a=1&amp;b=2",
    "ftp://example.org/x", "HTTPS://EXAMPLE.ORG/", "https://example.org/caf\u{e9}",
  ])
  func `are found as they stand, too`(text: String) {
    #expect(spelled("at \(text) it is").contains(text))
  }

  @Test func `are found with a plain ampersand`() {
    #expect(spelled("http://example.org/?a=1&amp;b=2.").contains("http://example.org/?a=1&b=2"))
  }

  @Test(arguments: ["", " ", ":", "://", " ://example.org", "a//b", "example.org/1.jpg", "http:/x"])
  func `are not what has no scheme`(text: String) {
    #expect(spelled(text) == [])
  }

  @Test func `are of any bytes, and of a bounded number`() {
    func asked(_ text: [UInt8]) -> (Int, Addresses.Finding) {
      var count = 0
      let finding = Addresses.search(text) { _ in
        count += 1
        return false
      }
      return (count, finding)
    }
    #expect(asked([UInt8](repeating: 0xff, count: 100)) == (0, .none))
    #expect(asked(Array(("http://e" + String(repeating: ".", count: 1_000)).utf8)) == (33, .none))
    let many = Array(String(repeating: "http://e ", count: Addresses.limit).utf8)
    #expect(asked(many) == (Addresses.limit, .none))
    #expect(asked(many + Array("http://e".utf8)) == (Addresses.limit, .tooMany))
    #expect(
      asked(Array("http://".utf8) + [UInt8](repeating: 0x61, count: Addresses.longest)).1
        == .tooMany)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      _ = asked((0..<64).map { _ in "a:/.& ;\u{ff}".utf8.randomElement(using: &random) ?? 0 })
    }
  }

  @Test func `are given as they were spelled`() {
    let finding = Addresses.search(Array("see http://e/?a&amp;b).".utf8)) { bytes in
      bytes == Array("http://e/?a&b".utf8)
    }
    #expect(finding == .found(Array("http://e/?a&b".utf8)))
  }
}
