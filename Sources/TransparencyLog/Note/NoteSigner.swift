package import LedgerCrypto

/// A private key that signs notes under a name, with Ed25519 (type 01).
package struct NoteSigner: Sendable {
  /// The public half with its name: its description is the vkey to hand out.
  package let verifierKey: NoteVerifierKey

  private let key: SigningKey

  /// Names a private key.
  package init(name: KeyName, key: SigningKey) {
    self.key = key
    verifierKey = NoteVerifierKey(name: name, key: key.verifyingKey)
  }

  /// Signs a note's whole text, its last newline included.
  ///
  /// - Throws: ``NoteError/crypto(_:)`` when the library fails.
  package func sign(_ text: [UInt8]) throws(NoteError) -> NoteSignature {
    do {
      return NoteSignature(
        unchecked: try key.sign(text.span), name: verifierKey.name, keyID: verifierKey.id)
    } catch {
      throw .crypto(error)
    }
  }
}

/// A private key that cosigns the checkpoints of logs under a name (type 04, cosignature/v1).
///
/// A cosignature does not commit to the name: give each cosigner its own key (tlog-cosignature).
package struct NoteCosigner: Sendable {
  /// The public half with its name: its description is the vkey to hand out.
  package let verifierKey: NoteVerifierKey

  private let key: SigningKey

  /// Names a private key.
  package init(name: KeyName, key: SigningKey) {
    self.key = key
    verifierKey = NoteVerifierKey(
      name: name, algorithm: .ed25519Cosignature, key: key.verifyingKey)
  }

  /// Signs that this checkpoint is the largest consistent one that was seen by `timestamp`.
  ///
  /// - Parameters:
  ///   - checkpoint: The whole text of the note, its last newline included.
  ///   - timestamp: Seconds since 1970; its top bit is dropped, since a cosignature has 63 bits.
  /// - Returns: The signature line to add to the note.
  /// - Throws: ``NoteError/crypto(_:)`` when the library fails.
  package func cosign(
    _ checkpoint: [UInt8], at timestamp: UInt64
  ) throws(NoteError) -> NoteSignature {
    let timestamp = timestamp & UInt64(Int64.max)
    let message = Cosignature.message(checkpoint: checkpoint, timestamp: timestamp)
    do {
      let signature = timestamp.bigEndianBytes + (try key.sign(message.span))
      return NoteSignature(
        unchecked: signature, name: verifierKey.name, keyID: verifierKey.id)
    } catch {
      throw .crypto(error)
    }
  }
}
