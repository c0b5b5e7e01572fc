package import LedgerCrypto

/// Someone looked whether a host offers a release or a model.
package struct AvailabilityObserved: ListedKind, KeptKind {
  package static let kind = Kind.availabilityObserved
  package var body: Body { .availabilityObserved(self) }
  package static let standing = Standing.world([.steward, .watchdog, .auditor])
  package static let table = ProjectionTable.availability

  package let thing: Topic
  package let artifact: Digest?
  package let host: HostName
  package let state: AvailabilityState
  package let method: ObservationMethod
  package let observedAt: Timestamp
  package let copies: Count?
  package let downloads: Count?
  package let repository: AttachmentReference?

  package init(
    thing: Topic, artifact: Digest? = nil, host: HostName, state: AvailabilityState,
    method: ObservationMethod, observedAt: Timestamp, copies: Count? = nil, downloads: Count? = nil,
    repository: AttachmentReference? = nil
  ) {
    self.thing = thing
    self.artifact = artifact
    self.host = host
    self.state = state
    self.method = method
    self.observedAt = observedAt
    self.copies = copies
    self.downloads = downloads
    self.repository = repository
  }

  package static let form = Form<Self>(
    "Someone looked whether a host offers a release or a model.",
    about: .those(
      { [$0.thing.subject] }, "The release or model, by SHA-256 of its name.",
      name: .ref("subjectName")),
    Member("thing", \.thing, "What was looked for.", as: "offered", concern: \.self),
    Member("artifact", \.artifact, "The file of the model that was found or missed, by digest."),
    Member("host", \.host, "Where: host and count are for everyone."),
    Member("state", \.state, "What was found."),
    Member("method", \.method, "How it was looked for."),
    Member("observedAt", \.observedAt, "When it was looked for."),
    Member("copies", \.copies, "In how many places on the host."),
    Member("downloads", \.downloads, "How often the host says that it was downloaded."),
    Member(
      "repository", sealed: \.repository, "The exact place, sealed: for whom it was noticed to."),
    make: Self.init,
    check: {
      switch $0.thing {
      case .release where $0.artifact == nil, .model: nil
      default: "thing"
      }
    },
    condition: """
      {"if": {"required": ["artifact"]}, "then": {"properties": {"thing": {"required": ["model"]}}}}
      """)

  /// The file that was looked for is one of the model's, where they are known.
  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    guard let artifact, case .model(let name) = thing, let record = state.models.models[name]
    else { return }
    guard record.registration.artifacts.contains(where: { $0.sha256 == artifact }) else {
      throw .artifactUnknown(name, artifact, at: record.registered)
    }
  }
}

/// What a look for a release or model found.
package enum AvailabilityState: String, Vocabulary {
  case available
  /// Only for those whom the host lets in.
  case gated
  case gone
}

/// How availability was looked for.
package enum ObservationMethod: String, Vocabulary {
  /// The host's own list or page.
  case listing
  /// Sizes, names and digests that the host gives.
  case metadata
  /// The bytes, hashed.
  case digest
  /// Someone's word.
  case statement
  case other
}
