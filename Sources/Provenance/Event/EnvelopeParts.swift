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
      guard try envelope.text("payloadType").isSame(as: Statement.payloadType) else {
        throw EventError.payloadType
      }
      guard let bytes = try envelope.text("payload").base64 else {
        throw EventError.payloadNotBase64
      }
      payload = bytes
      var signatures: [EnvelopeSignature] = []
      for item in try envelope.array("signatures", count: count) {
        var reader = try envelope.reader(of: item)
        let keyID = try reader.digest("keyid")
        guard let bytes = try reader.text("sig").base64, bytes.count == 64 else {
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
