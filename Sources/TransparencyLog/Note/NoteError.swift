package import LedgerCrypto

/// Why bytes are not a signed note, or not one to trust.
package enum NoteError: Error, Hashable, Sendable {
  /// The note has more bytes than ``SignedNote/maximumLength``.
  case tooLong(Int)
  /// The bytes are not UTF-8.
  case notUTF8
  /// There is a control character other than a newline at this offset.
  case controlCharacter(offset: Int)
  /// The text to sign does not end with a newline.
  case textWithoutNewline
  /// No blank line separates the text from its signatures.
  case noBlankLine
  /// Nothing follows the blank line, or its last line has no newline.
  case noSignatures
  /// This line after the blank one, from 1, is not `— name base64`.
  case malformedSignature(line: Int)
  /// There are more signatures than ``SignedNote/maximumSignatures``.
  case tooManySignatures
  /// A known key's signature does not verify: the note was altered or forged.
  case badSignature(KeyName, keyID: UInt32)
  /// No known key has signed.
  case noKnownKey
  /// Two different known keys have this name and key ID, so that a signature says too little.
  case ambiguousKey(KeyName, keyID: UInt32)
  /// Signing failed.
  case crypto(CryptoFailure)
}

extension NoteError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .tooLong(let count):
      "The note has \(count.of("byte")), more than \(SignedNote.maximumLength.grouped); give a signed note."
    case .notUTF8: "The note is not UTF-8; give it as its signer wrote it."
    case .controlCharacter(let offset):
      "The note has a control character at byte \(offset); give it as its signer wrote it."
    case .textWithoutNewline: "The text to sign does not end with a newline; add one."
    case .noBlankLine:
      "The note has no blank line before its signatures; give it whole, signatures included."
    case .noSignatures: "The note has no signature, or its last line is cut; give it whole."
    case .malformedSignature(let line):
      "Signature line \(line) is not of the form — name base64; give the note as it was written."
    case .tooManySignatures:
      "The note has more than \(SignedNote.maximumSignatures) signatures; remove those not needed."
    case .badSignature(let name, _):
      "The signature of \(name) is not valid for this text; do not trust the note."
    case .noKnownKey:
      "None of the keys that you trust has signed the note; check the policy, or ask for the key."
    case .ambiguousKey(let name, let id):
      "Two known keys are named \(name) with identifier \(id.bigEndianBytes.hex); trust only one."
    case .crypto(let failure): failure.description
    }
  }
}
