/// A note that at least one trusted key signed; only ``SignedNote/verify(with:)`` makes one.
package struct VerifiedNote: Hashable, Sendable {
  /// A signature that verified.
  package struct Signature: Hashable, Sendable {
    /// The trusted key.
    package let key: NoteVerifierKey

    /// Its line of the note.
    package let signature: NoteSignature

    /// When a cosigner saw the checkpoint, in seconds since 1970; `nil` for an ordinary signature.
    package var timestamp: UInt64? {
      switch key.algorithm {
      case .ed25519: nil
      case .ed25519Cosignature: Cosignature(bytes: signature.signature)?.timestamp
      }
    }
  }

  /// The note with all its signatures, those of unknown keys too.
  package let note: SignedNote

  /// The signatures of trusted keys, at least one, in the order of their lines.
  package let signatures: [Signature]

  /// The text that was signed.
  package var text: [UInt8] { note.text }

  init(note: SignedNote, signatures: [Signature]) {
    self.note = note
    self.signatures = signatures
  }
}
