internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension PartlySigned {
  /// What is to be signed, in words and whole: a line for each thing that the signature will cover.
  var description: [String] {
    let header = statement.header
    var lines = ["A statement that records \(statement.body.kind.inWords):"]
    switch header.binding {
    case .ledger(let id): lines.append("  ledger             \(id)")
    case .origin(let origin): lines.append("  ledger             a new one, \(origin)")
    }
    lines.append("  event              \(id)")
    for subject in statement.body.content.subjects {
      lines.append(
        "  subject            \(String(decoding: subject.json.canonicalBytes, as: UTF8.self))")
    }
    for (name, value) in contents {
      let padding = String(repeating: " ", count: max(19 - name.utf8.count, 2))
      lines.append("  \(name)\(padding)\(String(decoding: value.canonicalBytes, as: UTF8.self))")
    }
    for signer in header.signers {
      let state = signature(of: signer) == nil ? "is to sign" : "signed, unchecked here"
      lines.append("  signer             \(signer.hex.prefix(16))…  \(state)")
    }
    return lines
  }

  /// The predicate but for the ledger and the signers, which are said in words.
  private var contents: [(String, JSON)] {
    guard case .object(let statement)? = try? JSON(parsing: payload),
      case .object(let predicate)? = statement["predicate"]
    else { return [] }
    return predicate.members.filter { $0.name != "ledger" && $0.name != "signers" }.map {
      ($0.name, $0.value)
    }
  }

  /// The same for programs.
  var json: JSON {
    [
      "event": .string(id.description), "kind": .string(statement.body.kind.rawValue),
      "signers": .array(
        statement.header.signers.map {
          ["keyId": .string($0.hex), "signed": .bool(signature(of: $0) != nil)]
        }),
      "statement": (try? JSON(parsing: payload)) ?? .null,
    ]
  }
}
