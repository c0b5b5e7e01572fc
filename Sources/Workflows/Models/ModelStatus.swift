package import Provenance

/// What the ledger knows of a model: computed from its events, never stored as a verdict.
package struct ModelStatus: Sendable {
  package let model: ModelRecord
  package let trainings: [Training]
  /// Why it was deprecated, as its steward stated it; `nil` where that is not to be shown.
  package let statedReason: [UInt8]?

  /// What was said of its training on a release.
  package struct Training: Sendable {
    package let record: TrainingRecord
    /// How many removals were decided on that release.
    package let removals: Int
  }

  package init(of name: Name, in view: LedgerView) throws {
    model = try view.model(name)
    trainings = try view.trainings(of: name).map {
      Training(
        record: $0,
        removals: view.state.catalog.releases[$0.assertion.release]?.removals.count ?? 0)
    }
    statedReason = try model.statedReason.flatMap { try view.openContent($0) }
  }
}
