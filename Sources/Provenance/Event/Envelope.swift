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
  package init(
    signing statement: Statement, with keys: [SigningKey]
  ) throws(SigningFailure) {
    let payload = statement.payload
    // What cannot be read back would damage a log for good, so it is never signed.
    let document: JSONDocument
    do {
      document = try JSONDocument(parsingCanonical: payload)
      guard try Statement(document) == statement else { throw SigningFailure.unreadable(nil) }
    } catch let error as EventError {
      throw .unreadable(error)
    } catch let error as JSONError {
      throw .unreadable(.json(error))
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
    repetitionKey = Statement.repetitionKey(of: document)
  }

  /// Reads an envelope strictly; its signatures are not checked yet.
  package init(envelope element: JSONElement) throws(EventError) {
    var signatures: [EnvelopeSignature] = []
    let payload: [UInt8]
    do {
      var envelope = try MemberReader(element, path: "envelope")
      guard try envelope.string("payloadType") == Statement.payloadType else {
        throw EventError.payloadType
      }
      let text = try envelope.value("payload")
      guard text.isString else {
        throw FieldError.wrongType(envelope.path(of: "payload"), expected: "a string")
      }
      guard let bytes = text.withUTF8({ Base64.decode($0) }) ?? nil else {
        throw EventError.payloadNotBase64
      }
      payload = bytes
      for item in try envelope.array("signatures", count: 1...Header.maximumSigners) {
        var reader = try envelope.reader(of: item)
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
    let document: JSONDocument
    do { document = try JSONDocument(parsingCanonical: payload) } catch { throw .json(error) }
    statement = try Statement(document)
    guard signatures.map(\.keyID) == statement.header.signers else { throw .signersDiffer }
    self.payload = payload
    self.signatures = signatures
    id = EventID(Digest(sha256: Self.preAuthentication(of: payload)))
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
    let type = Statement.payloadType
    var message = Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8)
    message.append(contentsOf: payload)
    return message
  }

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
