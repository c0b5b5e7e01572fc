internal import LedgerCrypto
package import Provenance

extension Session {
  /// Records whether a host offers a model.
  package func observe(
    _ model: Name, host: HostName, state: AvailabilityState, method: ObservationMethod,
    artifact path: String?, copies: UInt64?, repository: [UInt8]?
  ) throws -> Recorded {
    let artifact = try path.map { try Self.artifact(at: $0, progress: progress).sha256 }
    let attempt = try attempt()
    let moment = attempt.moment(now())
    return try undoing {
      let repository = try repository.map {
        try attachSealed(
          $0, mediaType: "text/plain", kind: .availabilityObserved, field: "repository",
          attempt: attempt, secrets: try secrets())
      }
      return try record(
        { _ in
          .availabilityObserved(
            .init(
              thing: .model(model), artifact: artifact, host: host, state: state, method: method,
              observedAt: moment,
              copies: copies.map { Count($0, .unspecified, .exact, asOf: moment) },
              repository: repository))
        }, attempt: attempt, at: moment)
    }
  }
}
