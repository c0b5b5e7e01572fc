package import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
package import Provenance

extension Session {
  /// Records an event of any kind from the members of its body, as ``RecordDocument`` reads them.
  ///
  /// - Throws: `FieldError` naming the member and what it may be, ``WorkflowFailure`` or `Refusal`.
  package func record(_ kind: Kind, _ json: JSON) throws -> Recorded {
    guard kind != .ledgerCreated else {
      throw WorkflowFailure.badInput(
        "\(kind.rawValue) is the first event of a ledger; make one with `winnow init`.")
    }
    let attempt = try attempt()
    let recorded = try undoing {
      var document = try RecordDocument(json, kind: kind, session: self, attempt: attempt)
      if kind.isAuthority {
        try document.fill("after", .string(try lastAuthority(attempt).description))
      }
      let statement = try statement(document, attempt)
      let given = statement.header
      let hasNotAfter = document.has("notAfter")
      return try record(
        { _ in statement.body }, attempt: attempt, at: given.occurredAt,
        header: { header in
          header.precision = given.precision
          header.occurredUntil = given.occurredUntil
          header.attestation = given.attestation
          header.attributedTo = given.attributedTo
          header.causes = given.causes
          header.caseName = given.caseName
          header.evidence = given.evidence
          header.expects = given.expects
          if hasNotAfter { header.notAfter = given.notAfter }
        })
    }
    // Erased is erased, whatever command says so.
    if kind == .attachmentErased, !ledger.isRehearsal { try completeErasures() }
    return recorded
  }

  /// The statement that the document says, with stand-ins for what only the recording knows.
  private func statement(_ document: RecordDocument, _ attempt: Attempt) throws -> Statement {
    guard let ledger = try ledger.state.ledger else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    var document = document
    let isImport = document.has("attributedTo")
    document.fill("occurredAt", .string(attempt.moment(now()).seconds))
    document.fill("occurredPrecision", .string(Precision.second.rawValue))
    document.fill(
      "attestation",
      .string((isImport ? Attestation.thirdPartyImport : .firstParty).rawValue))
    var predicate = document.predicate
    predicate["ledger"] = .string(ledger.description)
    predicate["signers"] = [.string(attempt.signer.hex)]
    predicate["nonce"] = .string(attempt.nonce.hex)
    return try Statement(kind: document.kind, predicate: .object(predicate))
  }

  /// The last authority event; for a retry, the one that the first try followed.
  private func lastAuthority(_ attempt: Attempt) throws -> EventID {
    if let first = attempt.first?.statement.body, first.kind.isAuthority,
      let after = first.content.references.first
    {
      return after
    }
    if let after = signing.after { return after }
    guard let founding = try ledger.state.authority.founding else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    return founding.lastAuthority
  }
}

extension Session {
  /// Records what one command says, with prose as an attachment where some is given: sealed where the
  /// kind seals words, unless they are to be open.
  package func record(
    _ kind: Kind, prose: [UInt8]?, as field: String, isOpen: Bool = false,
    _ body: @Sendable @escaping (AttachmentReference?) -> Body
  ) throws -> Recorded {
    let attempt = try attempt()
    return try undoing {
      let reference = try prose.map {
        try attachText($0, kind: kind, field: field, isOpen: isOpen, attempt: attempt)
      }
      return try record({ _ in body(reference) }, attempt: attempt)
    }
  }
}
