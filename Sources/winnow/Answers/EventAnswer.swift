internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance

extension AdmittedEvent {
  /// The actors, or the log itself for sequence 0.
  var signerText: String {
    actors.isEmpty ? "unknown" : actors.map(\.text).joined(separator: ", ")
  }

  func summary(state: LedgerState) -> JSON {
    [
      "sequence": JSON(sequence), "event": JSON(id),
      "kind": .string(statement.body.kind.rawValue), "recordedAt": .string(recordedAt.text),
      "occurredAt": .string(statement.header.occurredAt.seconds),
      "actors": .array(actors.map { .string($0.text) }),
      "subject": .string(statement.body.content.subjects.first?.name ?? ""),
    ]
  }

  func answer(state: LedgerState) -> JSON {
    guard case .object(var object) = summary(state: state) else { return .null }
    object["statement"] = (try? JSON(parsing: entry.event.payload)) ?? .null
    object["signers"] = .array(
      entry.event.signatures.compactMap { signature in
        guard let key = state.publicKey(signature.keyID, signing: entry.event) else { return nil }
        var signer = JSONObject([
          ("keyId", JSON(signature.keyID)), ("publicKey", .string(key.bytes.base64)),
          ("pem", .string(key.pem)), ("signature", .string(Base64.encode(signature.bytes))),
        ])
        if let record = state.authority.keys[signature.keyID] {
          signer["actor"] = .string(record.actor.text)
          signer["custody"] = .string(record.custody.rawValue)
        } else {
          signer["actor"] = "log"
        }
        return .object(signer)
      })
    return .object(object)
  }
}
