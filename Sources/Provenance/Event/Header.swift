internal import CanonicalJSON
package import LedgerCrypto

/// Which ledger a statement is for.
package enum LedgerBinding: Hashable, Sendable {
  /// Sequence 0, which names the origin.
  case origin(Origin)
  /// Any other event, which names the event of sequence 0.
  case ledger(EventID)
}

/// The members that every predicate has (see the article Formats).
package struct Header: Hashable, Sendable {
  package var binding: LedgerBinding
  /// SHA-256 of each signer's raw public key, ascending.
  package var signers: [Digest]
  /// 16 random bytes.
  package var nonce: [UInt8]
  package var occurredAt: Timestamp
  package var precision: Precision = .second
  package var occurredUntil: Timestamp?
  package var attestation: Attestation = .firstParty
  package var attributedTo: ActorName?
  package var causes: [EventID] = []
  package var caseName: Name?
  package var evidence: [Evidence] = []
  /// The log size that the signers saw; another one is a conflict.
  package var expects: UInt64?
  package var notAfter: Timestamp?

  package init(binding: LedgerBinding, signers: [Digest], nonce: [UInt8], occurredAt: Timestamp) {
    self.binding = binding
    self.signers = signers.sorted()
    self.nonce = nonce
    self.occurredAt = occurredAt
  }

  /// The most signers that one statement can have.
  package static let maximumSigners = 64

  init(from reader: inout MemberReader, kind: Kind) throws(FieldError) {
    if kind == .ledgerCreated {
      guard let origin = Origin(try reader.string("ledger")) else {
        throw .outOfRange(reader.path(of: "ledger"))
      }
      binding = .origin(origin)
    } else {
      binding = .ledger(try reader.eventID("ledger"))
    }
    signers = []
    for item in try reader.array("signers", count: 1...Self.maximumSigners) {
      guard let id = item.digest, signers.last.map({ $0 < id }) ?? true else {
        throw .outOfRange(reader.path(of: "signers"))
      }
      signers.append(id)
    }
    guard let nonce = try reader.text("nonce").hex, nonce.count == 16 else {
      throw .outOfRange(reader.path(of: "nonce"))
    }
    self.nonce = nonce
    occurredAt = try reader.time("occurredAt")
    precision = try reader.word("occurredPrecision")
    occurredUntil = try reader.optionalTime("occurredUntil")
    guard (precision == .interval) == (occurredUntil != nil),
      occurredUntil.map({ $0 >= occurredAt }) ?? true
    else { throw .outOfRange(reader.path(of: "occurredUntil")) }
    attestation = try reader.word("attestation")
    attributedTo = try reader.optionalActor("attributedTo")
    guard (attestation == .thirdPartyImport) == (attributedTo != nil) else {
      throw .outOfRange(reader.path(of: "attributedTo"))
    }
    causes = try reader.eventIDs("causes", count: 0...256)
    caseName = try reader.optionalString("case").map { text throws(FieldError) in
      guard let name = Name(text) else { throw .outOfRange(reader.path(of: "case")) }
      return name
    }
    evidence = try reader.nestedList("evidence", count: 0...64)
    expects = try reader.optionalInteger("expects", in: 0...Int64(1) << 53 - 1).map { UInt64($0) }
    notAfter = try reader.optionalTime("notAfter")
  }

  func write(to object: inout JSONObject) {
    switch binding {
    case .origin(let origin): object.set("ledger", origin)
    case .ledger(let id): object.set("ledger", id)
    }
    object["signers"] = .array(signers.map { .string($0.hex) })
    object["nonce"] = .string(nonce.hex)
    object.set("occurredAt", time: occurredAt)
    object.set("occurredPrecision", precision)
    object.set("occurredUntil", time: occurredUntil)
    object.set("attestation", attestation)
    if let attributedTo { object.set("attributedTo", attributedTo) }
    object.set("causes", events: causes)
    if let caseName { object.set("case", caseName) }
    if !evidence.isEmpty { object.set("evidence", parts: evidence) }
    if let expects { object.set("expects", amount: expects) }
    object.set("notAfter", time: notAfter)
  }
}
