internal import LedgerCrypto

extension LedgerState {
  /// What an event names is there: attachments that were not taken away, and the things that it
  /// concerns.
  ///
  /// Figures without a root come from an import only.
  func checkNames(
    _ statement: Statement, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    if !attachments.records.isEmpty {
      for (_, reference) in statement.attachments {
        guard let record = attachments.missing(reference.sha256) else { continue }
        throw .attachmentGone(reference.sha256, record.state, at: record.sequence)
      }
    }
    let content = statement.body.content
    if statement.body.isStated, statement.header.attestation != .thirdPartyImport {
      throw .statedOutsideImport(statement.body.kind)
    }
    for thing in content.concerns where thing != content.introduced {
      try checkThere(thing, references)
    }
  }

  private func checkThere(
    _ thing: Topic, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    switch thing {
    case .dataset(let name):
      guard catalog.datasets[name] != nil else { throw .datasetUnknown(name) }
    case .release(let release): try checkKnown(release)
    case .model(let name):
      guard models.models[name] != nil else { throw .modelUnknown(name) }
    case .actor(let actor):
      guard authority.actors[actor] != nil else { throw .actorUnknown(actor) }
    case .event(let id):
      guard references[id] != nil else { throw .causeUnknown(id) }
    }
  }

  /// A release is there, by its root or as someone stated it.
  func checkKnown(_ release: VersionedName) throws(Refusal) {
    guard catalog.releases[release] != nil || stated.releases[release] != nil else {
      throw .releaseUnknown(release)
    }
  }

  /// Refuses the name of a release that was published, or stated by others.
  package func checkIsNew(_ release: VersionedName) throws(Refusal) {
    if let record = catalog.releases[release] {
      throw .releaseExists(release, at: record.published)
    }
    if let record = stated.releases[release] {
      throw .releaseExists(release, at: record.sequence)
    }
  }

  /// A release with its root.
  func exactRelease(_ release: VersionedName) throws(Refusal) -> ReleaseRecord {
    if let record = catalog.releases[release] { return record }
    if let record = stated.releases[release] { throw .rootUnknown(release, at: record.sequence) }
    throw .releaseUnknown(release)
  }

  /// Who speaks: whom an import is attributed to, else the signing actors.
  func speakers(_ header: Header) -> Set<ActorName> {
    if let actor = header.attributedTo { return [actor] }
    return Set(header.signers.compactMap { authority.keys[$0]?.actor })
  }
}
