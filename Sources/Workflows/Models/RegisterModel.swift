internal import LedgerCrypto
package import Provenance

/// Registers a model by the digests of its files.
package struct RegisterModel: Deciding {
  let model: Name
  /// Files, and directories of files.
  let paths: [String]

  package init(_ model: Name, artifacts paths: [String]) {
    self.model = model
    self.paths = paths
  }

  package func plan(_ desk: Desk) throws -> [ArtifactFile] {
    try ArtifactFile.read(paths, desk.progress)
  }

  package func statements(
    _ plan: [ArtifactFile], _ staging: inout Staging
  ) throws -> [ArtifactFile] {
    // A file that lies in two places is one artifact.
    let artifacts = Dictionary(plan.map { ($0.artifact.sha256, $0.artifact) }) { first, _ in first }
    try staging.say(
      .modelRegistered(ModelRegistered(model: model, artifacts: Array(artifacts.values))))
    return plan
  }
}
