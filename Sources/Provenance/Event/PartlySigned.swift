internal import CanonicalJSON
package import LedgerCrypto

/// A statement on its way to its signers: with none, some or all of their signatures.
///
/// As a file it is the payload's canonical bytes while nobody has signed, then the DSSE envelope
/// with the signatures so far, in the order of the signers. The event id does not depend on
/// signatures, so that a later statement can name an earlier one before either is signed.
package struct PartlySigned: Sendable {
  package let statement: Statement
  package let payload: [UInt8]
  /// Of some of the statement's signers, ascending by key id.
  package private(set) var signatures: [EnvelopeSignature]
  /// ``Statement/repetitionKey``.
  package let repetitionKey: Digest

  /// Takes a statement that was just made; what would not read back the same is refused.
  package init(_ statement: Statement) throws(SigningFailure) {
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
    self.statement = statement
    self.payload = payload
    signatures = []
    repetitionKey = Statement.repetitionKey(of: document)
  }

  /// Reads a payload or an envelope strictly; its signatures are not checked yet.
  package init(bytes: [UInt8]) throws(EventError) {
    let document: JSONDocument
    do { document = try JSONDocument(parsingCanonical: bytes) } catch { throw .json(error) }
    guard document.root.member("payloadType") != nil else {
      statement = try Statement(document)
      payload = bytes
      signatures = []
      repetitionKey = Statement.repetitionKey(of: document)
      return
    }
    let envelope = try EnvelopeParts(document.root, signatures: 0...Header.maximumSigners)
    let inner: JSONDocument
    do { inner = try JSONDocument(parsingCanonical: envelope.payload) } catch { throw .json(error) }
    statement = try Statement(inner)
    payload = envelope.payload
    signatures = envelope.signatures
    repetitionKey = Statement.repetitionKey(of: inner)
    var rest = statement.header.signers[...]
    for signature in signatures {
      guard let place = rest.firstIndex(of: signature.keyID) else { throw .signersDiffer }
      rest = rest[(place + 1)...]
    }
  }

  /// The bytes that each signer signs: DSSE's pre-authentication encoding of the payload.
  package var message: [UInt8] { SignedEvent.preAuthentication(of: payload) }

  /// The id of the event that the statement becomes.
  package var id: EventID { SignedEvent.id(of: payload) }

  /// Signers whose signature is not there yet, ascending.
  package var missing: [Digest] {
    let present = Set(signatures.map(\.keyID))
    return statement.header.signers.filter { !present.contains($0) }
  }

  /// The signature of a signer, where it is there.
  package func signature(of id: Digest) -> [UInt8]? {
    signatures.first { $0.keyID == id }?.bytes
  }

  /// Whether the signature that `key` is said to have made is there and valid.
  package func isSigned(by key: VerifyingKey) -> Bool {
    signature(of: key.id).map { key.verifies($0, of: message.span) } ?? false
  }

  /// Adds the signatures of `keys`, which are among the signers.
  package mutating func sign(with keys: [SigningKey]) throws(SigningFailure) {
    let message = message
    for key in keys {
      let id = key.verifyingKey.id
      guard statement.header.signers.contains(id) else { throw .notASigner(id) }
      do {
        put(EnvelopeSignature(keyID: id, bytes: try key.sign(message.span)))
      } catch { throw .crypto(error) }
    }
  }

  /// Adds a signature that was made elsewhere, in place of one by the same key.
  ///
  /// - Throws: ``SigningFailure/notASigner(_:)`` or ``SigningFailure/invalid(_:)``, so that no
  ///   signature comes in that would be refused later.
  package mutating func add(
    _ bytes: [UInt8], by key: VerifyingKey
  ) throws(SigningFailure) {
    guard statement.header.signers.contains(key.id) else { throw .notASigner(key.id) }
    guard bytes.count == 64, key.verifies(bytes, of: message.span) else { throw .invalid(key.id) }
    put(EnvelopeSignature(keyID: key.id, bytes: bytes))
  }

  /// Takes in the signatures that another copy of the same statement gathered.
  ///
  /// Where both have one by the same key, this copy's stays.
  package mutating func merge(_ other: PartlySigned) {
    guard other.payload == payload else { return }
    for signature in other.signatures where self.signature(of: signature.keyID) == nil {
      put(signature)
    }
  }

  fileprivate mutating func put(_ signature: EnvelopeSignature) {
    signatures.removeAll { $0.keyID == signature.keyID }
    signatures.append(signature)
    signatures.sort { $0.keyID < $1.keyID }
  }

  /// The payload while nobody has signed, then the canonical envelope.
  package var bytes: [UInt8] {
    guard !signatures.isEmpty else { return payload }
    let envelope: JSON = [
      "payload": .string(Base64.encode(payload)),
      "payloadType": .string(Statement.payloadType),
      "signatures": .array(
        signatures.map {
          ["keyid": .string($0.keyID.hex), "sig": .string(Base64.encode($0.bytes))]
        }),
    ]
    return envelope.canonicalBytes
  }
}

extension Entry {
  /// The entry that a statement becomes at `moment`, whoever signs it: missing signatures are zeros, so
  /// that it is as large as it will be, every rule but that of valid signatures can be tried on it, and
  /// no verifier takes it.
  package init(trying statement: PartlySigned, at moment: Timestamp) throws(EventError) {
    var filled = statement
    for id in statement.missing {
      filled.put(EnvelopeSignature(keyID: id, bytes: [UInt8](repeating: 0, count: 64)))
    }
    let event: SignedEvent
    do { event = try SignedEvent(filled) } catch { throw .signersDiffer }
    try self.init(event: event, recordedAt: moment)
  }
}
