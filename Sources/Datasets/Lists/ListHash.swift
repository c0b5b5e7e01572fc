internal import LedgerCrypto

/// The hash functions of exact hash lists.
package enum ListAlgorithm: String, Hashable, Sendable, CaseIterable {
  case md5, sha1, sha256

  /// Bytes of one hash: 16, 20 or 32.
  package var byteCount: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    }
  }

  /// Whether a column of this name holds such hashes: `md5`, `sha1`, `sha-1`, `SHA256` and so on.
  func isNamed(by column: String) -> Bool {
    let name = column.utf8.filter { $0 != UInt8(ascii: "-") }.map { byte in
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    return name.elementsEqual(rawValue.utf8)
  }

  /// The hash of `bytes`, padded with zeros to 32 bytes.
  func hash(_ bytes: Span<UInt8>) -> Digest {
    switch self {
    case .md5: LegacyHash.paddedMD5(bytes)
    case .sha1: LegacyHash.paddedSHA1(bytes)
    case .sha256: Digest(sha256: bytes)
    }
  }

  /// The hash that hexadecimal digits of either case spell, padded with zeros to 32 bytes.
  ///
  /// `nil` unless they are exactly twice ``byteCount`` digits.
  func hash(hexDigits digits: Span<UInt8>) -> Digest? {
    guard digits.count == 2 * byteCount else { return nil }
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var word: UInt64 = 0
    var index = 0
    while index < 64 {
      var value: UInt64 = 0
      if index < digits.count {
        switch digits[index] {
        case let digit where digit >= 0x30 && digit <= 0x39: value = UInt64(digit - 0x30)
        case let digit where digit | 0x20 >= 0x61 && digit | 0x20 <= 0x66:
          value = UInt64((digit | 0x20) - 0x61 + 10)
        default: return nil
        }
      }
      word = word << 4 | value
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
}

/// What a list's hashes are hashes of.
package enum ListSubject: String, Hashable, Sendable, CaseIterable {
  /// The bytes of an image file.
  case image
  /// The exact bytes of a URL.
  case url
}
