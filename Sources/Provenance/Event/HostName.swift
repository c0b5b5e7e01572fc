/// The name of a host: a DNS name of 4 to 253 bytes in lower case, at least two labels of
/// `[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?`, the last of which is no number; never an address or a port.
package struct HostName: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  package init?(_ text: String) {
    let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (4...253).contains(text.utf8.count), labels.count >= 2,
      labels.allSatisfy(Self.isLabel), let last = labels.last, !last.allSatisfy(Self.isDigit)
    else { return nil }
    self.text = text
  }

  private static func isLabel(_ label: Substring.UTF8View) -> Bool {
    let hyphen = UInt8(ascii: "-")
    return (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
      && label.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || isDigit($0) || $0 == hyphen
      }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  package var description: String { text }
  package static func < (a: HostName, b: HostName) -> Bool { a.text < b.text }
}
