package import Provenance

/// Records whether a host offers a model.
package struct ObserveModel: Deciding {
  let model: Name
  let host: HostName
  let state: AvailabilityState
  let method: ObservationMethod
  /// The path of a file that was found there.
  let artifact: String?
  /// How many were found.
  let copies: UInt64?
  /// Where exactly; it stays here, sealed.
  let repository: [UInt8]?

  package init(
    _ model: Name, host: HostName, state: AvailabilityState, method: ObservationMethod,
    artifact: String?, copies: UInt64?, repository: [UInt8]?
  ) {
    self.model = model
    self.host = host
    self.state = state
    self.method = method
    self.artifact = artifact
    self.copies = copies
    self.repository = repository
  }

  package func plan(_ desk: Desk) throws -> Artifact? {
    try artifact.map { try ArtifactFile.read($0, desk.progress).artifact }
  }

  package func statements(_ plan: Artifact?, _ staging: inout Staging) throws {
    var sealed: AttachmentReference?
    if let repository {
      sealed = try staging.seal(repository, kind: .availabilityObserved, field: "repository")
    }
    let moment = staging.desk.moment
    try staging.say(
      .availabilityObserved(
        .init(
          thing: .model(model), artifact: plan?.sha256, host: host, state: state, method: method,
          observedAt: moment,
          copies: copies.map { Count($0, .unspecified, .exact, asOf: moment) },
          repository: sealed)))
  }
}
