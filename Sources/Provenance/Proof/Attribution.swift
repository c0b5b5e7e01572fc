internal import LedgerCrypto

/// In whose words a sentence speaks of an event: its signers', of what they did themselves or of what
/// they say that another did.
extension BundleVerifier {
  /// `signed by ALICE`, or for an import `as stated by ALICE about BOB`.
  func attribution(of entry: Entry) -> String {
    let signers = signers(of: entry)
    guard let actor = entry.event.statement.header.attributedTo else {
      return "signed by \(signers)"
    }
    // What is not shown of a key is not said of the actor.
    let comma = signers.hasSuffix("not shown") ? "," : ""
    return "as stated by \(signers)\(comma) about \(actor)"
  }

  /// The same of the entry at `sequence`.
  func attribution(_ sequence: UInt64) -> String {
    proven[sequence].map(attribution(of:)) ?? "signed by nobody"
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

  /// Who signed, as far as this bundle and the verifier's pins show.
  private func signers(of entry: Entry) -> String {
    entry.event.signatures.map { signature in
      if let actor = anchors.actors[signature.keyID] { return "\(actor) (pinned key)" }
      if let record = state?.authority.keys[signature.keyID] {
        return "\(record.actor) (as named by the ledger)"
      }
      return "key \(signature.keyID.hex.prefix(16)), role not shown"
    }.joined(separator: ", ")
  }
}

extension Body {
  /// The event within a sentence: `a union-computed event`, or `a statement of a union-computed event`
  /// where others only stated figures and no root is known.
  var inWords: String {
    isStated ? "a statement of \(kind.inWords)" : kind.inWords
  }
}
