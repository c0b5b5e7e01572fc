/// Other spellings of a URL that mean the same, or that people take for the same: `url-spellings-1`.
///
/// A list has hashes alone, so that one cannot see how its URLs were spelled: each of these changes is
/// tried on the row's URL, alone and with the others, in their order.
///
/// 1. White space around it goes.
/// 2. `&amp;` becomes `&`.
/// 3. The fragment goes.
/// 4. Scheme and host become lower-case (RFC 3986, 6.2.2.1).
/// 5. The scheme's default port, or an empty one, goes (6.2.3).
/// 6. An empty path becomes `/` (6.2.3).
/// 7. Escapes of unreserved characters are undone (6.2.2.2).
/// 8. Other escapes become upper-case (6.2.2.1).
/// 9. Other escapes become lower-case.
/// 10. `%20` becomes a space.
/// 11. A space becomes `%20`.
enum URLSpellings {
  /// The most bytes of a URL that is spelled otherwise: there are up to 2^11 spellings of one.
  static let longest = 4096

  /// The other spellings, each once; none of a URL that is longer than ``longest``.
  static func others(of url: [UInt8]) -> [[UInt8]] {
    guard url.count <= longest else { return [] }
    var spellings = [url]
    var known: Set = [url]
    for change in changes {
      for index in spellings.indices {
        let other = change(spellings[index])
        if known.insert(other).inserted { spellings.append(other) }
      }
    }
    return Array(spellings.dropFirst())
  }

  private static let changes: [@Sendable ([UInt8]) -> [UInt8]] = [
    trimmed, { replacing("&amp;", by: "&", in: $0) }, withoutFragment, withLowerCaseHost,
    withoutPort, withPath, unescaped, { withEscapes(isUpperCase: true, $0) },
    { withEscapes(isUpperCase: false, $0) }, { replacing("%20", by: " ", in: $0) },
    { replacing(" ", by: "%20", in: $0) },
  ]

  private static func trimmed(_ url: [UInt8]) -> [UInt8] {
    Array(url[Spelling.trimmed(url.span)])
  }

  private static func replacing(
    _ old: StaticString, by new: StaticString, in url: [UInt8]
  ) -> [UInt8] {
    let (old, new) = (Array(old.description.utf8), Array(new.description.utf8))
    guard url.contains(old[0]) else { return url }
    var output: [UInt8] = []
    var index = 0
    while index < url.count {
      if url[index...].starts(with: old) {
        output += new
        index += old.count
      } else {
        output.append(url[index])
        index += 1
      }
    }
    return output
  }

  private static func withoutFragment(_ url: [UInt8]) -> [UInt8] {
    url.firstIndex(of: UInt8(ascii: "#")).map { Array(url[..<$0]) } ?? url
  }

  /// Where scheme, host and port stand; `nil` for what is no `scheme://…`.
  private static func parts(
    of url: [UInt8]
  ) -> (scheme: Range<Int>, host: Range<Int>, port: Range<Int>)? {
    guard let colon = url.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      url[colon...].starts(with: Array("://".utf8)), url[..<colon].allSatisfy(isOfScheme)
    else { return nil }
    let start = colon + 3
    let end = url[start...].firstIndex { "/?#".utf8.contains($0) } ?? url.count
    let host = url[start..<end].lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? start
    var port = end
    while port > host, (0x30...0x39).contains(url[port - 1]) { port -= 1 }
    let hasPort = port > host && url[port - 1] == UInt8(ascii: ":")
    return (0..<colon, host..<(hasPort ? port - 1 : end), (hasPort ? port - 1 : end)..<end)
  }

  private static func isOfScheme(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || "+-.".utf8.contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
  }

  private static func lowerCase(_ byte: UInt8) -> UInt8 {
    (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
  }

  private static func withLowerCaseHost(_ url: [UInt8]) -> [UInt8] {
    guard let parts = parts(of: url) else { return url }
    var url = url
    for index in parts.scheme { url[index] = lowerCase(url[index]) }
    for index in parts.host { url[index] = lowerCase(url[index]) }
    return url
  }

  private static func withoutPort(_ url: [UInt8]) -> [UInt8] {
    guard let parts = parts(of: url), !parts.port.isEmpty else { return url }
    let port = String(decoding: url[parts.port], as: UTF8.self)
    let scheme = String(decoding: url[parts.scheme].map(lowerCase), as: UTF8.self)
    switch (scheme, port) {
    case (_, ":"), ("http", ":80"), ("https", ":443"), ("ftp", ":21"):
      return Array(url[..<parts.port.lowerBound]) + url[parts.port.upperBound...]
    default: return url
    }
  }

  private static func withPath(_ url: [UInt8]) -> [UInt8] {
    guard let parts = parts(of: url), !parts.host.isEmpty else { return url }
    let end = parts.port.upperBound
    guard end == url.count || url[end] != UInt8(ascii: "/") else { return url }
    return url[..<end] + [UInt8(ascii: "/")] + url[end...]
  }

  private static func unescaped(_ url: [UInt8]) -> [UInt8] {
    mappingEscapes(url) { byte, escape in
      isAlphanumeric(byte) || "-._~".utf8.contains(byte) ? [byte] : Array(escape)
    }
  }

  private static func withEscapes(isUpperCase: Bool, _ url: [UInt8]) -> [UInt8] {
    mappingEscapes(url) { _, escape in
      escape.map { byte in
        (0x41...0x5a).contains(byte & 0xdf) ? (isUpperCase ? byte & 0xdf : byte | 0x20) : byte
      }
    }
  }

  /// Puts what `change` makes of it in the place of each escape, which is given with its byte.
  private static func mappingEscapes(
    _ url: [UInt8], _ change: (UInt8, ArraySlice<UInt8>) -> [UInt8]
  ) -> [UInt8] {
    let percent = UInt8(ascii: "%")
    guard url.contains(percent) else { return url }
    var output: [UInt8] = []
    var index = 0
    while index < url.count {
      if url[index] == percent, index + 2 < url.count,
        let high = Spelling.value(of: url[index + 1]), let low = Spelling.value(of: url[index + 2])
      {
        output += change(high << 4 | low, url[index..<index + 3])
        index += 3
      } else {
        output.append(url[index])
        index += 1
      }
    }
    return output
  }
}
