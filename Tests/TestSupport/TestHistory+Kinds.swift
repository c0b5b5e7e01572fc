internal import Provenance

/// A body of each kind from what is there, or `nil` where something is missing for it.
extension TestHistory {
  mutating func body(of kind: Kind) -> Body? {
    switch kind {
    case .ledgerCreated: nil
    case .actorRegistered, .keyAdded, .keyRevoked, .roleGranted, .roleRevoked, .charterSet,
      .logKeyChanged:
      authorityBody(of: kind)
    case .datasetRegistered, .releasePublished, .releaseWithdrawn, .releaseObserved,
      .derivativeCleaned, .derivativeDeleted, .availabilityObserved:
      datasetBody(of: kind)
    case .hashListReceived, .matchCompleted, .filterCompleted, .unionComputed,
      .verificationRecorded:
      isOne(in: 4) ? statedBody(of: kind) : findingBody(of: kind)
    case .removalDecided: isOne(in: 5) ? statedBody(of: kind) : removalBody()
    case .reinstatementDecided: reinstatementBody()
    case .suspicionReported, .noticeSent, .noticeAcknowledged, .responseRecorded, .disputeOpened,
      .disputeResolved, .residueFound, .authorityReportFiled:
      reportBody(of: kind)
    case .preservationHeld, .attachmentWithheld, .attachmentErased: attachmentBody(of: kind)
    case .modelRegistered, .trainingAsserted, .modelDerived, .deprecationRequested,
      .modelDeprecated, .modelWithdrawn, .modelTested, .safeguardNoted:
      modelBody(of: kind)
    case .claimRecorded, .evidencePinned, .recommendationMade, .measureTaken, .eventCorrected,
      .auditCompleted, .proceedingNoted:
      claimBody(of: kind)
    }
  }

  /// What others did and stated, of which no root is known.
  mutating func statedBody(of kind: Kind) -> Body? {
    if kind == .hashListReceived {
      return .listStated("stated-\(number)@v1", issuer: pick(actors).text)
    }
    if kind == .releasePublished {
      return someDataset().map { dataset in
        .releaseStated("\(dataset.dataset)@s\(number)", parent: someRelease()?.description)
      }
    }
    guard let release = someRelease()?.description else { return nil }
    switch kind {
    case .matchCompleted:
      return .matchStated(release, list: isOne(in: 2) ? some(.hashListReceived) : nil)
    case .filterCompleted: return .filterStated(release)
    case .unionComputed:
      let sources = [
        some(.matchCompleted, .filterCompleted), some(.removalDecided, .suspicionReported),
      ].compactMap(\.self)
      return sources.isEmpty ? nil : .unionStated(release, of: sources)
    case .removalDecided:
      let sources = isOne(in: 2) ? [some(.unionComputed), some(.matchCompleted)] : []
      return .removalStated(release, sources: sources.compactMap(\.self))
    default: return nil
    }
  }
}
