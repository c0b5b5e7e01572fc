/// The addresses in a text that a reader could follow, to be compared with the rows of datasets.
///
/// What is looked for is not what a standard calls a URL but what a row may hold and a person may have
/// written down: from a scheme and `://` to the next space, with and without the punctuation around it.
package enum Addresses {
  /// The most addresses that are looked at in one text.
  package static let limit = 10_000
  /// The most bytes of one address.
  package static let longest = 8_192
  /// The most marks that are taken off the end of one.
  private static let marks = 32

  /// What ``search(_:for:)`` found.
  package enum Finding: Hashable, Sendable {
    case none
    /// An address that was looked for, as it was spelled.
    case found([UInt8])
    /// There are more than ``limit`` addresses, or a longer one than ``longest``.
    case tooMany
  }

  /// Looks for an address that `isMeant`, in every spelling in which one in `text` may be meant.
  ///
  /// Total: any bytes are a text. Cost: linear in the text; `isMeant` is asked 66 times for an address at
  /// most.
  package static func search(
    _ text: [UInt8], for isMeant: ([UInt8]) throws -> Bool
  ) rethrows -> Finding {
    var count = 0
    var place = 0
    while let colon = next(in: text, from: place) {
      var start = colon
      while start > place, isScheme(text[start - 1]) { start -= 1 }
      place = colon + mark.count
      guard start < colon else { continue }
      var end = place
      while end < text.count, !isEnd(text[end]) { end += 1 }
      count += 1
      guard count <= limit, end - start <= longest else { return .tooMany }
      if let address = try spelled(text[start..<end], isMeant) { return .found(address) }
      // What follows may hold another, as a link does that names its target.
    }
    return .none
  }

  /// The address without one, two … of the marks at its end, each also with `&` for `&amp;`.
  private static func spelled(
    _ address: ArraySlice<UInt8>, _ isMeant: ([UInt8]) throws -> Bool
  ) rethrows -> [UInt8]? {
    var address = address
    for _ in 0...marks {
      let plain = unescaped(address)
      for spelling in plain.count == address.count ? [plain] : [Array(address), plain]
      where try isMeant(spelling) {
        return spelling
      }
      guard let last = address.last, isMark(last) else { return nil }
      address.removeLast()
    }
    return nil
  }

  private static let mark = Array("://".utf8)

  /// Where the next `://` begins.
  private static func next(in text: [UInt8], from start: Int) -> Int? {
    var place = start
    while place <= text.count - mark.count {
      if text[place] == mark[0], text[place + 1] == mark[1], text[place + 2] == mark[2] {
        return place
      }
      place += 1
    }
    return nil
  }

  private static func unescaped(_ address: ArraySlice<UInt8>) -> [UInt8] {
    let escape = Array("&amp;".utf8)
    var plain: [UInt8] = []
    var rest = address
    while let byte = rest.first {
      let isEscape = rest.starts(with: escape)
      plain.append(byte)
      rest.removeFirst(isEscape ? escape.count : 1)
    }
    return plain
  }

  /// Letters, digits, `+`, `-` and `.` (RFC 3986, section 3.1).
  private static func isScheme(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2b, 0x2d, 0x2e: true
    default: false
    }
  }

  /// Spaces, controls, and the marks that always close an address: `"`, `<` and `>`.
  private static func isEnd(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x7f || byte == 0x22 || byte == 0x3c || byte == 0x3e
  }

  /// Punctuation that may belong to the sentence around, and the bytes of what is not ASCII.
  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e, 0x80...: true
    default: false
    }
  }
}
