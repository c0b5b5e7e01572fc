/// A name or URL in a policy: opaque octets, compared as such (tlog-policy, "Character set").
///
/// One or more bytes of 21–7E and 80–FF, so that it stands between spaces.
package struct PolicyWord: Hashable, Sendable {
  /// The octets.
  package let bytes: [UInt8]

  /// Takes octets, or gives `nil` when they are none, or one of them may not stand in a word.
  package init?(bytes: some Collection<UInt8>) {
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return nil }
    self.bytes = Array(bytes)
  }

  /// Takes the UTF-8 of a text, or gives `nil` as for octets.
  package init?(_ text: String) {
    self.init(bytes: text.utf8)
  }

  /// `none`, the quorum that asks for no witness; nothing else may be named so.
  static let none = Array("none".utf8)
}

extension PolicyWord: CustomStringConvertible {
  /// The octets read as UTF-8, for messages: what is not UTF-8 is replaced.
  package var description: String { String(decoding: bytes, as: UTF8.self) }
}
