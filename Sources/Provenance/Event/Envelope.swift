package import CanonicalJSON
package import LedgerCrypto

/// One signature of an envelope.
package struct EnvelopeSignature: Hashable, Sendable {
  /// SHA-256 of the signer's raw public key.
  package let keyID: Digest
  /// 64 bytes.
  package let bytes: [UInt8]

  package init(keyID: Digest, bytes: [UInt8]) {
    self.keyID = keyID
    self.bytes = bytes
  }
}

/// A statement with its signatures (DSSE v1), as signed: the payload's bytes are kept, never
/// written again from what was read.
///
/// A reference, since events are kept and handed on by the thousand; nothing of it changes.
package final class SignedEvent: Sendable {
  package let statement: Statement
  package let payload: [UInt8]
  /// One for each of the statement's signers, in their order.
  package let signatures: [EnvelopeSignature]
  package let id: EventID
  /// ``Statement/repetitionKey``.
  package let repetitionKey: Digest

  /// Signs `statement` with `keys`, which must be exactly its signers.
  package convenience init(
    signing statement: Statement, with keys: [SigningKey]
  ) throws(SigningFailure) {
    var draft = try PartlySigned(statement)
    guard keys.map(\.verifyingKey.id).sorted() == statement.header.signers else {
      throw .signersDiffer
    }
    try draft.sign(with: keys)
    try self.init(draft)
  }

  /// Takes a statement with the signatures of all its signers, which are not checked yet.
  package init(_ draft: PartlySigned) throws(SigningFailure) {
    guard draft.signatures.map(\.keyID) == draft.statement.header.signers else {
      throw .signersDiffer
    }
    statement = draft.statement
    payload = draft.payload
    signatures = draft.signatures
    id = draft.id
    repetitionKey = draft.repetitionKey
  }

  /// Reads an envelope strictly; its signatures are not checked yet.
  package convenience init(envelope element: JSONElement) throws(EventError) {
    try self.init(EnvelopeParts(element, signatures: 1...Header.maximumSigners))
  }

  /// Reads the statement of an envelope whose members were read.
  init(_ parts: EnvelopeParts) throws(EventError) {
    let document: JSONDocument
    do { document = try JSONDocument(parsingCanonical: parts.payload) } catch {
      throw .json(error)
    }
    statement = try Statement(document)
    guard parts.signatures.map(\.keyID) == statement.header.signers else { throw .signersDiffer }
    payload = parts.payload
    signatures = parts.signatures
    id = Self.id(of: payload)
    repetitionKey = Statement.repetitionKey(of: document)
  }

  /// The envelope as DSSE JSON.
  package var envelope: JSON {
    [
      "payload": .string(Base64.encode(payload)),
      "payloadType": .string(Statement.payloadType),
      "signatures": .array(
        signatures.map {
          ["keyid": .string($0.keyID.hex), "sig": .string(Base64.encode($0.bytes))]
        }),
    ]
  }

  /// The canonical bytes of ``envelope``, written without the values in between.
  ///
  /// Base64 and hexadecimal need no escapes, so that the members in their order are all there is.
  package var canonicalEnvelope: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(payload.count / 3 * 4 + 80 + signatures.count * 180)
    output.append(contentsOf: "{\"payload\":\"".utf8)
    Base64.append(payload, to: &output)
    output.append(contentsOf: "\",\"payloadType\":\"".utf8)
    output.append(contentsOf: Statement.payloadType.utf8)
    output.append(contentsOf: "\",\"signatures\":[".utf8)
    for (index, signature) in signatures.enumerated() {
      output.append(contentsOf: (index > 0 ? ",{\"keyid\":\"" : "{\"keyid\":\"").utf8)
      signature.keyID.appendHex(to: &output)
      output.append(contentsOf: "\",\"sig\":\"".utf8)
      Base64.append(signature.bytes, to: &output)
      output.append(contentsOf: "\"}".utf8)
    }
    output.append(contentsOf: "]}".utf8)
    return output
  }

  /// The bytes that are signed: DSSE's pre-authentication encoding of `payload`.
  package static func preAuthentication(of payload: [UInt8]) -> [UInt8] {
    var message: [UInt8] = []
    message.reserveCapacity(payload.count + 64)
    message.append(contentsOf: messagePrefix.utf8)
    message.append(contentsOf: "\(payload.count) ".utf8)
    message.append(contentsOf: payload)
    return message
  }

  /// SHA-256 of ``preAuthentication(of:)``, without a copy of the payload.
  static func id(of payload: [UInt8]) -> EventID {
    var hasher = prefixHasher
    let size = "\(payload.count) "
    hasher.update(size.utf8Span.span)
    hasher.update(payload)
    return EventID(hasher.digest())
  }

  private static let prefixHasher: SHA256 = {
    var hasher = SHA256()
    hasher.update(Array(messagePrefix.utf8))
    return hasher
  }()

  private static let messagePrefix =
    "DSSEv1 \(Statement.payloadType.utf8.count) \(Statement.payloadType) "

  /// The first signer whose signature is not valid, or `nil` when all are.
  ///
  /// Cost: one Ed25519 verification for each signer.
  ///
  /// - Parameters:
  ///   - prepared: keys that earlier checks prepared.
  ///   - keys: the public key of each signer.
  /// - Returns: the key id of that signer.
  package func firstInvalidSigner(
    with prepared: PreparedKeys = PreparedKeys(), keys: (Digest) -> VerifyingKey?
  ) -> Digest? {
    let message = Self.preAuthentication(of: payload)
    return signatures.first { signature in
      guard let key = keys(signature.keyID), key.id == signature.keyID else { return true }
      return !prepared.verifies(signature.bytes, of: message.span, under: key)
    }?.keyID
  }
}

/// Why a statement could not be signed.
package enum SigningFailure: Error, Hashable, Sendable {
  case crypto(CryptoFailure)
  case signersDiffer
  case notASigner(Digest)
  case invalid(Digest)
  /// The statement, once written, would not be read as itself.
  case unreadable(EventError?)
}

extension SigningFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .crypto(let failure): failure.description
    case .unreadable(let error):
      error?.description
        ?? "The statement cannot be written so that it reads the same; correct its values."
    case .notASigner(let id):
      "The key \(id.hex) is not among the statement's signers; sign with one that is."
    case .invalid(let id):
      "The signature made for the key \(id.hex) is not valid under it; sign with the private half of that key."
    case .signersDiffer:
      "The keys at hand are not exactly the signers that the statement names; sign with those."
    }
  }
}
