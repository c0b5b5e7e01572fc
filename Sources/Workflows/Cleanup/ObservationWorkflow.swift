internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment
internal import SetCommitment

extension Session {
  /// What `release observe` recorded.
  package struct ObservationDone: Sendable {
    package let recorded: Recorded
    package let observation: ReleaseObserved
    package let matches: Bool
  }

  /// Computes the root of a release from files that the observer has, and records it.
  package func observeRelease(
    _ name: VersionedName, files: [String]
  ) throws -> ObservationDone {
    let release = try release(name)
    for file in files where !Directory.holds(file) { throw WorkflowFailure.noFile(file) }
    let attempt = try attempt()
    try Directory.make(directory.indexes)
    let summary = try reader(of: name, shards: try Shard.list(files.map(Self.absolute))).index(
      to: nil, scratch: directory.indexes, work: work("read"))
    let body = ReleaseObserved(
      release: name, publication: release.event, root: summary.root.root,
      tally: Tally(keys: summary.keys, rows: summary.rows))
    return ObservationDone(
      recorded: try record({ _ in .releaseObserved(body) }, attempt: attempt), observation: body,
      matches: body.root == release.publication.root)
  }

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
