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

  /// What the kind says, who signs it and its rules: each in a file of its own.
  package var type: any ListedKind.Type {
    switch self {
    case .ledgerCreated: LedgerCreated.self
    case .actorRegistered: ActorRegistered.self
    case .keyAdded: KeyAdded.self
    case .keyRevoked: KeyRevoked.self
    case .roleGranted: RoleGranted.self
    case .roleRevoked: RoleRevoked.self
    case .charterSet: CharterSet.self
    case .logKeyChanged: LogKeyChanged.self
    case .datasetRegistered: DatasetRegistered.self
    case .releasePublished: ReleasePublished.self
    case .releaseWithdrawn: ReleaseWithdrawn.self
    case .releaseObserved: ReleaseObserved.self
    case .derivativeCleaned: DerivativeCleaned.self
    case .derivativeDeleted: DerivativeDeleted.self
    case .availabilityObserved: AvailabilityObserved.self
    case .suspicionReported: SuspicionReported.self
    case .noticeSent: NoticeSent.self
    case .noticeAcknowledged: NoticeAcknowledged.self
    case .responseRecorded: ResponseRecorded.self
    case .hashListReceived: HashListReceived.self
    case .matchCompleted: MatchCompleted.self
    case .filterCompleted: FilterCompleted.self
    case .unionComputed: UnionComputed.self
    case .verificationRecorded: VerificationRecorded.self
    case .disputeOpened: DisputeOpened.self
    case .disputeResolved: DisputeResolved.self
    case .removalDecided: RemovalDecided.self
    case .reinstatementDecided: ReinstatementDecided.self
    case .residueFound: ResidueFound.self
    case .authorityReportFiled: AuthorityReportFiled.self
    case .preservationHeld: PreservationHeld.self
    case .attachmentWithheld: AttachmentWithheld.self
    case .attachmentErased: AttachmentErased.self
    case .modelRegistered: ModelRegistered.self
    case .trainingAsserted: TrainingAsserted.self
    case .modelDerived: ModelDerived.self
    case .deprecationRequested: DeprecationRequested.self
    case .modelDeprecated: ModelDeprecated.self
    case .modelWithdrawn: ModelWithdrawn.self
    case .modelTested: ModelTested.self
    case .safeguardNoted: SafeguardNoted.self
    case .claimRecorded: ClaimRecorded.self
    case .evidencePinned: EvidencePinned.self
    case .recommendationMade: RecommendationMade.self
    case .measureTaken: MeasureTaken.self
    case .eventCorrected: EventCorrected.self
    case .auditCompleted: AuditCompleted.self
    case .proceedingNoted: ProceedingNoted.self
    }
  }
}

extension Kind {
  /// The members of its statements, in each of its shapes.
  package var members: [MemberForm] {
    type.members + ((type as? any AlsoStated.Type)?.statedType.members ?? [])
  }

  /// Whether the kind changes who may sign what, so that `after` and `notAfter` bind it.
  package var isAuthority: Bool { type.standing.isAuthority }

  /// Whether only those who decide can sign the kind, and nobody in their name.
  package var actsOnLedger: Bool { type.standing.actsOnLedger }

  /// The kind within a sentence: `an actor-registered event`, `a union-computed event`.
  package var inWords: String {
    let isVowel = "aeio".contains { rawValue.hasPrefix(String($0)) }
    return "\(isVowel ? "an" : "a") \(rawValue) event"
  }
}
