extension LedgerState {
  func check(_ body: ReleaseWithdrawn) throws(Refusal) {
    try check(.release(body.release), body.scope)
  }

  func check(
    _ body: ReleaseObserved, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard case .releasePublished(let publication) = references[body.publication]?.statement.body,
      publication.release == body.release
    else {
      throw .wrongReference(body.publication, expected: "the publication of \(body.release)")
    }
  }

  /// A derivative follows a release of the dataset that it was derived from.
  func check(_ body: DerivativeCleaned) throws(Refusal) {
    let record = try derivative(body.dataset)
    guard record.registration.derivedFrom?.name == body.against.name else {
      throw .notDerived(body.dataset, from: body.against.name, at: record.registered)
    }
  }

  func check(_ body: DerivativeDeleted) throws(Refusal) {
    _ = try derivative(body.dataset)
  }

  private func derivative(_ name: Name) throws(Refusal) -> DatasetRecord {
    guard let record = catalog.datasets[name] else { throw .datasetUnknown(name) }
    guard record.registration.derivedFrom != nil else {
      throw .notDerived(name, from: nil, at: record.registered)
    }
    if let at = record.deleted { throw .derivativeDeleted(name, at: at) }
    return record
  }
}
