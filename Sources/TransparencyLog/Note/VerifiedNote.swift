/// A note that at least one trusted key signed; only ``SignedNote/verify(with:)`` makes one.
public struct VerifiedNote: Hashable, Sendable {
  /// A signature that verified.
  public struct Signature: Hashable, Sendable {
    /// The trusted key.
    public let key: NoteVerifierKey

    /// Its line of the note.
    public let signature: NoteSignature

    /// When a cosigner saw the checkpoint, in seconds since 1970; `nil` for an ordinary signature.
    public var timestamp: UInt64? {
      switch key.algorithm {
      case .ed25519: nil
      case .ed25519Cosignature: Cosignature(bytes: signature.signature)?.timestamp
      }
    }
  }

  /// The note with all its signatures, those of unknown keys too.
  public let note: SignedNote

  /// The signatures of trusted keys, at least one, in the order of their lines.
  public let signatures: [Signature]

  /// The text that was signed.
  public var text: [UInt8] { note.text }

  init(note: SignedNote, signatures: [Signature]) {
    self.note = note
    self.signatures = signatures
  }
}
