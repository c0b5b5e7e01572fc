package import LedgerCrypto

/// Why an event is not admitted: the rule, and what it clashes with.
///
/// A new case says its reason in `RefusalSentences.swift`, and what to do about it in the command
/// line's words; the compiler asks for both.
package enum Refusal: Error, Hashable, Sendable {
  // The event as such.
  case otherLedger
  case timeRunsBack(Timestamp)
  case notFirst
  case alreadyCreated
  case unexpectedSize(expected: UInt64, actual: UInt64)
  case expired(Timestamp)
  case fromTheFuture(Timestamp)
  case causeUnknown(EventID)
  case importForbidden(Kind)
  case importOfOwn(ActorName)
  case statedOutsideImport(Kind)
  case attachmentGone(Digest, AttachmentState, at: UInt64)
  // Signers.
  case unknownKey(Digest)
  case revokedKey(Digest, by: UInt64)
  case invalidSignature(Digest)
  case roleMissing(kind: Kind, roles: [Role], needed: Int, counted: Int, others: [ActorName] = [])
  case founderSignersDiffer
  // Authority.
  case notAfterMissing
  case notAfterTooLate
  case staleAuthority(later: UInt64)
  case actorExists(ActorName, at: UInt64)
  case actorUnknown(ActorName)
  case keyTaken(Digest, by: ActorName)
  case keyNotSigning
  case weakKey(Digest)
  case suspectLater(UInt64)
  case keyUnknown(Digest)
  case keyAlreadyRevoked(Digest, at: UInt64)
  case roleHeld(ActorName, Role, at: UInt64)
  case roleNotHeld(ActorName, Role)
  case quorumLost(Kind)
  case logKeyOfOther
  case logKeyTaken(Digest, at: UInt64)
  // Datasets and releases.
  case datasetExists(Name, at: UInt64)
  case datasetUnknown(Name)
  case releaseExists(VersionedName, at: UInt64)
  case releaseUnknown(VersionedName)
  case rootUnknown(VersionedName, at: UInt64)
  case columnsMissing(Name)
  case columnsFixedAlready(Name)
  case columnsDiffer(Name)
  case rowsDoNotAddUp(VersionedName, gap: Int64)
  case keysDoNotAddUp(VersionedName)
  case transitionImpossible(VersionedName)
  case unreconciledForbidden
  case unreconciledWithoutGap
  case notPending(EventID, VersionedName)
  case decisionLeftOut(EventID, VersionedName)
  case sumsDiffer(VersionedName)
  case additionsWithoutReinstatement
  case openInMarkedFamily(Name, at: UInt64)
  case decoysStay(EventID)
  case reinstatementDiffers(VersionedName)
  case alreadyWithdrawn(Topic, at: UInt64)
  case notWithdrawn(Topic)
  case notDerived(Name, from: Name?, at: UInt64)
  case derivativeDeleted(Name, at: UInt64)
  // Findings.
  case listExists(VersionedName, at: UInt64)
  case listUnknown(EventID)
  case wrongReference(EventID, expected: String)
  case scannedDiffers(expected: UInt64, actual: UInt64)
  case matchImpossible(VersionedName, keys: UInt64)
  case moreThanFound(EventID, found: UInt64)
  case moreThanFoundTogether(EventID, by: ActorName, at: UInt64)
  case sourceDiffers(EventID)
  case unionImpossible
  case disclosureDiffers(EventID)
  case illegalByHand(EventID)
  /// What matches of a release found would be united with what filters chose.
  case sourcesMixed(VersionedName)
  case illegalOpen(VersionedName)
  case markMissing(Name)
  case markedAlready(at: UInt64)
  case confirmationMissing(EventID)
  case noticeToSelf(ActorName)
  case notAddressee(ActorName, EventID)
  case disputeEnded(EventID, at: UInt64)
  case notTheDisputer(EventID, at: UInt64)
  case ownCause(EventID, at: UInt64)
  case claimantDiffers(ActorName, ActorName)
  case correctionByOther(EventID, at: UInt64)
  // Cleanup.
  case groundElsewhere(EventID)
  case groundMissing(EventID)
  case moreThanRemoved(EventID, left: UInt64)
  case notApplied(EventID, VersionedName)
  case attachmentNotNamed(Digest, by: EventID)
  case notWithheld(Digest)
  case attachmentHeld(Digest, at: UInt64)
  case holdEnded(EventID, at: UInt64)
  // Models.
  case modelExists(Name, at: UInt64)
  case modelUnknown(Name)
  case alreadyDeprecated(Name, at: UInt64)
  case artifactsMissing(Name)
  case artifactUnknown(Name, Digest, at: UInt64)
}
