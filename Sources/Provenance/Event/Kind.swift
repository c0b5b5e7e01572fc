/// The kinds of event that this version writes and checks.
package enum Kind: String, CaseIterable, Sendable {
  // The family authority.
  case ledgerCreated = "ledger-created"
  case actorRegistered = "actor-registered"
  case keyAdded = "key-added"
  case keyRevoked = "key-revoked"
  case roleGranted = "role-granted"
  case roleRevoked = "role-revoked"
  case charterSet = "charter-set"
  case logKeyChanged = "log-key-changed"
  // The family dataset.
  case datasetRegistered = "dataset-registered"
  case releasePublished = "release-published"
  case releaseWithdrawn = "release-withdrawn"
  case releaseObserved = "release-observed"
  case derivativeCleaned = "derivative-cleaned"
  case derivativeDeleted = "derivative-deleted"
  case availabilityObserved = "availability-observed"
  // The family finding.
  case suspicionReported = "suspicion-reported"
  case noticeSent = "notice-sent"
  case noticeAcknowledged = "notice-acknowledged"
  case responseRecorded = "response-recorded"
  case hashListReceived = "hash-list-received"
  case matchCompleted = "match-completed"
  case filterCompleted = "filter-completed"
  case unionComputed = "union-computed"
  case verificationRecorded = "verification-recorded"
  case disputeOpened = "dispute-opened"
  case disputeResolved = "dispute-resolved"
  // The family cleanup.
  case removalDecided = "removal-decided"
  case reinstatementDecided = "reinstatement-decided"
  case residueFound = "residue-found"
  case authorityReportFiled = "authority-report-filed"
  case preservationHeld = "preservation-held"
  case attachmentWithheld = "attachment-withheld"
  case attachmentErased = "attachment-erased"
  // The family model.
  case modelRegistered = "model-registered"
  case trainingAsserted = "training-asserted"
  case modelDerived = "model-derived"
  case deprecationRequested = "deprecation-requested"
  case modelDeprecated = "model-deprecated"
  case modelWithdrawn = "model-withdrawn"
  case modelTested = "model-tested"
  case safeguardNoted = "safeguard-noted"
  // The family claim.
  case claimRecorded = "claim-recorded"
  case evidencePinned = "evidence-pinned"
  case recommendationMade = "recommendation-made"
  case measureTaken = "measure-taken"
  case eventCorrected = "event-corrected"
  case auditCompleted = "audit-completed"
  case proceedingNoted = "proceeding-noted"

  /// Whether the kind changes who may sign what, so that `after` and `notAfter` bind it.
  package var isAuthority: Bool {
    switch self {
    case .actorRegistered, .keyAdded, .keyRevoked, .roleGranted, .roleRevoked, .charterSet,
      .logKeyChanged:
      true
    default: false
    }
  }

  /// Whether the kind acts on the log's own events, disputes and attachments, so that only those who
  /// decide can sign it, and nobody in their name.
  package var actsOnLedger: Bool {
    switch self {
    case .ledgerCreated, .preservationHeld, .attachmentWithheld, .attachmentErased,
      .eventCorrected, .disputeResolved:
      true
    default: isAuthority
    }
  }
}
