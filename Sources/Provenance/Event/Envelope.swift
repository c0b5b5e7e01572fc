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
package struct SignedEvent: Sendable {
  package let statement: Statement
  package let payload: [UInt8]
  /// One for each of the statement's signers, in their order.
  package let signatures: [EnvelopeSignature]
  package let id: EventID

  /// Signs `statement` with `keys`, which must be exactly its signers.
  package init(
    signing statement: Statement, with keys: [SigningKey]
  ) throws(SigningFailure) {
    let payload = statement.payload
    // What cannot be read back would damage a log for good, so it is never signed.
    do {
      guard try Statement(payload: payload) == statement else {
        throw SigningFailure.unreadable(nil)
      }
    } catch let error as EventError {
      throw .unreadable(error)
    } catch {
      throw .unreadable(nil)
    }
    let message = Self.preAuthentication(of: payload)
    var signatures: [EnvelopeSignature] = []
    for key in keys {
      do {
        signatures.append(
          EnvelopeSignature(keyID: key.verifyingKey.id, bytes: try key.sign(message.span)))
      } catch {
        throw .crypto(error)
      }
    }
    signatures.sort { $0.keyID < $1.keyID }
    guard signatures.map(\.keyID) == statement.header.signers else { throw .signersDiffer }
    self.statement = statement
    self.payload = payload
    self.signatures = signatures
    id = EventID(Digest(sha256: message))
  }

  /// Reads an envelope strictly; its signatures are not checked yet.
  package init(envelope json: JSON) throws(EventError) {
    var signatures: [EnvelopeSignature] = []
    let payload: [UInt8]
    do {
      var envelope = try MemberReader(json, path: "envelope")
      guard try envelope.string("payloadType") == Statement.payloadType else {
        throw EventError.payloadType
      }
      guard let bytes = Base64.decode(try envelope.string("payload")) else {
        throw EventError.payloadNotBase64
      }
      payload = bytes
      for item in try envelope.array("signatures", count: 1...Header.maximumSigners) {
        var reader = try MemberReader(item, path: "envelope.signatures")
        let keyID = try reader.digest("keyid")
        guard let bytes = Base64.decode(try reader.string("sig")), bytes.count == 64 else {
          throw EventError.signatureNotBase64
        }
        try reader.finish()
        signatures.append(EnvelopeSignature(keyID: keyID, bytes: bytes))
      }
      try envelope.finish()
    } catch let error as FieldError {
      throw .field(error)
    } catch let error as EventError {
      throw error
    } catch {
      throw .payloadType
    }
    statement = try Statement(payload: payload)
    guard signatures.map(\.keyID) == statement.header.signers else { throw .signersDiffer }
    self.payload = payload
    self.signatures = signatures
    id = EventID(Digest(sha256: Self.preAuthentication(of: payload)))
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
    output.append(contentsOf: Base64.encodeBytes(payload))
    output.append(contentsOf: "\",\"payloadType\":\"".utf8)
    output.append(contentsOf: Statement.payloadType.utf8)
    output.append(contentsOf: "\",\"signatures\":[".utf8)
    for (index, signature) in signatures.enumerated() {
      output.append(contentsOf: (index > 0 ? ",{\"keyid\":\"" : "{\"keyid\":\"").utf8)
      output.append(contentsOf: signature.keyID.hex.utf8)
      output.append(contentsOf: "\",\"sig\":\"".utf8)
      output.append(contentsOf: Base64.encodeBytes(signature.bytes))
      output.append(contentsOf: "\"}".utf8)
    }
    output.append(contentsOf: "]}".utf8)
    return output
  }

  /// The bytes that are signed: DSSE's pre-authentication encoding of `payload`.
  package static func preAuthentication(of payload: [UInt8]) -> [UInt8] {
    let type = Statement.payloadType
    var message = Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8)
    message.append(contentsOf: payload)
    return message
  }

  /// The first signer whose signature is not valid, or `nil` when all are.
  ///
  /// Cost: one Ed25519 verification for each signer.
  package func firstInvalidSigner(keys: (Digest) -> VerifyingKey?) -> Digest? {
    let message = Self.preAuthentication(of: payload)
    return signatures.first { signature in
      guard let key = keys(signature.keyID), key.id == signature.keyID else { return true }
      return !key.verifies(signature.bytes, of: message.span)
    }?.keyID
  }
}

/// Why a statement could not be signed.
package enum SigningFailure: Error, Hashable, Sendable {
  case crypto(CryptoFailure)
  case signersDiffer
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
    case .signersDiffer:
      "The keys at hand are not exactly the signers that the statement names; sign with those."
    }
  }
}
