package import Provenance

/// Deprecates a model, with the reason as its steward states it.
package struct DeprecateModel: Deciding {
  let model: Name
  let statedReason: String

  package init(_ model: Name, statedReason: String) {
    self.model = model
    self.statedReason = statedReason
  }

  package func plan(_ desk: Desk) throws {
    guard desk.view.state.models.models[model] != nil else { throw Refusal.modelUnknown(model) }
  }

  package func statements(_ plan: Void, _ staging: inout Staging) throws {
    let reason = try staging.attach(
      Array(statedReason.utf8), kind: .modelDeprecated, field: "statedReason")
    try staging.say(.modelDeprecated(.init(model: model, statedReason: reason)))
  }
}
