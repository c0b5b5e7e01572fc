internal import LedgerCrypto

/// A text with signature lines below it, parsed and not verified (signed-note 1.0.0).
///
/// Text, newline, blank line, `— name base64` lines. There is one spelling of each: printing what
/// was parsed gives the same bytes.
package struct SignedNote: Hashable, Sendable {
  /// The most bytes that a note may have: 1 MiB.
  package static let maximumLength = 1 << 20

  /// The most signatures that a note may have: 100.
  package static let maximumSignatures = 100

  /// The signed bytes: UTF-8 that ends with a newline, without other control characters below 20.
  package let text: [UInt8]

  /// 1 to 100 signatures in the order of their lines, unverified.
  package private(set) var signatures: [NoteSignature]

  /// Parses a note.
  ///
  /// Signatures begin after the last blank line, so that the text may hold blank lines of its own.
  ///
  /// - Throws: ``NoteError`` for anything that is not exactly a note.
  package init(parsing note: [UInt8]) throws(NoteError) {
    try Self.checkCharacters(note)
    guard let blank = Self.lastBlankLine(in: note) else { throw .noBlankLine }
    text = Array(note[...blank])
    let lines = note[(blank + 2)...]
    guard lines.last == 0x0a else { throw .noSignatures }
    signatures = []
    for line in lines.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false) {
      guard signatures.count < Self.maximumSignatures else { throw .tooManySignatures }
      guard let signature = NoteSignature(line: line) else {
        throw .malformedSignature(line: signatures.count + 1)
      }
      signatures.append(signature)
    }
  }

  /// Signs `text`, once with each signer in this order.
  ///
  /// - Throws: ``NoteError`` when `text` is not the text of a note, or signing fails.
  package init(signing text: [UInt8], by signers: [NoteSigner]) throws(NoteError) {
    try Self.checkCharacters(text)
    guard text.last == 0x0a else { throw .textWithoutNewline }
    guard !signers.isEmpty else { throw .noSignatures }
    guard signers.count <= Self.maximumSignatures else { throw .tooManySignatures }
    self.text = text
    signatures = []
    for signer in signers { signatures.append(try signer.sign(text)) }
    try checkLength()
  }

  /// Adds a signature below the others, unverified, as of a witness.
  ///
  /// - Throws: ``NoteError/tooManySignatures`` or ``NoteError/tooLong(_:)``; the note then stays
  ///   as it was.
  package mutating func add(_ signature: NoteSignature) throws(NoteError) {
    guard signatures.count < Self.maximumSignatures else { throw .tooManySignatures }
    var larger = self
    larger.signatures.append(signature)
    try larger.checkLength()
    self = larger
  }

  /// The note as text: what was parsed, byte for byte.
  package var bytes: [UInt8] {
    var output = text
    output.append(0x0a)
    for signature in signatures { output += signature.line }
    return output
  }

  /// Verifies the note with the keys that are trusted, at least one of which must have signed.
  ///
  /// A signature whose name and key ID are those of no key is ignored. One of a known key must be
  /// valid, each time when it stands there more than once, or the whole note is refused.
  ///
  /// - Throws: ``NoteError/badSignature(_:keyID:)``, ``NoteError/noKnownKey`` or
  ///   ``NoteError/ambiguousKey(_:keyID:)``.
  package func verify(with keys: [NoteVerifierKey]) throws(NoteError) -> VerifiedNote {
    var verified: [VerifiedNote.Signature] = []
    for signature in signatures {
      let candidates = keys.filter { $0.id == signature.keyID && $0.name == signature.name }
      guard let key = candidates.first else { continue }
      guard candidates.allSatisfy({ $0 == key }) else {
        throw .ambiguousKey(signature.name, keyID: signature.keyID)
      }
      guard key.verifies(signature.signature, ofText: text) else {
        throw .badSignature(signature.name, keyID: signature.keyID)
      }
      verified.append(VerifiedNote.Signature(key: key, signature: signature))
    }
    guard !verified.isEmpty else { throw .noKnownKey }
    return VerifiedNote(note: self, signatures: verified)
  }

  private func checkLength() throws(NoteError) {
    let count = bytes.count
    guard count <= Self.maximumLength else { throw .tooLong(count) }
  }

  private static func checkCharacters(_ note: [UInt8]) throws(NoteError) {
    guard note.count <= maximumLength else { throw .tooLong(note.count) }
    if let offset = note.firstIndex(where: { $0 < 0x20 && $0 != 0x0a }) {
      throw .controlCharacter(offset: offset)
    }
    guard String(validating: note, as: UTF8.self) != nil else { throw .notUTF8 }
  }

  /// Where the last two newlines in a row begin.
  private static func lastBlankLine(in note: [UInt8]) -> Int? {
    var index = note.count - 2
    while index >= 0 {
      if note[index] == 0x0a && note[index + 1] == 0x0a { return index }
      index -= 1
    }
    return nil
  }
}
