/// A SHA-256 output: exactly 32 bytes, held as four big-endian words with no allocation.
///
/// Order is that of the bytes. Text forms: 64 lowercase hexadecimal digits, and standard base64 with
/// padding (44 characters, the form that C2SP checkpoints print).
package struct Digest: Hashable, Comparable, Sendable {
  /// Bytes 0–7, 8–15, 16–23 and 24–31, each read as a big-endian integer.
  package let words: (UInt64, UInt64, UInt64, UInt64)

  /// Takes the four big-endian words of a digest.
  package init(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) {
    words = (a, b, c, d)
  }

  /// Takes a digest's own bytes, or gives `nil` when there are not 32 of them.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for (index, byte) in bytes.enumerated() {
      switch index >> 3 {
      case 0: words.0 = words.0 << 8 | UInt64(byte)
      case 1: words.1 = words.1 << 8 | UInt64(byte)
      case 2: words.2 = words.2 << 8 | UInt64(byte)
      default: words.3 = words.3 << 8 | UInt64(byte)
      }
    }
    self.words = words
  }

  /// Takes the 32 bytes of `span` from `offset` on.
  ///
  /// Traps when they are not there: the caller has checked the length.
  package init(_ span: Span<UInt8>, at offset: Int = 0) {
    func word(_ start: Int) -> UInt64 {
      var value: UInt64 = 0
      for index in start..<start + 8 { value = value << 8 | UInt64(span[index]) }
      return value
    }
    words = (word(offset), word(offset + 8), word(offset + 16), word(offset + 24))
  }

  /// Takes 64 hexadecimal digits in lower case, or gives `nil`.
  package init?(hex: some StringProtocol) {
    self.init(hexDigits: Array(hex.utf8).span)
  }

  /// Takes 64 hexadecimal digits in lower case, or gives `nil`.
  package init?(hexDigits digits: Span<UInt8>) {
    guard digits.count == 64 else { return nil }
    var invalid: UInt8 = 0
    func word(_ start: Int) -> UInt64 {
      var word: UInt64 = 0
      for index in start..<start + 16 {
        let value = Hexadecimal.value(digits[index])
        invalid |= value
        word = word << 4 | UInt64(value & 15)
      }
      return word
    }
    words = (word(0), word(16), word(32), word(48))
    // A value takes four bits; 255 stands for what is no digit.
    guard invalid < 16 else { return nil }
  }

  /// The digest that is all zeros.
  package static let zero = Digest(0, 0, 0, 0)

  /// The 32 bytes.
  package var bytes: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(32)
    append(to: &output)
    return output
  }

  /// Appends the 32 bytes to `buffer`.
  package func append(to buffer: inout [UInt8]) {
    func append(_ word: UInt64) {
      unsafe withUnsafeBytes(of: word.bigEndian) { unsafe buffer.append(contentsOf: $0) }
    }
    append(words.0)
    append(words.1)
    append(words.2)
    append(words.3)
  }

  /// Writes the 32 bytes into `span` from `offset` on, which the caller has checked to fit.
  package func write(to span: inout MutableSpan<UInt8>, at offset: Int) {
    func put(_ word: UInt64, _ start: Int, _ span: inout MutableSpan<UInt8>) {
      for index in 0..<8 {
        span[start + index] = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * index))
      }
    }
    put(words.0, offset, &span)
    put(words.1, offset + 8, &span)
    put(words.2, offset + 16, &span)
    put(words.3, offset + 24, &span)
  }

  /// The bit at `index`, 0 (the most significant bit of byte 0) to 255.
  package func bit(_ index: Int) -> Bool {
    let word =
      switch index >> 6 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      default: words.3
      }
    return (word >> UInt64(63 - index & 63)) & 1 == 1
  }

  /// 64 hexadecimal digits in lower case.
  package var hex: String {
    unsafe String(unsafeUninitializedCapacity: 64) { output in
      var place = 0
      func append(_ word: UInt64) {
        for shift in stride(from: 60, through: 0, by: -4) {
          let value = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
          unsafe output[place] = Hexadecimal.digit(value)
          place += 1
        }
      }
      append(words.0)
      append(words.1)
      append(words.2)
      append(words.3)
      return place
    }
  }

  /// Appends the 64 hexadecimal digits to `buffer`.
  package func appendHex(to buffer: inout [UInt8]) {
    func append(_ word: UInt64) {
      for shift in stride(from: 60, through: 0, by: -4) {
        buffer.append(Hexadecimal.digit(UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15))
      }
    }
    append(words.0)
    append(words.1)
    append(words.2)
    append(words.3)
  }

  /// Standard base64 with padding, 44 characters.
  package var base64: String { Base64.encode(bytes) }

  /// Whether both are the same 32 bytes.
  package static func == (a: Digest, b: Digest) -> Bool {
    a.words.0 == b.words.0 && a.words.1 == b.words.1 && a.words.2 == b.words.2
      && a.words.3 == b.words.3
  }

  /// Whether `a` comes first in the order of bytes.
  package static func < (a: Digest, b: Digest) -> Bool {
    if a.words.0 != b.words.0 { return a.words.0 < b.words.0 }
    if a.words.1 != b.words.1 { return a.words.1 < b.words.1 }
    if a.words.2 != b.words.2 { return a.words.2 < b.words.2 }
    return a.words.3 < b.words.3
  }

  /// Feeds all four words.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

extension Digest: CustomStringConvertible {
  /// The hexadecimal form.
  package var description: String { hex }
}
