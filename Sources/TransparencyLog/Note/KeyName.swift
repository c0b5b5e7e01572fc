/// The name of a key that signs notes, and the origin of a log, which is the name of its key.
///
/// UTF-8, not empty, without Unicode spaces, `+` or control characters below 20; a URL without its
/// scheme by custom (signed-note). Names are compared by their bytes, never by normal form.
package struct KeyName: Hashable, Sendable {
  /// The UTF-8 bytes.
  package let bytes: [UInt8]

  /// Takes a name's bytes, or gives `nil` when they do not follow the grammar.
  package init?(bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    guard !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self),
      text.unicodeScalars.allSatisfy({
        $0.value >= 0x20 && $0 != "+" && !$0.properties.isWhitespace
      })
    else { return nil }
    self.bytes = bytes
  }

  /// Takes a name, or gives `nil` when it does not follow the grammar.
  package init?(_ text: String) {
    self.init(bytes: text.utf8)
  }
}

extension KeyName: LosslessStringConvertible {
  /// The name as text.
  package var description: String { String(decoding: bytes, as: UTF8.self) }
}
