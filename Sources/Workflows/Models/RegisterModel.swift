internal import LedgerCrypto
package import Provenance

/// Registers a model by the digests of its files.
package struct RegisterModel: Deciding {
  let model: Name
  let files: [String]

  package init(_ model: Name, artifacts files: [String]) {
    self.model = model
    self.files = files
  }

  package func plan(_ desk: Desk) throws -> ModelRegistered {
    var artifacts: [Digest: Artifact] = [:]
    for path in files {
      let artifact = try ArtifactFile.read(path, desk.progress)
      artifacts[artifact.sha256] = artifact
    }
    return ModelRegistered(model: model, artifacts: Array(artifacts.values))
  }

  package func statements(_ plan: ModelRegistered, _ staging: inout Staging) throws {
    try staging.say(.modelRegistered(plan))
  }
}
