internal import Rows

/// Which rows someone asks for by a value that many have: an account, a folder, a host.
package enum RowCondition: Hashable, Sendable {
  /// The column holds exactly this text: of a string, a whole number or a boolean as written.
  case equals(column: String, String)
  /// The column begins with these bytes; by default that of URLs.
  case prefix(column: String?, String)
  /// The column holds a URL whose host is this one or one below it; by default that of URLs.
  case host(column: String?, HostSuffix)

  /// The column's name, as it was given or by default.
  var column: String {
    switch self {
    case .equals(let column, _): column
    case .prefix(let column, _), .host(let column, _): column ?? "URL"
    }
  }

  /// In words, for who may read which rows were asked for.
  package var words: String {
    switch self {
    case .equals(let column, let text): "\(column) is \(text)"
    case .prefix(_, let text): "\(column) begins with \(text)"
    case .host(_, let host): "\(column) is at \(host.text)"
    }
  }

  /// Whether a value, unescaped, is one of those.
  func holds(_ value: Span<UInt8>) -> Bool {
    switch self {
    case .equals(_, let text): value.isEqual(to: text)
    case .prefix(_, let text):
      value.count >= text.utf8.count
        && value.extracting(0..<text.utf8.count).isEqual(to: text)
    case .host(_, let host): host.holds(value)
    }
  }
}

/// A host and all below it: `example.com` holds `example.com` and `img.example.com`.
package struct HostSuffix: Hashable, Sendable {
  /// In lower case, without a dot at its ends.
  package let text: String
  private let bytes: [UInt8]

  /// Takes a host's name as it stands in URLs, IP addresses too; `nil` for what cannot be one.
  package init?(_ name: String) {
    var bytes = name.utf8.map(Self.lowered)
    if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
    let isHost =
      !bytes.isEmpty && bytes.first != UInt8(ascii: ".")
      && bytes.allSatisfy { $0 > 0x20 && !"/?#@\\\u{7f}".utf8.contains($0) }
      && (bytes.first == UInt8(ascii: "[") || !bytes.contains(UInt8(ascii: ":")))
    guard isHost else { return nil }
    self.bytes = bytes
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a URL is at this host.
  func holds(_ url: Span<UInt8>) -> Bool {
    guard let host = Self.host(of: url), host.count >= bytes.count else { return false }
    let start = host.upperBound - bytes.count
    for place in bytes.indices where Self.lowered(url[start + place]) != bytes[place] {
      return false
    }
    return start == host.lowerBound || url[start - 1] == UInt8(ascii: ".")
  }

  /// Where the host of a URL stands: after `//` and what ends at `@`, before a port, a path, a query
  /// or a fragment (RFC 3986, 3.2), a dot at its end left out.
  static func host(of url: Span<UInt8>) -> Range<Int>? {
    guard var start = authority(of: url) else { return nil }
    var end = start
    while end < url.count, !"/?#\\".utf8.contains(url[end]) { end += 1 }
    for place in start..<end where url[place] == UInt8(ascii: "@") { start = place + 1 }
    if start < end, url[start] == UInt8(ascii: "[") {
      guard let close = (start..<end).first(where: { url[$0] == UInt8(ascii: "]") }) else {
        return nil
      }
      return start..<close + 1
    }
    if let colon = (start..<end).first(where: { url[$0] == UInt8(ascii: ":") }) { end = colon }
    if start < end, url[end - 1] == UInt8(ascii: ".") { end -= 1 }
    return start < end ? start..<end : nil
  }

  /// Where the authority begins: after the first `//`, with a scheme or nothing before it.
  private static func authority(of url: Span<UInt8>) -> Int? {
    var place = 0
    while place < url.count, url[place] != UInt8(ascii: "/") {
      let byte = lowered(url[place])
      let isScheme =
        (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte)
        || "+-.:".utf8.contains(byte)
      guard isScheme else { return nil }
      place += 1
    }
    guard place + 1 < url.count, url[place + 1] == UInt8(ascii: "/"),
      place == 0 || url[place - 1] == UInt8(ascii: ":")
    else { return nil }
    return place + 2
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
  }
}

extension Span<UInt8> {
  fileprivate func isEqual(to text: String) -> Bool {
    guard count == text.utf8.count else { return false }
    var place = 0
    for byte in text.utf8 {
      if self[place] != byte { return false }
      place += 1
    }
    return true
  }
}
