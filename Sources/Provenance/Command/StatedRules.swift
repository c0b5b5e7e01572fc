extension LedgerState {
  /// A name is taken once, whether its root is known or not.
  func check(_ body: ReleaseStated) throws(Refusal) {
    guard catalog.datasets[body.release.name] != nil else {
      throw .datasetUnknown(body.release.name)
    }
    try checkIsNew(body.release)
  }

  func check(
    _ body: UnionStated, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    for id in body.sources {
      switch references[id]?.statement.body {
      case .matchCompleted, .matchStated, .filterCompleted, .filterStated, .removalDecided,
        .removalStated, .suspicionReported:
        continue
      default: throw .wrongReference(id, expected: "a match, filter, removal or suspicion")
      }
    }
  }

  func check(
    _ body: RemovalStated, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard let id = body.union else { return }
    guard references[id]?.statement.body.kind == .unionComputed else {
      throw .wrongReference(id, expected: "a union")
    }
  }
}
