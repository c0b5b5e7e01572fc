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
    switch statement.body {
    case .releaseStated, .hashListStated, .matchStated, .filterStated, .unionStated,
      .removalStated:
      guard statement.header.attestation == .thirdPartyImport else {
        throw .statedOutsideImport(statement.body.kind)
      }
    default: break
    }
    for thing in statement.body.content.concerns {
      if case .releaseStated(let body) = statement.body, thing == .release(body.release) {
        continue
      }
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

  /// A release with its root.
  func exactRelease(_ release: VersionedName) throws(Refusal) -> ReleaseRecord {
    if let record = catalog.releases[release] { return record }
    if let record = stated.releases[release] { throw .rootUnknown(release, at: record.sequence) }
    throw .releaseUnknown(release)
  }

  /// An event that someone can answer or dispute: any but those that give authority.
  func checkAnswerable(
    _ id: EventID, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard let kind = references[id]?.statement.body.kind else { throw .causeUnknown(id) }
    guard !kind.isAuthority, kind != .ledgerCreated else {
      throw .wrongReference(id, expected: "an event that can be disputed or answered")
    }
  }

  /// Who speaks: whom an import is attributed to, else the signing actors.
  func speakers(_ header: Header) -> Set<ActorName> {
    if let actor = header.attributedTo { return [actor] }
    return Set(header.signers.compactMap { authority.keys[$0]?.actor })
  }

  func check(_ body: NoticeSent, _ header: Header) throws(Refusal) {
    if speakers(header) == [body.to] { throw .noticeToSelf(body.to) }
  }

  func check(
    _ body: NoticeAcknowledged, _ header: Header, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard case .noticeSent(let notice) = references[body.notice]?.statement.body else {
      throw .wrongReference(body.notice, expected: "a notice that was sent")
    }
    guard speakers(header).contains(notice.to) else {
      throw .notAddressee(notice.to, body.notice)
    }
  }

  /// A dispute ends once; who opened it takes it back, and does not judge it alone.
  func check(_ body: DisputeResolved, _ header: Header) throws(Refusal) {
    guard let dispute = disputes.records[body.dispute] else {
      throw .wrongReference(body.dispute, expected: "a dispute that was opened")
    }
    if let at = dispute.resolved { throw .disputeEnded(body.dispute, at: at) }
    let speakers = speakers(header)
    if body.outcome == .withdrawn {
      guard !speakers.isDisjoint(with: dispute.openers) else {
        throw .notTheDisputer(body.dispute, at: dispute.opened)
      }
    } else if speakers.isSubset(of: dispute.openers) {
      throw .ownCause(body.dispute, at: dispute.opened)
    }
  }

  func check(_ body: ClaimRecorded, _ header: Header) throws(Refusal) {
    if let actor = header.attributedTo, actor != body.claimant {
      throw .claimantDiffers(body.claimant, actor)
    }
  }

  func check(
    _ body: EvidencePinned, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard let id = body.earlier else { return }
    guard case .evidencePinned = references[id]?.statement.body else {
      throw .wrongReference(id, expected: "evidence that was pinned")
    }
  }

  func check(
    _ body: MeasureTaken, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    for id in body.answers {
      switch references[id]?.statement.body {
      case .recommendationMade, .noticeSent, .deprecationRequested, .suspicionReported: continue
      default:
        throw .wrongReference(
          id, expected: "a recommendation, notice, request or suspicion that a measure answers")
      }
    }
  }

  /// A correction is by one who signed what it corrects, or by an administrator; others dispute.
  func check(
    _ body: EventCorrected, _ header: Header, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard let target = references[body.target] else { throw .causeUnknown(body.target) }
    let speakers = speakers(header)
    guard
      !speakers.isDisjoint(with: target.actors)
        || speakers.contains(where: { authority.holds($0, .administrator) })
    else { throw .correctionByOther(body.target, at: target.sequence) }
  }
}

extension Body {
  /// The kind whose rule in the charter says who signs: who may open a dispute may take it back.
  var ruledKind: Kind {
    guard case .disputeResolved(let body) = self, body.outcome == .withdrawn else { return kind }
    return .disputeOpened
  }
}
