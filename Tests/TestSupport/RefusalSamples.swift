internal import LedgerCrypto
package import Provenance

/// At least one refusal of each case, for all that is to hold of every one.
extension Refusal {
  private static let id = EventID(.of("an event"))
  private static let key = Digest.of("a key")
  private static let moment = Timestamp.at("2026-01-01T00:00:00Z")
  private static let release = VersionedName.named("laion@1")
  private static let dataset = Name.named("laion")
  private static let actor = ActorName.named("hotline")

  package static let samples: [Refusal] =
    ofEvents + ofAuthority + ofReleases + ofFindings + ofCleanup + ofModels

  private static let ofEvents: [Refusal] = [
    .otherLedger, .timeRunsBack(moment), .notFirst, .alreadyCreated,
    .unexpectedSize(expected: 1, actual: 2_000),
    .expired(moment), .fromTheFuture(moment), .causeUnknown(id), .importForbidden(.keyAdded),
    .importOfOwn(actor), .statedOutsideImport(.releasePublished),
    .attachmentGone(key, .withheld, at: 7), .attachmentGone(key, .erased, at: 7),
    .unknownKey(key), .revokedKey(key, by: 7), .invalidSignature(key),
    .roleMissing(
      kind: .matchCompleted, roles: [.matcher, .publisher], needed: 1, counted: 0, others: []),
    .roleMissing(kind: .matchCompleted, roles: [.matcher], needed: 2, counted: 1, others: []),
    .roleMissing(kind: .matchCompleted, roles: [.matcher], needed: 2, counted: 1, others: [actor]),
    .founderSignersDiffer,
  ]

  private static let ofAuthority: [Refusal] = [
    .notAfterMissing, .notAfterTooLate, .staleAuthority(later: 7), .actorExists(actor, at: 7),
    .actorUnknown(actor), .keyTaken(key, by: actor), .keyNotSigning, .weakKey(key),
    .suspectLater(7), .keyUnknown(key), .keyAlreadyRevoked(key, at: 7),
    .roleHeld(actor, .matcher, at: 7), .roleNotHeld(actor, .matcher), .quorumLost(.keyAdded),
    .logKeyOfOther, .logKeyTaken(key, at: 7),
  ]

  private static let ofReleases: [Refusal] = [
    .datasetExists(dataset, at: 7), .datasetUnknown(dataset), .releaseExists(release, at: 7),
    .releaseUnknown(release), .rootUnknown(release, at: 7), .columnsMissing(dataset),
    .columnsFixedAlready(dataset), .columnsDiffer(dataset), .rowsDoNotAddUp(release, gap: -1),
    .rowsDoNotAddUp(release, gap: 3), .keysDoNotAddUp(release), .transitionImpossible(release),
    .unreconciledForbidden, .unreconciledWithoutGap, .notPending(id, release),
    .decisionLeftOut(id, release), .sumsDiffer(release), .additionsWithoutReinstatement,
    .openInMarkedFamily(dataset, at: 7), .decoysStay(id),
    .reinstatementDiffers(release), .alreadyWithdrawn(.release(release), at: 7),
    .notWithdrawn(.model(dataset)), .notDerived(dataset, from: nil, at: 7),
    .notDerived(dataset, from: .named("art"), at: 7), .derivativeDeleted(dataset, at: 7),
  ]

  private static let ofFindings: [Refusal] = [
    .listExists(release, at: 7), .listUnknown(id), .wrongReference(id, expected: "a match"),
    .scannedDiffers(expected: 1, actual: 2_000), .matchImpossible(release, keys: 1),
    .moreThanFound(id, found: 7), .moreThanFoundTogether(id, by: actor, at: 7), .sourceDiffers(id),
    .unionImpossible, .disclosureDiffers(id), .illegalByHand(id),
    .sourcesMixed(release),
    .illegalOpen(release), .markMissing(dataset), .markedAlready(at: 7),
    .confirmationMissing(id), .noticeToSelf(actor), .notAddressee(actor, id),
    .disputeEnded(id, at: 7), .notTheDisputer(id, at: 7), .ownCause(id, at: 7),
    .claimantDiffers(actor, .named("auditor")), .correctionByOther(id, at: 7),
  ]

  private static let ofCleanup: [Refusal] = [
    .groundElsewhere(id), .groundMissing(id), .moreThanRemoved(id, left: 7),
    .notApplied(id, release), .attachmentNotNamed(key, by: id), .notWithheld(key),
    .attachmentHeld(key, at: 7), .holdEnded(id, at: 7),
  ]

  private static let ofModels: [Refusal] = [
    .modelExists(dataset, at: 7), .modelUnknown(dataset), .alreadyDeprecated(dataset, at: 7),
    .artifactsMissing(dataset), .artifactUnknown(dataset, key, at: 7),
  ]
}
