package import LedgerCrypto

/// In whose words a sentence speaks of an event: its signers', of what they did themselves or of what
/// they say that another did.
package struct Attribution: Hashable, Sendable {
  /// A key that signed, and whose it is as far as a bundle and the verifier's pins show.
  package enum Signer: Hashable, Sendable {
    case pinned(ActorName)
    case named(ActorName)
    case key(Digest)
  }

  package let signers: [Signer]
  /// Whom an import is about.
  package let about: ActorName?

  package init(_ signers: [Signer], about: ActorName? = nil) {
    self.signers = signers
    self.about = about
  }
}

extension Attribution: CustomStringConvertible {
  /// `signed by ALICE`, or for an import `as stated by ALICE about BOB`.
  package var description: String {
    let names = signers.isEmpty ? "nobody" : signers.map(\.words).joined(separator: ", ")
    guard let about else { return "signed by \(names)" }
    // What is not shown of a key is not said of the actor.
    let comma = if case .key = signers.last { "," } else { "" }
    return "as stated by \(names)\(comma) about \(about)"
  }
}

extension Attribution.Signer {
  fileprivate var words: String {
    switch self {
    case .pinned(let actor): "\(actor) (pinned key)"
    case .named(let actor): "\(actor) (as named by the ledger)"
    case .key(let id): "key \(id.hex.prefix(16)), role not shown"
    }
  }
}

extension BundleVerifier {
  /// Who signed the entry at `sequence`.
  func attribution(_ sequence: UInt64) -> Attribution {
    guard let event = proven[sequence]?.event else { return Attribution([]) }
    return Attribution(
      event.signatures.map { signature in
        if let actor = anchors.actors[signature.keyID] { return .pinned(actor) }
        if let record = state?.authority.keys[signature.keyID] { return .named(record.actor) }
        return .key(signature.keyID)
      }, about: event.statement.header.attributedTo)
  }

  /// ` and signed by ALICE`, or `, as stated by ALICE about BOB`: what follows upon when it was recorded.
  func signedClause(_ sequence: UInt64) -> String {
    isImport(sequence) ? importClause(sequence) : " and \(attribution(sequence))"
  }

  /// `, as stated by ALICE about BOB` for an import, and nothing for what the signers did.
  func importClause(_ sequence: UInt64) -> String {
    isImport(sequence) ? ", \(attribution(sequence))" : ""
  }

  /// Whether a pinned key signed the entry at `sequence`.
  func isPinned(_ sequence: UInt64) -> Bool {
    proven[sequence]?.event.signatures.contains { anchors.actors[$0.keyID] != nil } ?? false
  }

  private func isImport(_ sequence: UInt64) -> Bool {
    proven[sequence]?.event.statement.header.attributedTo != nil
  }
}

extension Body {
  /// The event within a sentence: `a union-computed event`, or `a statement of a union-computed event`
  /// where others only stated figures and no root is known.
  var inWords: String {
    isStated ? "a statement of \(kind.inWords)" : kind.inWords
  }
}
