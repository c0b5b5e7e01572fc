package import LedgerCrypto

/// All keys that begin with the same 0 … 256 bits.
package struct KeyPrefix: Hashable, Sendable {
  /// The bits, those past ``length`` zero: also the lowest key.
  package let bits: Digest
  /// How many bits are fixed, 0 … 256.
  package let length: Int

  /// Takes the first `length` bits of `key`, or gives `nil` unless `length` is 0 … 256.
  package init?(of key: Digest, length: Int) {
    guard (0...256).contains(length) else { return nil }
    bits = key.prefix(length)
    self.length = length
  }

  private init() {
    bits = .zero
    length = 0
  }

  /// Every key.
  package static let all = KeyPrefix()

  /// The highest key.
  package var last: Digest { bits.filled(length) }

  /// Whether `key` begins with these bits.
  package func contains(_ key: Digest) -> Bool {
    key.extends(bits, length)
  }

  /// Whether every key of `other` is one of this prefix.
  package func contains(_ other: KeyPrefix) -> Bool {
    other.length >= length && contains(other.bits)
  }

  /// The 2^`length` prefixes of `length` bits, ascending, into which workers share the keys.
  ///
  /// `length` is 0 … 16, and `nil` otherwise.
  package static func partition(length: Int) -> [KeyPrefix]? {
    guard (0...16).contains(length) else { return nil }
    return (0..<1 << length).compactMap { index in
      let word = length == 0 ? 0 : UInt64(index) << UInt64(64 - length)
      return KeyPrefix(of: Digest(word, 0, 0, 0), length: length)
    }
  }
}
