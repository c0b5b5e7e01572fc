internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance

extension Session {
  /// Registers a model by the digests of its files.
  package func registerModel(_ name: Name, artifacts paths: [String]) throws -> Recorded {
    var artifacts: [Digest: Artifact] = [:]
    for path in paths {
      let artifact = try Self.artifact(at: path, progress: progress)
      artifacts[artifact.sha256] = artifact
    }
    let body = ModelRegistered(model: name, artifacts: Array(artifacts.values))
    return try record { _ in .modelRegistered(body) }
  }

  static func artifact(at path: String, progress: Progress) throws -> Artifact {
    guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    let file = try OpenFile(path: path)
    var hasher = SHA256()
    var offset = 0
    while offset < file.size {
      if progress.isCancelled() { throw WorkflowFailure.cancelled }
      let count = min(1 << 22, file.size - offset)
      hasher.update(try file.bytes(from: offset, count: count))
      offset += count
      progress.report("hash", UInt64(offset), UInt64(file.size), 0)
    }
    try file.checkUnchanged()
    return Artifact(sha256: hasher.digest(), size: UInt64(file.size))
  }

  /// Records that a model was, or was not, trained on a release.
  package func assertTraining(
    _ model: Name, on release: VersionedName, polarity: Polarity, use: TrainingUse
  ) throws -> Recorded {
    try record { _ in
      .trainingAsserted(
        .init(model: model, release: release, polarity: polarity, use: use))
    }
  }

  /// Deprecates a model, with the reason as its steward states it.
  package func deprecateModel(_ model: Name, statedReason: String) throws -> Recorded {
    guard try ledger.state.models.models[model] != nil else { throw Refusal.modelUnknown(model) }
    let attempt = try attempt()
    return try undoing {
      let reason = try attach(
        text: statedReason, kind: .modelDeprecated, field: "statedReason", attempt: attempt)
      return try record(
        { _ in .modelDeprecated(.init(model: model, statedReason: reason)) }, attempt: attempt)
    }
  }
}
