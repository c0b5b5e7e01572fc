/// Searches of bytes, eight at a time.
package enum ByteScan {
  /// Bytes to look for, all of them ASCII.
  package struct Marks: Sendable {
    fileprivate let bytes: (UInt8, UInt8, UInt8, UInt8)
    fileprivate let limit: UInt8

    /// Takes one to four bytes; one that stands twice costs nothing but time.
    package init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
      bytes = (a, b, c, d)
      limit = max(a, b, c, d) + 1
      precondition(limit <= 0x80, "a mark is ASCII")
    }

    fileprivate func contains(_ byte: UInt8) -> Bool {
      byte == bytes.0 || byte == bytes.1 || byte == bytes.2 || byte == bytes.3
    }
  }

  /// The offset of the first of `marks` from `start` on, or the end; and whether all before is ASCII.
  package static func first(
    of marks: Marks, in bytes: Span<UInt8>, from start: Int
  ) -> (offset: Int, isASCII: Bool) {
    var index = start
    var seen: UInt64 = 0
    while index <= bytes.count - 8 {
      let word = ByteWord.load(bytes, at: index)
      // In most words no byte is as low as a mark.
      if ByteWord.marks(below: marks.limit, in: word) != 0 {
        let found =
          ByteWord.marks(of: marks.bytes.0, in: word) | ByteWord.marks(of: marks.bytes.1, in: word)
          | ByteWord.marks(of: marks.bytes.2, in: word)
          | ByteWord.marks(of: marks.bytes.3, in: word)
        if found != 0 {
          let place = ByteWord.first(of: found)
          seen |= ByteWord.prefix(word, place)
          return (index + place, seen & ByteWord.tops == 0)
        }
      }
      seen |= word
      index += 8
    }
    while index < bytes.count, !marks.contains(bytes[index]) {
      seen |= UInt64(bytes[index])
      index += 1
    }
    return (index, seen & ByteWord.tops == 0)
  }

  /// The offset of the first `mark`, which is ASCII, from `start` on, or the end; and whether all before
  /// is ASCII.
  package static func first(
    _ mark: UInt8, in bytes: Span<UInt8>, from start: Int
  ) -> (offset: Int, isASCII: Bool) {
    var index = start
    var seen: UInt64 = 0
    while index <= bytes.count - 8 {
      let word = ByteWord.load(bytes, at: index)
      let found = ByteWord.marks(of: mark, in: word)
      if found != 0 {
        let place = ByteWord.first(of: found)
        seen |= ByteWord.prefix(word, place)
        return (index + place, seen & ByteWord.tops == 0)
      }
      seen |= word
      index += 8
    }
    while index < bytes.count, bytes[index] != mark {
      seen |= UInt64(bytes[index])
      index += 1
    }
    return (index, seen & ByteWord.tops == 0)
  }

  /// Whether `wanted` stands in `bytes` at `index`.
  package static func holds(
    _ wanted: Span<UInt8>, in bytes: Span<UInt8>, at index: Int
  ) -> Bool {
    let count = wanted.count
    guard bytes.count - index >= count else { return false }
    var place = 0
    while place <= count - 8 {
      if ByteWord.load(wanted, at: place) != ByteWord.load(bytes, at: index + place) {
        return false
      }
      place += 8
    }
    while place < count {
      if wanted[place] != bytes[index + place] { return false }
      place += 1
    }
    return true
  }
}
