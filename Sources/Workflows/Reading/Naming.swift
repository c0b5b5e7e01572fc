package import LedgerCrypto
internal import LedgerStore
package import Provenance

/// What people type for an event or a key.
extension LedgerView {
  /// The fewest digits that stand for an id: 32 bits, which no two of a million ids are likely to share.
  package static let fewestDigits = 8

  /// The event of a sequence, an event id, or enough of an id's first digits.
  ///
  /// Digits that are a sequence of the log are that sequence.
  package func event(
    named text: String, fewestDigits: Int = LedgerView.fewestDigits
  ) throws -> AdmittedEvent {
    if let sequence = UInt64(text), String(sequence) == text,
      text.utf8.count < fewestDigits || sequence < size
    {
      return try event(sequence)
    }
    guard let digits = Self.digits(text, fewest: fewestDigits) else {
      throw WorkflowFailure.noEvent(text)
    }
    let ids = try ledger.eventIDs(startingWith: digits, limit: 2)
    guard ids.count < 2 else { throw WorkflowFailure.severalIDs(text) }
    guard let id = ids.first, let event = try self.event(id: id) else {
      throw WorkflowFailure.noEvent(text)
    }
    return event
  }

  /// The id of a key that the ledger has, from the id or enough of its first digits.
  ///
  /// A whole id is taken as it is: whether the ledger has it is for the rules to say.
  package func keyID(
    named text: String, fewestDigits: Int = LedgerView.fewestDigits
  ) throws -> Digest {
    if let id = Digest(hex: text) { return id }
    guard let digits = Self.digits(text, fewest: fewestDigits) else {
      throw WorkflowFailure.noKeyID(text)
    }
    let ids = state.authority.keys.keys.filter { $0.hex.hasPrefix(digits) }
    guard ids.count < 2 else { throw WorkflowFailure.severalIDs(text) }
    guard let id = ids.first else { throw WorkflowFailure.noKeyID(text) }
    return id
  }

  /// The text as the first digits of an id, in lower case, or `nil`.
  private static func digits(_ text: String, fewest: Int) -> String? {
    let digits = text.lowercased()
    let isHex = digits.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    return isHex && (fewest...64).contains(digits.utf8.count) ? digits : nil
  }
}
