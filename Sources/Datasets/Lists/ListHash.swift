internal import LedgerCrypto

/// The functions that make the hashes of lists.
package enum ListAlgorithm: String, Hashable, Sendable, CaseIterable {
  case md5, sha1, sha256
  /// The perceptual hash of an image: hashes that differ in few bits are of images that look alike.
  case pdq

  /// Bytes of one hash: 16, 20 or 32.
  package var byteCount: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256, .pdq: 32
    }
  }

  /// The algorithm as people write it.
  package var name: String {
    switch self {
    case .md5: "MD5"
    case .sha1: "SHA-1"
    case .sha256: "SHA-256"
    case .pdq: "PDQ"
    }
  }

  /// Whether a column of this name holds such hashes: `md5`, `sha1`, `sha-1`, `SHA256` and so on.
  func isNamed(by column: String) -> Bool { Self.letters(of: column) == rawValue }

  /// How columns are called that say of each entry which function made its hash.
  static let typeNames: Set = ["type", "algorithm", "hashtype", "signaltype"]

  /// Whether `type` names another function of this kind; such a column may hold anything else too.
  func isOther(than type: String) -> Bool {
    let known: Set = [
      "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "pdq", "photodna", "pdna", "phash",
      "dhash", "ahash", "netclean", "tmk", "tmkpdqf", "videntifier", "vpdq", "ssdeep", "tlsh",
    ]
    let name = Self.letters(of: type)
    return known.contains(name) && name != rawValue
  }

  /// The letters and digits of a name, in lower case.
  static func letters(of name: String) -> String {
    String(
      decoding: name.utf8.compactMap { byte -> UInt8? in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: " "), UInt8(ascii: "."): nil
        default: byte
        }
      }, as: UTF8.self)
  }

  /// The hash of `bytes`, padded with zeros to 32 bytes; `nil` for what is not a hash of bytes.
  func hash(_ bytes: Span<UInt8>) -> Digest? {
    switch self {
    case .md5: LegacyHash.paddedMD5(bytes)
    case .sha1: LegacyHash.paddedSHA1(bytes)
    case .sha256: Digest(sha256: bytes)
    case .pdq: nil
    }
  }

  /// Whether `hash` tells of nothing: it is that of an empty file, or all zeros.
  func isOfNothing(_ hash: Digest) -> Bool {
    hash == .zero || hash == self.hash([UInt8]().span)
  }
}

extension ListAlgorithm {
  /// The hash that a text spells, padded with zeros to 32 bytes: hexadecimal digits of either case,
  /// or standard base64 with its padding; white space around it does not count.
  ///
  /// `nil` unless it spells exactly ``byteCount`` bytes.
  func hash(spelledBy text: Span<UInt8>) -> Digest? {
    let trimmed = Spelling.trimmed(text)
    let text = text.extracting(trimmed)
    if text.count == 2 * byteCount { return Spelling.digest(hexadecimal: text) }
    if text.count == (byteCount + 2) / 3 * 4 {
      return Spelling.digest(base64: text, byteCount: byteCount)
    }
    return nil
  }

  /// Whether a text is as many hexadecimal digits as the hashes of some well-known function have.
  static func isSomeHash(_ text: Span<UInt8>) -> Bool {
    switch text.count {
    case 32, 40, 56, 64, 96, 128:
      for index in text.indices where Spelling.value(of: text[index]) == nil { return false }
      return true
    default: return false
    }
  }
}

/// How hashes are spelled.
enum Spelling {
  /// Whether a byte is white space of ASCII.
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

  /// Where `text` stands without the white space around it.
  static func trimmed(_ text: Span<UInt8>) -> Range<Int> {
    var (start, end) = (0, text.count)
    while start < end, isSpace(text[start]) { start += 1 }
    while end > start, isSpace(text[end - 1]) { end -= 1 }
    return start..<end
  }

  static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46, 0x61...0x66: (digit | 0x20) - 0x61 + 10
    default: nil
    }
  }

  /// Up to 64 hexadecimal digits, the rest zero.
  static func digest(hexadecimal digits: Span<UInt8>) -> Digest? {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var word: UInt64 = 0
    var index = 0
    while index < 64 {
      var value: UInt8 = 0
      if index < digits.count {
        guard let digit = Self.value(of: digits[index]) else { return nil }
        value = digit
      }
      word = word << 4 | UInt64(value)
      index += 1
      switch index {
      case 16: words.0 = word
      case 32: words.1 = word
      case 48: words.2 = word
      case 64: words.3 = word
      default: break
      }
    }
    return Digest(words.0, words.1, words.2, words.3)
  }

  /// Standard base64 of exactly `byteCount` bytes, the rest zero.
  static func digest(base64 text: Span<UInt8>, byteCount: Int) -> Digest? {
    guard var decoded = Base64.decode(text), decoded.count == byteCount else { return nil }
    decoded.append(contentsOf: repeatElement(0, count: 32 - byteCount))
    return Digest(bytes: decoded)
  }
}

/// What a list's hashes are hashes of.
package enum ListSubject: String, Hashable, Sendable, CaseIterable {
  /// The bytes of an image file.
  case image
  /// The exact bytes of a URL.
  case url
}
