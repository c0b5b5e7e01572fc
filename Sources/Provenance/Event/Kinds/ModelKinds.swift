package import CanonicalJSON
package import LedgerCrypto

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

/// A model and the digests of its files: exact copies are found under any name.
package struct ModelRegistered: EventBody {
  package static let kind = Kind.modelRegistered
  package let model: Name
  /// At most 256, by digest ascending; none only in an import that does not know them.
  package let artifacts: [Artifact]

  package init(model: Name, artifacts: [Artifact]) {
    self.model = model
    self.artifacts = artifacts.sorted { $0.sha256 < $1.sha256 }
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    model = try reader.name("model")
    artifacts = try reader.nestedList("artifacts", count: 0...256)
    for (a, b) in zip(artifacts, artifacts.dropFirst()) where a.sha256 >= b.sha256 {
      throw .outOfRange(reader.path(of: "artifacts"))
    }
  }

  package func write(to object: inout JSONObject) {
    object.set("model", model)
    if !artifacts.isEmpty { object.set("artifacts", parts: artifacts) }
  }

  package var subjects: [Subject] {
    artifacts.isEmpty
      ? [Subject(named: model.text)] : artifacts.map { Subject(model.text, sha256: $0.sha256) }
  }
}

/// A model was, or was not, trained on a release, in the signers' words.
package struct TrainingAsserted: EventBody {
  package static let kind = Kind.trainingAsserted
  package let model: Name
  package let release: VersionedName
  package let polarity: Polarity
  package let use: TrainingUse

  package init(model: Name, release: VersionedName, polarity: Polarity, use: TrainingUse) {
    self.model = model
    self.release = release
    self.polarity = polarity
    self.use = use
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    model = try reader.name("model")
    release = try reader.versioned("release")
    polarity = try reader.word("polarity")
    use = try reader.word("use")
  }

  package func write(to object: inout JSONObject) {
    object.set("model", model)
    object.set("release", release)
    object.set("polarity", polarity)
    object.set("use", use)
  }

  package var subjects: [Subject] { [Subject(named: model.text)] }
}

/// A model's publisher or steward says that it is not to be used any more.
package struct ModelDeprecated: EventBody {
  package static let kind = Kind.modelDeprecated
  package let model: Name
  /// The reason as stated, as UTF-8 text.
  package let statedReason: AttachmentReference

  package init(model: Name, statedReason: AttachmentReference) {
    self.model = model
    self.statedReason = statedReason
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    model = try reader.name("model")
    statedReason = try reader.nested("statedReason")
  }

  package func write(to object: inout JSONObject) {
    object.set("model", model)
    object.set("statedReason", part: statedReason)
  }

  package var subjects: [Subject] { [Subject(named: model.text)] }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    [("statedReason", statedReason)]
  }
}
