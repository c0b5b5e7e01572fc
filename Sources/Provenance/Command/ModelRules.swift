extension LedgerState {
  func check(_ body: ModelRegistered, _ header: Header) throws(Refusal) {
    if let record = models.models[body.model] {
      throw .modelExists(body.model, at: record.registered)
    }
    if body.artifacts.isEmpty, header.attestation == .firstParty {
      throw .artifactsMissing(body.model)
    }
  }

  func check(_ body: TrainingAsserted) throws(Refusal) {
    guard models.models[body.model] != nil else { throw .modelUnknown(body.model) }
    try checkKnown(body.release)
  }

  func check(_ body: ModelDeprecated) throws(Refusal) {
    guard let record = models.models[body.model] else { throw .modelUnknown(body.model) }
    if let at = record.deprecated { throw .alreadyDeprecated(body.model, at: at) }
  }

  func check(_ body: ModelWithdrawn) throws(Refusal) {
    try check(.model(body.model), host: body.host, body.scope)
  }

  /// A withdrawal for good stands until it is lifted; only what is withdrawn can be lifted.
  func check(
    _ thing: Topic, host: HostName? = nil, _ scope: WithdrawalScope
  ) throws(Refusal) {
    let standing = withdrawals.standing(thing, host: host)
    switch (scope, standing) {
    case (.lifted, nil): throw .notWithdrawn(thing)
    case (.temporary, .some(let record)):
      throw .alreadyWithdrawn(thing, at: record.sequence)
    case (.permanent, .some(let record)) where record.scope == .permanent:
      throw .alreadyWithdrawn(thing, at: record.sequence)
    default: return
    }
  }

  func check(_ body: AvailabilityObserved) throws(Refusal) {
    guard let artifact = body.artifact, case .model(let name) = body.thing,
      let record = models.models[name]
    else { return }
    guard record.registration.artifacts.contains(where: { $0.sha256 == artifact }) else {
      throw .artifactUnknown(name, artifact, at: record.registered)
    }
  }
}
