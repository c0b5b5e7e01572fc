internal import LedgerCrypto

extension Digest {
  /// The first bit in which two keys differ, 0 … 255, or 256 when they are equal.
  func firstDifferingBit(from other: Digest) -> Int {
    let a = words
    let b = other.words
    if a.0 != b.0 { return (a.0 ^ b.0).leadingZeroBitCount }
    if a.1 != b.1 { return 64 + (a.1 ^ b.1).leadingZeroBitCount }
    if a.2 != b.2 { return 128 + (a.2 ^ b.2).leadingZeroBitCount }
    return 192 + (a.3 ^ b.3).leadingZeroBitCount
  }

  /// The first `length` bits, the rest zero; `length` is 0 … 256.
  func prefix(_ length: Int) -> Digest {
    // A shift by the width or more gives zero, so that ~0 >> length masks what is to go.
    func keep(_ word: UInt64, _ bits: Int) -> UInt64 {
      bits <= 0 ? 0 : word & ~(UInt64.max >> bits)
    }
    let words = words
    return Digest(
      keep(words.0, length), keep(words.1, length - 64), keep(words.2, length - 128),
      keep(words.3, length - 192))
  }

  /// The first `length` bits, the rest one: the highest key with that prefix.
  func filled(_ length: Int) -> Digest {
    func fill(_ word: UInt64, _ bits: Int) -> UInt64 {
      bits <= 0 ? UInt64.max : word | UInt64.max >> bits
    }
    let words = words
    return Digest(
      fill(words.0, length), fill(words.1, length - 64), fill(words.2, length - 128),
      fill(words.3, length - 192))
  }

  /// Whether the first `length` bits are those of `prefix`.
  func extends(_ prefix: Digest, _ length: Int) -> Bool {
    firstDifferingBit(from: prefix) >= length
  }

  /// The same bits with the one at `index`, 0 … 255, set.
  func setting(_ index: Int) -> Digest {
    let mask = (1 as UInt64) << UInt64(63 - index & 63)
    let words = words
    return switch index >> 6 {
    case 0: Digest(words.0 | mask, words.1, words.2, words.3)
    case 1: Digest(words.0, words.1 | mask, words.2, words.3)
    case 2: Digest(words.0, words.1, words.2 | mask, words.3)
    default: Digest(words.0, words.1, words.2, words.3 | mask)
    }
  }
}
