/// Comparison of strings by their bytes, never by Unicode equivalence.
package enum NameOrder {
  /// Whether both have the same UTF-8 bytes.
  package static func areSame(_ a: String, _ b: String) -> Bool {
    areSame(a.utf8Span.span, b.utf8Span.span)
  }

  /// Whether both are the same bytes.
  package static func areSame(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.indices where a[index] != b[index] { return false }
    return true
  }

  /// Whether `a` sorts before `b` by UTF-16 code units, the order of RFC 8785 section 3.2.3.
  ///
  /// Linear in the common prefix.
  package static func precedes(_ a: String, _ b: String) -> Bool {
    precedes(a.utf8Span.span, b.utf8Span.span)
  }

  /// As for strings of these UTF-8 bytes.
  package static func precedes(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    let shared = min(a.count, b.count)
    for index in 0..<shared where a[index] != b[index] {
      return weight(a[index]) < weight(b[index])
    }
    return a.count < b.count
  }

  /// Lifts U+E000–U+FFFF above U+10000 and up, the one place where UTF-16 order is not UTF-8 order.
  ///
  /// Strings first differ either in a lead byte or below equal lead bytes; EE and EF lead exactly
  /// the scalars from U+E000 on that UTF-16 writes as one unit above every surrogate.
  private static func weight(_ byte: UInt8) -> UInt8 {
    byte == 0xee || byte == 0xef ? byte + 0x10 : byte
  }
}
