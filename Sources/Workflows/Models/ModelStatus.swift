package import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
package import Provenance

/// What the ledger knows of a model: computed from its events, never stored as a verdict.
package struct ModelStatus: Sendable {
  package let json: JSON
  package let lines: [String]
}

extension Session {
  package func modelStatus(_ name: Name) throws -> ModelStatus {
    let state = try ledger.state
    guard let model = state.models.models[name] else { throw WorkflowFailure.modelUnknown(name) }
    let trainings = try ledger.trainings(of: name)
    var lines = ["\(name), registered at sequence \(model.registered)"]
    for artifact in model.registration.artifacts {
      lines.append("  file \(artifact.sha256) of \(artifact.size.of("byte"))")
    }
    var asserted: [JSON] = []
    for training in trainings {
      let release = training.assertion.release
      let removals = state.catalog.releases[release]?.removals.count ?? 0
      lines.append(
        "  \(training.assertion.polarity.rawValue) on \(release), as asserted at sequence \(training.sequence); removals decided on that release: \(removals.grouped)"
      )
      asserted.append([
        "release": .string(release.description),
        "polarity": .string(training.assertion.polarity.rawValue),
        "use": .string(training.assertion.use.rawValue),
        "sequence": .integer(Int64(clamping: training.sequence)),
        "removalsOnRelease": .integer(Int64(removals)),
      ])
    }
    var object = JSONObject([
      ("model", .string(name.text)),
      ("registered", .integer(Int64(clamping: model.registered))),
      ("artifacts", .array(model.registration.artifacts.map(\.json))),
      ("training", .array(asserted)),
    ])
    if let deprecated = model.deprecated {
      object["deprecated"] = .integer(Int64(clamping: deprecated))
      lines.append("  deprecated at sequence \(deprecated)")
      if let reference = model.statedReason, let content = try openContent(reference) {
        let reason = String(decoding: content, as: UTF8.self)
        object["statedReason"] = .string(reason)
        lines.append("  stated reason: \(reason)")
      }
    } else {
      lines.append("  not deprecated")
    }
    return ModelStatus(json: .object(object), lines: lines)
  }
}
