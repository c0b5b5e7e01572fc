package import CanonicalJSON
package import LedgerCrypto

/// A model and the digests of its files: exact copies are found under any name.
package struct ModelRegistered: ListedKind {
  package static let kind = Kind.modelRegistered
  package var body: Body { .modelRegistered(self) }
  package static let standing = Standing.world([.steward])

  package let model: Name
  package let artifacts: [Artifact]

  package init(model: Name, artifacts: [Artifact]) {
    self.model = model
    self.artifacts = artifacts.sorted { $0.sha256 < $1.sha256 }
  }

  package static let form = Form<Self>(
    "A model and the digests of its files: exact copies are found under any name.",
    about: .those(
      { body in
        body.artifacts.isEmpty
          ? [Subject(named: body.model.text)]
          : body.artifacts.map { Subject(body.model.text, sha256: $0.sha256) }
      },
      "A file of the model, by its digest; the model, by SHA-256 of its name, where its files are not known.",
      name: Name.shape, most: 256),
    Member("model", \.model, "The model's name."),
    Member(
      "artifacts", ifAny: \.artifacts,
      "Its files, by digest ascending; left out only in an import that does not know them."),
    make: Self.init,
    condition: """
      {"if": {"properties": {"attestation": {"const": "first-party"}}},
       "then": {"required": ["artifacts"]}}
      """)

  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    if let record = state.models.models[model] { throw .modelExists(model, at: record.registered) }
    if artifacts.isEmpty, judging.header.attestation == .firstParty {
      throw .artifactsMissing(model)
    }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let record = ModelRecord(registration: self, event: event.id, registered: event.sequence)
    state.models.models[model] = record
    return [ProjectionChange(record)]
  }
}

/// One file of a model, by digest; never by address.
package struct Artifact: StatementPart {
  package let sha256: Digest
  package let size: UInt64

  package init(sha256: Digest, size: UInt64) {
    self.sha256 = sha256
    self.size = size
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    sha256 = try reader.digest("sha256")
    size = try reader.amount("size")
  }

  package func write(to object: inout JSONObject) {
    object.set("sha256", sha256)
    object.set("size", amount: size)
  }
}

extension Artifact: ListElement {
  package static func takeList(
    _ name: String, from reader: inout MemberReader
  ) throws(FieldError) -> [Self] {
    let artifacts = try reader.nestedList(name, count: 1...256, Artifact.self)
    for (a, b) in zip(artifacts, artifacts.dropFirst()) where a.sha256 >= b.sha256 {
      throw .outOfRange(reader.path(of: name))
    }
    return artifacts
  }
  package static var listShape: MemberShape { .list("artifact", 1...256, isUnique: false) }
  package static var listOrder: ListOrder { .by("sha256") }
}
