internal import LedgerCrypto

/// One signature line of a note: `— name base64(key ID ‖ signature)`.
package struct NoteSignature: Hashable, Sendable {
  /// Who claims to have signed.
  package let name: KeyName

  /// Which of their keys: the key's four-byte identifier, big-endian.
  package let keyID: UInt32

  /// What follows the key ID: at least one byte, 64 for Ed25519, 72 for a cosignature.
  package let signature: [UInt8]

  /// U+2014 and a space.
  private static let dash: [UInt8] = [0xe2, 0x80, 0x94, 0x20]

  /// Takes the parts of a signature, unverified; gives `nil` when `signature` is empty.
  package init?(name: KeyName, keyID: UInt32, signature: [UInt8]) {
    guard !signature.isEmpty else { return nil }
    self.name = name
    self.keyID = keyID
    self.signature = signature
  }

  /// Takes a signature that a key has just made.
  init(unchecked signature: [UInt8], name: KeyName, keyID: UInt32) {
    self.name = name
    self.keyID = keyID
    self.signature = signature
  }

  /// Parses one line without its newline, or gives `nil` when it is not exactly a signature line.
  package init?(line: some Collection<UInt8>) {
    guard line.starts(with: Self.dash) else { return nil }
    let rest = line.dropFirst(Self.dash.count)
    guard let space = rest.firstIndex(of: 0x20), let name = KeyName(bytes: rest[..<space]),
      let data = Base64.decode(rest[rest.index(after: space)...]), data.count > 4
    else { return nil }
    self.init(
      name: name, keyID: data[..<4].reduce(0) { $0 << 8 | UInt32($1) },
      signature: Array(data[4...]))
  }

  /// The line with its newline.
  package var line: [UInt8] {
    Self.dash + name.bytes + [0x20] + Base64.encodeBytes(keyID.bigEndianBytes + signature) + [0x0a]
  }
}
