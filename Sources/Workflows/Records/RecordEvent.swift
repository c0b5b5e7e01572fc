package import CanonicalJSON
internal import LedgerCrypto
package import Provenance

/// Records an event of any kind from the members of its body, as ``RecordDocument`` reads them.
///
/// What is wrong with a member is a `FieldError` that names it and what it may be.
package struct RecordEvent: Deciding {
  let kind: Kind
  let json: JSON

  package init(_ kind: Kind, _ json: JSON) {
    self.kind = kind
    self.json = json
  }

  package func plan(_ desk: Desk) throws {
    guard kind != .ledgerCreated else { throw WorkflowFailure.firstEvent }
  }

  package func statements(_ plan: Void, _ staging: inout Staging) throws {
    let document = try RecordDocument(json, kind: kind, &staging)
    let statement = try statement(document, staging.desk)
    let given = statement.header
    try staging.say(statement.body, at: given.occurredAt) { header in
      header.precision = given.precision
      header.occurredUntil = given.occurredUntil
      header.attestation = given.attestation
      header.attributedTo = given.attributedTo
      header.causes = given.causes
      header.caseName = given.caseName
      header.evidence = given.evidence
      header.expects = given.expects
      if document.has("notAfter") { header.notAfter = given.notAfter }
    }
  }

  /// The statement that the document says, with stand-ins for what only the recording knows.
  private func statement(_ document: RecordDocument, _ desk: Desk) throws -> Statement {
    var document = document
    if kind.isAuthority { try document.fill("after", .string(desk.after.description)) }
    let isImport = document.has("attributedTo")
    document.fill("occurredAt", .string(desk.moment.seconds))
    document.fill("occurredPrecision", .string(Precision.second.rawValue))
    document.fill(
      "attestation",
      .string((isImport ? Attestation.thirdPartyImport : .firstParty).rawValue))
    var predicate = document.predicate
    predicate["ledger"] = .string(try desk.view.id.description)
    predicate["signers"] = .array(desk.signers.prefix(1).map { .string($0.publicKey.id.hex) })
    predicate["nonce"] = .string(desk.nonce.hex)
    return try Statement(kind: document.kind, predicate: .object(predicate))
  }
}
