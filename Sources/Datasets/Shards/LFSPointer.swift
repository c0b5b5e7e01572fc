package import LedgerCrypto

/// What a Git LFS pointer says of the file that it stands for.
///
/// Text of at most 1,024 bytes, `key value` a line, as Git LFS specifies it (docs/spec.md, version 1).
package struct LFSPointer: Hashable, Sendable {
  /// SHA-256 of the file.
  package let sha256: Digest
  /// Bytes of the file.
  package let size: UInt64

  /// The most bytes of a pointer.
  package static let maximumSize = 1_024

  /// How every pointer begins; so did those of an earlier version.
  private static let starts = [
    "version https://git-lfs.github.com/spec/", "version https://hawser.github.com/spec/",
  ]

  /// Whether a file that begins so is meant as a pointer.
  package static func begins(_ bytes: [UInt8]) -> Bool {
    starts.contains { bytes.starts(with: $0.utf8) }
  }

  /// Reads a pointer; `nil` for one that is damaged or of a version that is not known.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.maximumSize, Self.begins(bytes), bytes.last == 0x0a else {
      return nil
    }
    var members: [String: Substring] = [:]
    for line in String(decoding: bytes.dropLast(), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      guard let space = line.firstIndex(of: " ") else { return nil }
      let value = line[line.index(after: space)...]
      guard members.updateValue(value, forKey: String(line[..<space])) == nil else { return nil }
    }
    guard members["version"]?.hasSuffix("/spec/v1") == true,
      let oid = members["oid"], oid.hasPrefix("sha256:"),
      let digest = Digest(hex: oid.dropFirst("sha256:".count)),
      let text = members["size"], text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let size = UInt64(text)
    else { return nil }
    sha256 = digest
    self.size = size
  }
}
