extension LedgerState {
  func check(_ body: ModelRegistered) throws(Refusal) {
    if let record = models.models[body.model] {
      throw .modelExists(body.model, at: record.registered)
    }
  }

  func check(_ body: TrainingAsserted) throws(Refusal) {
    guard models.models[body.model] != nil else { throw .modelUnknown(body.model) }
    guard catalog.releases[body.release] != nil else { throw .releaseUnknown(body.release) }
  }

  func check(_ body: ModelDeprecated) throws(Refusal) {
    guard let record = models.models[body.model] else { throw .modelUnknown(body.model) }
    if let at = record.deprecated { throw .alreadyDeprecated(body.model, at: at) }
  }
}
