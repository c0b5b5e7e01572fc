import Testing

@testable import Datasets

@Suite struct `Other spellings of a URL` {
  func others(_ url: String) -> Set<String> {
    Set(URLSpellings.others(of: Array(url.utf8)).map { String(decoding: $0, as: UTF8.self) })
  }

  @Test(arguments: [
    ("HTTP://Example.COM/C.jpg", "http://example.com/C.jpg"),
    ("http://U:P@Example.com/c", "http://U:P@example.com/c"),
    ("http://example.com:80/e.jpg", "http://example.com/e.jpg"),
    ("https://example.com:443?q", "https://example.com/?q"),
    ("http://example.com:/e", "http://example.com/e"),
    ("http://[::1]:80/e", "http://[::1]/e"),
    ("http://example.com", "http://example.com/"),
    ("http://example.com/f.jpg?x=1&amp;y=2", "http://example.com/f.jpg?x=1&y=2"),
    ("http://example.com/%7euser/%41.jpg", "http://example.com/~user/A.jpg"),
    ("http://example.com/%e2%82%ac", "http://example.com/%E2%82%AC"),
    ("http://example.com/%E2%82%AC", "http://example.com/%e2%82%ac"),
    (" http://example.com/h.jpg\r\n", "http://example.com/h.jpg"),
    ("http://example.com/i.jpg#frag", "http://example.com/i.jpg"),
    ("http://example.com/i.jpg#", "http://example.com/i.jpg"),
    ("http://example.com/a%20b.jpg", "http://example.com/a b.jpg"),
    ("http://example.com/a b.jpg", "http://example.com/a%20b.jpg"),
    (" HTTP://Example.com:80/%7ea?x&amp;y#z ", "http://example.com/~a?x&y"),
  ])
  func `have the equivalent one`(url: String, other: String) {
    #expect(others(url).contains(other), "\(others(url))")
  }

  @Test(arguments: [
    ("http://example.com/a.jpg", "https://example.com/a.jpg"),
    ("http://example.com/A.jpg", "http://example.com/a.jpg"),
    ("http://example.com/a?X", "http://example.com/a?x"),
    ("http://U@example.com/", "http://u@example.com/"),
    ("http://example.com:8080/", "http://example.com/"),
    ("http://example.com:443/", "http://example.com/"),
    ("http://example.com/a%2Fb", "http://example.com/a/b"),
    ("http://example.com/a%252e", "http://example.com/a."),
    ("http://example.com/a/", "http://example.com/a"),
    ("http://example.com/a?x=1", "http://example.com/a"),
    ("http://www.example.com/", "http://example.com/"),
    ("example.com:80/a", "example.com/a"), ("http:80/a", "http/a"), ("a+b", "a b"),
    ("http://example.com/%zz", "http://example.com/zz"), ("%4", "4"), ("%", ""),
  ])
  func `do not have another one`(url: String, other: String) {
    #expect(!others(url).contains(other), "\(others(url))")
  }

  @Test func `are few, each once, and none of a plain URL`() {
    #expect(others("http://example.com/a.jpg?x=1").isEmpty && others("").isEmpty)
    let worst = " HTTP://A:80?%7e%aF%Af &amp;#% "
    let found = URLSpellings.others(of: Array(worst.utf8))
    #expect(found.count < 1 << 11 && Set(found).count == found.count)
    #expect(!found.contains(Array(worst.utf8)))
    let long = "HTTP://example.com/" + String(repeating: "a", count: URLSpellings.longest)
    #expect(others(long).isEmpty)
  }
}
