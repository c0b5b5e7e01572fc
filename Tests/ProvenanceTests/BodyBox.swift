import CanonicalJSON
import Provenance

/// The members of a body, to be changed and read again as a kind.
struct JSONObjectBox {
  private var members: [String: JSON] = [:]

  init(_ json: JSON) {
    guard case .object(let object) = json else { return }
    for member in object.members { members[member.name] = member.value }
  }

  subscript(name: String) -> JSON? {
    get { members[name] }
    set { members[name] = newValue }
  }

  /// Whether a statement of `kind` with these members is read.
  func reads(_ kind: Kind) -> Bool {
    var predicate = JSONObject()
    var plain = StatementSamples.header(kind)
    plain.causes = []
    for (name, value) in members { predicate[name] = value }
    guard case .object(let sample) = Self.predicate(of: kind) else { return false }
    for member in sample.members where Self.headerNames.contains(member.name) {
      predicate[member.name] = member.value
    }
    return Self.subjects(kind).contains { subject in
      let statement: JSON = [
        "_type": .string(Statement.type), "subject": subject,
        "predicateType": .string(kind.predicateType), "predicate": .object(predicate),
      ]
      return (try? Statement(payload: statement.canonicalBytes)) != nil
    }
  }

  private static let headerNames: Set = [
    "ledger", "signers", "nonce", "occurredAt", "occurredPrecision", "attestation",
  ]

  private static func document(of kind: Kind) -> [JSON] {
    StatementSamples.statements.filter { $0.body.kind == kind }.compactMap {
      try? JSON(parsingCanonical: $0.payload)
    }
  }

  private static func predicate(of kind: Kind) -> JSON? {
    document(of: kind).first.flatMap {
      guard case .object(let object) = $0 else { return nil }
      return object["predicate"]
    }
  }

  /// The subjects of all samples of the kind: a change of a member that is no subject fits one.
  private static func subjects(_ kind: Kind) -> [JSON] {
    document(of: kind).compactMap {
      guard case .object(let object) = $0 else { return nil }
      return object["subject"]
    }
  }
}
