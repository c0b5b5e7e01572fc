package import LedgerCrypto
package import Provenance

/// One who signs a statement, and how.
package struct Signer: Sendable {
  /// Where the private half of the key is.
  package enum Means: Sendable {
    /// Open in this process.
    case key(SigningKey)
    /// Asked by a program.
    case command(SignerCommand)
    /// Not here: whoever holds it signs with `winnow sign`.
    case elsewhere
  }

  package let actor: ActorName
  package let publicKey: VerifyingKey
  package let means: Means

  package init(_ actor: ActorName, _ publicKey: VerifyingKey, _ means: Means) {
    self.actor = actor
    self.publicKey = publicKey
    self.means = means
  }

  package init(_ actor: ActorName, _ key: SigningKey) {
    self.init(actor, key.verifyingKey, .key(key))
  }
}

extension Signer {
  /// Whether it signs elsewhere.
  var isElsewhere: Bool {
    if case .elsewhere = means { return true }
    return false
  }
}

extension PartlySigned {
  /// Adds the signature of `signer`, if its key is here.
  mutating func sign(as signer: Signer) throws {
    switch signer.means {
    case .key(let key): try sign(with: [key])
    case .command(let command):
      try add(try command.sign(message, as: signer.publicKey), by: signer.publicKey)
    case .elsewhere: break
    }
  }
}

/// Which key of an actor is meant: `ACTOR`, or `ACTOR/DIGITS` with 8 or more of the key id's first
/// digits, where several count.
package struct SignerName: Hashable, Sendable {
  package let actor: ActorName
  /// The first digits of the key id, in lower case.
  package let digits: String?

  package init(_ actor: ActorName) {
    self.actor = actor
    digits = nil
  }

  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let actor = ActorName(String(first)) else { return nil }
    self.actor = actor
    guard parts.count == 2 else {
      digits = nil
      return
    }
    let digits = parts[1].lowercased()
    let isHex = digits.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    guard isHex, (8...64).contains(digits.utf8.count) else { return nil }
    self.digits = digits
  }

  func matches(_ id: Digest) -> Bool { digits.map { id.hex.hasPrefix($0) } ?? true }
}
