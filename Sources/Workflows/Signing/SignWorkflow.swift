package import LedgerCrypto
package import Provenance

/// Signing a file of statements away from the ledger.
package enum SignWorkflow {
  /// With what somebody signs.
  package enum Hand: Sendable {
    case keys(KeyDirectory, passphrase: @Sendable () throws -> Passphrase)
    case command(SignerCommand, as: VerifyingKey)
  }

  /// What signing did.
  package struct Done: Sendable {
    package var statements: [PartlySigned]
    package let key: VerifyingKey
    /// How many statements got the signature now.
    package let added: Int
    /// How many had it already.
    package let present: Int
  }

  /// Adds the signature of one signer to every statement that names its key.
  ///
  /// - Parameters:
  ///   - statements: as read from a file.
  ///   - actor: who signs.
  ///   - hand: with what.
  ///   - ledger: the ledger that every statement must be for, where the signer knows it.
  /// - Returns: the statements with the signature.
  /// - Throws: ``WorkflowFailure/noSigner(_:)`` when none of them names a key at hand, and a refusal
  ///   for a statement of another ledger: nothing is then signed.
  package static func sign(
    _ statements: [PartlySigned], as actor: ActorName, with hand: Hand, ledger: EventID?
  ) throws -> Done {
    for statement in statements {
      guard case .ledger(let id) = statement.statement.header.binding else {
        throw WorkflowFailure.creationByFile
      }
      if let ledger, id != ledger { throw Refusal.otherLedger }
    }
    let ids = Set(statements.flatMap(\.statement.header.signers))
    let signer: Signer
    switch hand {
    case .keys(let directory, let passphrase):
      signer = Signer(
        actor,
        try directory.open(actor, amongst: Array(ids), passphrase: try passphrase()))
    case .command(let command, let key):
      signer = Signer(actor, key, .command(command))
    }
    let key = signer.publicKey
    guard ids.contains(key.id) else { throw SigningFailure.notASigner(key.id) }
    var added = 0
    var present = 0
    let signed = try statements.map { statement in
      guard statement.statement.header.signers.contains(key.id) else { return statement }
      if statement.signature(of: key.id) != nil {
        // Whoever altered the statement after it was signed is found out here.
        guard statement.isSigned(by: key) else { throw Refusal.invalidSignature(key.id) }
        present += 1
        return statement
      }
      var statement = statement
      try statement.sign(as: signer)
      added += 1
      return statement
    }
    return Done(statements: signed, key: key, added: added, present: present)
  }
}
