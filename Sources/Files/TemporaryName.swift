/// Names for the time being: they begin with a dot, which no name of ours does, and end at random.
///
/// Whoever makes such a file makes it anew (`O_EXCL`) and removes it itself. Nothing is ever cleared,
/// taken over or replaced because it is called so: it may be anybody's.
package enum TemporaryName {
  static let prefix = ".winnow-"

  /// A name in `directory` that nothing else has.
  package static func fresh(in directory: String) -> String {
    let words = (UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max))
    return "\(directory)/\(prefix)\(hex(words.0))\(hex(words.1))"
  }

  /// Whether a name is such a one, to be passed over where names are listed.
  package static func isOne(_ name: String) -> Bool { name.hasPrefix(prefix) }

  private static func hex(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
