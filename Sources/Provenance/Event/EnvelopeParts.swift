internal import CanonicalJSON
internal import LedgerCrypto

/// What a DSSE envelope holds, read strictly; whose signatures they are is for the caller to judge.
struct EnvelopeParts {
  let payload: [UInt8]
  let signatures: [EnvelopeSignature]

  /// - Parameters:
  ///   - element: the envelope.
  ///   - count: how many signatures it may have.
  /// - Throws: ``EventError``.
  init(_ element: JSONElement, signatures count: ClosedRange<Int>) throws(EventError) {
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
      var signatures: [EnvelopeSignature] = []
      for item in try envelope.array("signatures", count: count) {
        var reader = try envelope.reader(of: item)
        let keyID = try reader.digest("keyid")
        guard let bytes = Base64.decode(try reader.string("sig")), bytes.count == 64 else {
          throw EventError.signatureNotBase64
        }
        try reader.finish()
        signatures.append(EnvelopeSignature(keyID: keyID, bytes: bytes))
      }
      try envelope.finish()
      self.signatures = signatures
    } catch let error as FieldError {
      throw .field(error)
    } catch let error as EventError {
      throw error
    } catch {
      throw .payloadType
    }
  }
}
