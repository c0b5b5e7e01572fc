package import CanonicalJSON

/// A release is no longer offered, or is offered again.
package struct ReleaseWithdrawn: EventBody {
  package static let kind = Kind.releaseWithdrawn
  /// The release.
  package let release: VersionedName
  /// Whether it is to come back, is not, or is back.
  package let scope: WithdrawalScope
  /// Whether the derivatives known to the publisher are withdrawn with it.
  package let includesDerivatives: Bool
  /// The reason as stated, as UTF-8 text.
  package let statedReason: AttachmentReference?

  package init(
    release: VersionedName, scope: WithdrawalScope, includesDerivatives: Bool,
    statedReason: AttachmentReference? = nil
  ) {
    self.release = release
    self.scope = scope
    self.includesDerivatives = includesDerivatives
    self.statedReason = statedReason
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    scope = try reader.word("scope")
    includesDerivatives = try reader.bool("includesDerivatives")
    statedReason = try reader.optionalNested("statedReason")
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    object.set("scope", scope)
    object["includesDerivatives"] = .bool(includesDerivatives)
    object.set("statedReason", part: statedReason)
  }

  package var concerns: [Topic] { [.release(release)] }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    statedReason.map { [("statedReason", $0)] } ?? []
  }
}

/// A model is no longer offered on a host, or is offered again; exact copies elsewhere are not ended by it.
package struct ModelWithdrawn: EventBody {
  package static let kind = Kind.modelWithdrawn
  /// The model.
  package let model: Name
  /// Where it was offered.
  package let host: HostName
  /// Whether it is to come back, is not, or is back.
  package let scope: WithdrawalScope
  /// The reason as stated, as UTF-8 text.
  package let statedReason: AttachmentReference?

  package init(
    model: Name, host: HostName, scope: WithdrawalScope, statedReason: AttachmentReference? = nil
  ) {
    self.model = model
    self.host = host
    self.scope = scope
    self.statedReason = statedReason
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    model = try reader.name("model")
    host = try reader.host("host")
    scope = try reader.word("scope")
    statedReason = try reader.optionalNested("statedReason")
  }

  package func write(to object: inout JSONObject) {
    object.set("model", model)
    object.set("host", host)
    object.set("scope", scope)
    object.set("statedReason", part: statedReason)
  }

  package var concerns: [Topic] { [.model(model)] }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    statedReason.map { [("statedReason", $0)] } ?? []
  }
}
