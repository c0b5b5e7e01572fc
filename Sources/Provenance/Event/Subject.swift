package import CanonicalJSON
package import LedgerCrypto

/// What a statement is about: a name and one digest (in-toto ResourceDescriptor).
package struct Subject: Hashable, Sendable {
  package let name: String
  /// `winnowSet1` for a set or release, `sha256` for anything else.
  package let algorithm: String
  package let digest: Digest

  /// A set or release, by its root.
  package init(_ name: String, root: Digest) {
    self.name = name
    algorithm = "winnowSet1"
    digest = root
  }

  /// An artifact or evidence, by its own digest.
  package init(_ name: String, sha256: Digest) {
    self.name = name
    algorithm = "sha256"
    digest = sha256
  }

  /// Anything that has a name only: the digest is SHA-256 of the name.
  package init(named name: String) {
    self.init(name, sha256: Digest(sha256: name))
  }

  package var json: JSON {
    ["name": .string(name), "digest": [algorithm: .string(digest.hex)]]
  }

  /// The canonical bytes of a statement's `subject`, without the values in between.
  static func canonicalBytes(of subjects: [Subject]) -> [UInt8] {
    var output: [UInt8] = [UInt8(ascii: "[")]
    output.reserveCapacity(160 * subjects.count)
    for (index, subject) in subjects.enumerated() {
      output.append(contentsOf: (index > 0 ? ",{\"digest\":{" : "{\"digest\":{").utf8)
      JSONWriter.append(subject.algorithm, to: &output)
      output.append(contentsOf: ":\"".utf8)
      subject.digest.appendHex(to: &output)
      output.append(contentsOf: "\"},\"name\":".utf8)
      JSONWriter.append(subject.name, to: &output)
      output.append(UInt8(ascii: "}"))
    }
    output.append(UInt8(ascii: "]"))
    return output
  }
}
