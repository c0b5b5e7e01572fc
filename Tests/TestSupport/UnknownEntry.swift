internal import CanonicalJSON
package import LedgerCrypto
package import Provenance

/// An entry of a kind that this version does not know, as a later one would log it.
package enum UnknownEntry {
  package static let predicateType = "https://winnow.dev/event/model-dreamt-of/v1"

  /// Renames the kind of a sound statement, and signs that with `key`.
  package static func bytes(
    like statement: Statement, signedBy key: SigningKey, recordedAt: Timestamp
  ) throws -> [UInt8] {
    guard case .object(var object) = try JSON(parsing: statement.payload) else { return [] }
    object["predicateType"] = .string(predicateType)
    let payload = JSON.object(object).canonicalBytes
    let signature = try key.sign(SignedEvent.preAuthentication(of: payload).span)
    let entry: JSON = [
      "envelope": [
        "payload": .string(Base64.encode(payload)),
        "payloadType": .string(Statement.payloadType),
        "signatures": [
          [
            "keyid": .string(key.verifyingKey.id.hex), "sig": .string(Base64.encode(signature)),
          ]
        ],
      ], "recordedAt": .string(recordedAt.text),
    ]
    return entry.canonicalBytes
  }
}
