package import Provenance

/// Records that a model was, or was not, trained on a release.
package struct AssertTraining: Deciding {
  let assertion: TrainingAsserted

  package init(
    _ model: Name, on release: VersionedName, polarity: Polarity, use: TrainingUse
  ) {
    assertion = TrainingAsserted(model: model, release: release, polarity: polarity, use: use)
  }

  package func statements(_ plan: Void, _ staging: inout Staging) throws {
    try staging.say(.trainingAsserted(assertion))
  }
}
