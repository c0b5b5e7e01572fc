package import LedgerCrypto

/// The keys that signed what a claim rests on, pinned or not.
package struct ClaimSigners: Hashable, Sendable {
  package struct Signer: Hashable, Sendable {
    package let key: Digest
    /// Whose key it is, as pinned or else as a complete log says.
    package let actor: ActorName?
    package let isPinned: Bool
    /// The entries that it signed among those that the claim rests on, ascending; `nil` under `complete`.
    package let sequences: [UInt64]?

    package init(key: Digest, actor: ActorName?, isPinned: Bool, sequences: [UInt64]?) {
      self.key = key
      self.actor = actor
      self.isPinned = isPinned
      self.sequences = sequences
    }
  }

  /// The word that names the claim.
  package let type: String
  /// Ascending by key.
  package let signers: [Signer]

  package init(type: String, signers: [Signer]) {
    self.type = type
    self.signers = signers
  }
}

extension BundleVerifier {
  /// Notes who signed what `claim` rests on.
  ///
  /// Where keys are pinned, each entry bears the signature of one, or else anybody in the log could have
  /// said what the claim repeats: it is then skipped.
  ///
  /// - Returns: whether the claim stands on them.
  mutating func rests(_ claim: Claim, on sequences: [UInt64], name: String) -> Bool {
    note(claim, sequences)
    guard !anchors.actors.isEmpty, let other = sequences.first(where: { !isPinned($0) }) else {
      return true
    }
    skip(name, .signersNotPinned(other, attribution(other)))
    return false
  }

  /// Notes who signed the entries at `sequences`; all entries of a complete log with `nil`.
  mutating func note(_ claim: Claim, _ sequences: [UInt64]?) {
    var signed: [Digest: Set<UInt64>] = [:]
    for sequence in sequences ?? Array(proven.keys) {
      for signature in proven[sequence]?.event.signatures ?? [] {
        signed[signature.keyID, default: []].insert(sequence)
      }
    }
    signers.append(
      ClaimSigners(
        type: claim.type,
        signers: signed.sorted { $0.key < $1.key }.map { key, signed in
          ClaimSigners.Signer(
            key: key, actor: anchors.actors[key] ?? state?.authority.keys[key]?.actor,
            isPinned: anchors.actors[key] != nil,
            sequences: sequences == nil ? nil : signed.sorted())
        }))
  }
}
