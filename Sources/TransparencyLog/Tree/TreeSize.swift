package import LedgerCrypto

/// How many leaves a tree has: 0 to 2^63 − 1.
///
/// Text form: ASCII decimal without leading zeros, `0` for the empty tree (tlog-checkpoint).
package struct TreeSize: Hashable, Comparable, Sendable {
  /// The number of leaves.
  package let rawValue: UInt64

  /// The size of the empty tree.
  package static let zero = TreeSize(unchecked: 0)

  /// The largest size, 2^63 − 1.
  package static let max = TreeSize(unchecked: UInt64(Int64.max))

  /// Takes a number of leaves, or gives `nil` above 2^63 − 1.
  package init?(_ rawValue: UInt64) {
    guard rawValue <= UInt64(Int64.max) else { return nil }
    self.rawValue = rawValue
  }

  /// Takes canonical decimal digits, or gives `nil` for any other text or a size above 2^63 − 1.
  package init?(decimal text: some Collection<UInt8>) {
    guard let value = Decimal.parse(text) else { return nil }
    self.init(value)
  }

  /// Takes a number that the caller has checked.
  init(unchecked rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Whether `a` has fewer leaves than `b`.
  package static func < (a: TreeSize, b: TreeSize) -> Bool {
    a.rawValue < b.rawValue
  }
}

extension TreeSize: CustomStringConvertible {
  /// The canonical decimal digits.
  package var description: String { String(rawValue) }
}

/// The size and root of a tree: what a checkpoint signs.
package struct TreeHead: Hashable, Sendable {
  /// The head of the tree without leaves.
  package static let empty = TreeHead(size: .zero, root: TreeHash.empty)

  /// The number of leaves.
  package let size: TreeSize

  /// The hash over all of them.
  package let root: Digest

  /// Takes a size and a root, unchecked against each other.
  package init(size: TreeSize, root: Digest) {
    self.size = size
    self.root = root
  }
}

/// Canonical ASCII decimal: digits only, without leading zeros but `0` itself.
enum Decimal {
  /// The value of `text`, or `nil` when it is not canonical or exceeds 64 bits.
  static func parse(_ text: some Collection<UInt8>) -> UInt64? {
    guard let first = text.first, text.count <= 20 else { return nil }
    if first == UInt8(ascii: "0"), text.count > 1 { return nil }
    var value: UInt64 = 0
    for digit in text {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }
}
