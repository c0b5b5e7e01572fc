package import CanonicalJSON
package import LedgerCrypto

/// Envelopes as other programs write them.
///
/// What is signed is the payload's bytes: white space, the order of members and signatures, and the
/// spelling of base64 are no part of it, and DSSE wants no keyid. They are read here, written
/// canonically, and read again by the one strict reader.
package enum EnvelopeSpelling {
  /// Whether a JSON value is an envelope, rather than a statement that nobody has signed.
  package static func isEnvelope(_ json: JSON) -> Bool {
    guard case .object(let object) = json else { return false }
    return object["payloadType"] != nil
  }

  /// Reads an envelope; the signatures are not checked yet, but for those without a keyid.
  ///
  /// - Parameters:
  ///   - json: the envelope.
  ///   - keys: the public keys that are known, by key id; those that the statement brings are tried too.
  /// - Returns: the statement with those signatures.
  /// - Throws: ``EventError``; ``EventError/signerUnnamed(_:)`` for a signature without keyid that no
  ///   key of a signer made.
  package static func draft(
    _ json: JSON, keys: (Digest) -> VerifyingKey?
  ) throws(EventError) -> PartlySigned {
    guard case .object(var envelope) = json, case .string(let text)? = envelope["payload"],
      let payload = bytes(text)
    else { throw .payloadNotBase64 }
    envelope["payload"] = .string(Base64.encode(payload))
    guard case .array(let signatures)? = envelope["signatures"] else {
      return try PartlySigned(bytes: JSON.object(envelope).canonicalBytes)
    }
    let draft = try PartlySigned(bytes: payload)
    var named: [(keyID: String, signature: JSON)] = []
    for signature in signatures {
      guard case .object(var object) = signature, case .string(let text)? = object["sig"],
        let bytes = bytes(text)
      else { throw .signatureNotBase64 }
      object["sig"] = .string(Base64.encode(bytes))
      if object["keyid"] == nil || object["keyid"] == "" {
        let signer = draft.statement.header.signers.first { id in
          guard let key = keys(id) ?? draft.statement.body.broughtKey(id)?.publicKey else {
            return false
          }
          return key.verifies(bytes, of: draft.message.span)
        }
        guard let signer else { throw .signerUnnamed(draft.statement.header.signers) }
        object["keyid"] = .string(signer.hex)
      }
      guard case .string(let keyID)? = object["keyid"] else { throw .signersDiffer }
      named.append((keyID, .object(object)))
    }
    envelope["signatures"] = .array(
      named.sorted { $0.keyID.utf8.lexicographicallyPrecedes($1.keyID.utf8) }.map(\.signature))
    return try PartlySigned(bytes: JSON.object(envelope).canonicalBytes)
  }

  /// The bytes of base64 with or without padding, in the standard or the URL alphabet.
  private static func bytes(_ text: String) -> [UInt8]? {
    var digits = text.utf8.map { digit in
      switch digit {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: digit
      }
    }
    if digits.last != UInt8(ascii: "=") {
      digits += [UInt8](repeating: UInt8(ascii: "="), count: (4 - digits.count % 4) % 4)
    }
    return Base64.decode(digits)
  }
}
