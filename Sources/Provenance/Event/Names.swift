internal import CanonicalJSON
package import LedgerCrypto

/// The grammar that all names share (see the article Formats).
package enum NameGrammar {
  /// Whether `text` is `[a-z0-9][a-z0-9._/-]{0,127}` without an empty, `.` or `..` segment.
  package static func isName(_ text: String) -> Bool {
    let bytes = text.utf8Span.span
    guard (1...128).contains(bytes.count), isFirst(bytes[0]) else { return false }
    var start = 0
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "/") {
        guard isSegment(bytes.extracting(start..<index)) else { return false }
        start = index + 1
      } else if !isRest(bytes[index]) {
        return false
      }
    }
    return isSegment(bytes.extracting(start..<bytes.count))
  }

  /// Whether a segment is none of empty, `.` and `..`.
  private static func isSegment(_ bytes: Span<UInt8>) -> Bool {
    switch bytes.count {
    case 0: false
    case 1: bytes[0] != UInt8(ascii: ".")
    case 2: bytes[0] != UInt8(ascii: ".") || bytes[1] != UInt8(ascii: ".")
    default: true
    }
  }

  /// Whether `text` is `[a-z0-9][a-z0-9._-]{0,63}`.
  package static func isVersion(_ text: String) -> Bool {
    let bytes = text.utf8Span.span
    guard (1...64).contains(bytes.count), isFirst(bytes[0]) else { return false }
    for index in bytes.indices where !isRest(bytes[index]) { return false }
    return true
  }

  private static func isFirst(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isRest(_ byte: UInt8) -> Bool {
    isFirst(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-")
  }
}

/// The name of a dataset, list or model: `[a-z0-9][a-z0-9._/-]{0,127}`.
package struct Name: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  package init?(_ text: String) {
    guard NameGrammar.isName(text) else { return nil }
    self.text = text
  }

  package var description: String { text }
  package static func < (a: Name, b: Name) -> Bool { a.text < b.text }
}

/// The name of an actor: a ``Name`` without `/`.
package struct ActorName: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  package init?(_ text: String) {
    guard NameGrammar.isName(text), !text.utf8.contains(UInt8(ascii: "/")) else { return nil }
    self.text = text
  }

  package var description: String { text }
  package static func < (a: ActorName, b: ActorName) -> Bool { a.text < b.text }
}

/// `NAME@VERSION`: a release of a dataset or a version of a hash list.
package struct VersionedName: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let name: Name
  /// `[a-z0-9][a-z0-9._-]{0,63}`.
  package let version: String

  package init?(name: Name, version: String) {
    guard NameGrammar.isVersion(version) else { return nil }
    self.name = name
    self.version = version
  }

  /// Takes `NAME@VERSION`, or gives `nil`.
  package init?(_ text: String) {
    let bytes = text.utf8
    guard let at = bytes.firstIndex(of: UInt8(ascii: "@")), let name = Name(String(text[..<at]))
    else { return nil }
    self.init(name: name, version: String(text[bytes.index(after: at)...]))
  }

  package var description: String { "\(name)@\(version)" }

  package static func < (a: VersionedName, b: VersionedName) -> Bool {
    a.description < b.description
  }
}

/// The name of a ledger and of its log: a schema-less URL of printable ASCII without space or `+`,
/// 1 to 128 bytes (C2SP tlog-checkpoint).
package struct Origin: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard (1...128).contains(bytes.count),
      bytes.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "+") }),
      !text.contains("://")
    else { return nil }
    self.text = text
  }

  package var description: String { text }
}

/// The identifier of an event: SHA-256 of the DSSE pre-authentication encoding of its statement.
package struct EventID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let digest: Digest

  package init(_ digest: Digest) {
    self.digest = digest
  }

  /// Takes 64 hexadecimal digits in lower case, or gives `nil`.
  package init?(hex: String) {
    guard let digest = Digest(hexDigits: hex.utf8Span.span) else { return nil }
    self.digest = digest
  }

  package var description: String { digest.hex }
  package static func < (a: EventID, b: EventID) -> Bool { a.digest < b.digest }
}
