internal import CanonicalJSON

/// Searches of the bytes that mean something in CSV, eight at a time.
enum ByteScan {
  /// The offset of the first comma, quote, line feed or carriage return from `start` on, or the end.
  ///
  /// `seen` takes the bytes before it, ored: none is beyond ASCII unless its top bits show one.
  static func endOfField(in bytes: Span<UInt8>, from start: Int, seen: inout UInt64) -> Int {
    var index = start
    while index <= bytes.count - 8 {
      let word = ByteWord.load(bytes, at: index)
      // Every byte with a meaning is at most a comma.
      if ByteWord.marks(below: UInt8(ascii: ",") + 1, in: word) != 0 {
        let found =
          ByteWord.marks(of: UInt8(ascii: ","), in: word)
          | ByteWord.marks(of: UInt8(ascii: "\""), in: word)
          | ByteWord.marks(of: 0x0a, in: word) | ByteWord.marks(of: 0x0d, in: word)
        if found != 0 {
          let place = ByteWord.first(of: found)
          seen |= ByteWord.prefix(word, place)
          return index + place
        }
      }
      seen |= word
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0a || byte == 0x0d {
        break
      }
      seen |= UInt64(byte)
      index += 1
    }
    return index
  }

  /// The offset of the first quote from `start` on, or the end; `seen` as above.
  static func quote(in bytes: Span<UInt8>, from start: Int, seen: inout UInt64) -> Int {
    var index = start
    while index <= bytes.count - 8 {
      let word = ByteWord.load(bytes, at: index)
      let found = ByteWord.marks(of: UInt8(ascii: "\""), in: word)
      if found != 0 {
        let place = ByteWord.first(of: found)
        seen |= ByteWord.prefix(word, place)
        return index + place
      }
      seen |= word
      index += 8
    }
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      seen |= UInt64(bytes[index])
      index += 1
    }
    return index
  }

  /// Whether one of the bytes that were ored is not ASCII.
  static func isBeyondASCII(_ seen: UInt64) -> Bool { seen & ByteWord.tops != 0 }
}
