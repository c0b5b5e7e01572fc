package import LedgerCrypto

/// A public key that verifies signatures of notes, with the name that it signs under.
///
/// Text form, a *vkey*: `name+hhhhhhhh+base64(type ‖ key)`, the key ID in lowercase hexadecimal
/// (signed-note, "Verifier keys").
package struct NoteVerifierKey: Hashable, Sendable {
  /// What a key of this name signs.
  package enum Algorithm: UInt8, Hashable, Sendable {
    /// The note's text, with Ed25519.
    case ed25519 = 0x01
    /// A checkpoint and the time at which it was seen, with Ed25519 (tlog-cosignature).
    case ed25519Cosignature = 0x04
  }

  /// Whose key it is.
  package let name: KeyName

  /// What it signs.
  package let algorithm: Algorithm

  /// The Ed25519 public key.
  package let key: VerifyingKey

  /// The first four bytes of SHA-256(name ‖ 0A ‖ type ‖ key), big-endian.
  package let id: UInt32

  /// Names a public key.
  package init(name: KeyName, algorithm: Algorithm = .ed25519, key: VerifyingKey) {
    self.name = name
    self.algorithm = algorithm
    self.key = key
    let hash = Digest(sha256: name.bytes + [0x0a, algorithm.rawValue] + key.bytes.bytes)
    id = UInt32(truncatingIfNeeded: hash.words.0 >> 32)
  }

  /// Parses a vkey, and computes its key ID again.
  ///
  /// - Throws: ``VerifierKeyError``.
  package init(parsing vkey: some Collection<UInt8>) throws(VerifierKeyError) {
    // Base64 may hold a '+' of its own: only the first two separate.
    let parts = vkey.split(
      separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw .malformed }
    guard let name = KeyName(bytes: parts[0]) else { throw .invalidName }
    guard parts[1].count == 8,
      let id = [UInt8](hex: String(decoding: parts[1], as: UTF8.self)),
      let data = Base64.decode(parts[2]), let type = data.first
    else { throw .malformed }
    guard let algorithm = Algorithm(rawValue: type) else { throw .unsupportedType(type) }
    guard let key = Digest(bytes: data.dropFirst()) else {
      throw .wrongKeyLength(data.count - 1)
    }
    self.init(name: name, algorithm: algorithm, key: VerifyingKey(bytes: key))
    guard self.id == id.reduce(0, { $0 << 8 | UInt32($1) }) else { throw .idMismatch }
  }

  /// Whether `signature` is this key's over a note's text.
  ///
  /// - Parameters:
  ///   - signature: What follows the key ID: 64 bytes, or 72 for a cosignature.
  ///   - text: The whole text with its last newline.
  /// - Returns: `false` also for a signature of another length.
  func verifies(_ signature: [UInt8], ofText text: [UInt8]) -> Bool {
    switch algorithm {
    case .ed25519: return key.verifies(signature, of: text.span)
    case .ed25519Cosignature:
      guard let cosignature = Cosignature(bytes: signature) else { return false }
      let message = Cosignature.message(checkpoint: text, timestamp: cosignature.timestamp)
      return key.verifies(cosignature.signature, of: message.span)
    }
  }
}

extension NoteVerifierKey: CustomStringConvertible {
  /// The vkey.
  package var description: String {
    let data = Base64.encode([algorithm.rawValue] + key.bytes.bytes)
    return "\(name)+\(id.bigEndianBytes.hex)+\(data)"
  }
}

extension FixedWidthInteger {
  /// The bytes, the most significant first.
  var bigEndianBytes: [UInt8] {
    stride(from: Self.bitWidth - 8, through: 0, by: -8).map {
      UInt8(truncatingIfNeeded: self >> Self($0))
    }
  }
}

/// Why text is not a usable vkey.
package enum VerifierKeyError: Error, Hashable, Sendable {
  /// The text is not `name+hhhhhhhh+base64`.
  case malformed
  /// The name is empty, or holds a space, a control character or bytes that are not UTF-8.
  case invalidName
  /// The signature type is none that this version checks.
  case unsupportedType(UInt8)
  /// An Ed25519 key has another number of bytes than 32.
  case wrongKeyLength(Int)
  /// The key ID is not that of the name and key.
  case idMismatch
}

extension VerifierKeyError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .malformed:
      "The key is not of the form name+hhhhhhhh+base64; copy the log's vkey whole."
    case .invalidName: "The name before the key's first + is empty or holds spaces; copy it whole."
    case .unsupportedType(let type):
      "Keys of signature type \([type].hex) are not supported; use an Ed25519 key, type 01 or 04."
    case .wrongKeyLength(let count):
      "The key has \(count.of("byte")) where Ed25519 has 32; copy the vkey whole."
    case .idMismatch:
      "The key's identifier does not match its name and bytes; ask its owner for the vkey again."
    }
  }
}
