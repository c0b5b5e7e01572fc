internal import CanonicalJSON

/// The body of a statement, by kind.
///
/// Kinds that record what was found have a second shape, for what others did and stated without the
/// root of a set (`releaseStated` and the like): it has the member `stated`, and is always an import.
package indirect enum Body: Hashable, Sendable {
  case ledgerCreated(LedgerCreated)
  case actorRegistered(ActorRegistered)
  case keyAdded(KeyAdded)
  case keyRevoked(KeyRevoked)
  case roleGranted(RoleGranted)
  case roleRevoked(RoleRevoked)
  case charterSet(CharterSet)
  case logKeyChanged(LogKeyChanged)
  case datasetRegistered(DatasetRegistered)
  case releasePublished(ReleasePublished)
  case releaseWithdrawn(ReleaseWithdrawn)
  case releaseObserved(ReleaseObserved)
  case derivativeCleaned(DerivativeCleaned)
  case derivativeDeleted(DerivativeDeleted)
  case availabilityObserved(AvailabilityObserved)
  case suspicionReported(SuspicionReported)
  case noticeSent(NoticeSent)
  case noticeAcknowledged(NoticeAcknowledged)
  case responseRecorded(ResponseRecorded)
  case hashListReceived(HashListReceived)
  case matchCompleted(MatchCompleted)
  case filterCompleted(FilterCompleted)
  case unionComputed(UnionComputed)
  case verificationRecorded(VerificationRecorded)
  case disputeOpened(DisputeOpened)
  case disputeResolved(DisputeResolved)
  case removalDecided(RemovalDecided)
  case reinstatementDecided(ReinstatementDecided)
  case residueFound(ResidueFound)
  case authorityReportFiled(AuthorityReportFiled)
  case preservationHeld(PreservationHeld)
  case attachmentWithheld(AttachmentWithheld)
  case attachmentErased(AttachmentErased)
  case modelRegistered(ModelRegistered)
  case trainingAsserted(TrainingAsserted)
  case modelDerived(ModelDerived)
  case deprecationRequested(DeprecationRequested)
  case modelDeprecated(ModelDeprecated)
  case modelWithdrawn(ModelWithdrawn)
  case modelTested(ModelTested)
  case safeguardNoted(SafeguardNoted)
  case claimRecorded(ClaimRecorded)
  case evidencePinned(EvidencePinned)
  case recommendationMade(RecommendationMade)
  case measureTaken(MeasureTaken)
  case eventCorrected(EventCorrected)
  case auditCompleted(AuditCompleted)
  case proceedingNoted(ProceedingNoted)
  case releaseStated(ReleaseStated)
  case hashListStated(HashListStated)
  case matchStated(MatchStated)
  case filterStated(FilterStated)
  case unionStated(UnionStated)
  case removalStated(RemovalStated)

  /// The body as what all kinds have in common.
  package var content: any EventBody {
    switch self {
    case .ledgerCreated(let body): body
    case .actorRegistered(let body): body
    case .keyAdded(let body): body
    case .keyRevoked(let body): body
    case .roleGranted(let body): body
    case .roleRevoked(let body): body
    case .charterSet(let body): body
    case .logKeyChanged(let body): body
    case .datasetRegistered(let body): body
    case .releasePublished(let body): body
    case .releaseWithdrawn(let body): body
    case .releaseObserved(let body): body
    case .derivativeCleaned(let body): body
    case .derivativeDeleted(let body): body
    case .availabilityObserved(let body): body
    case .suspicionReported(let body): body
    case .noticeSent(let body): body
    case .noticeAcknowledged(let body): body
    case .responseRecorded(let body): body
    case .hashListReceived(let body): body
    case .matchCompleted(let body): body
    case .filterCompleted(let body): body
    case .unionComputed(let body): body
    case .verificationRecorded(let body): body
    case .disputeOpened(let body): body
    case .disputeResolved(let body): body
    case .removalDecided(let body): body
    case .reinstatementDecided(let body): body
    case .residueFound(let body): body
    case .authorityReportFiled(let body): body
    case .preservationHeld(let body): body
    case .attachmentWithheld(let body): body
    case .attachmentErased(let body): body
    case .modelRegistered(let body): body
    case .trainingAsserted(let body): body
    case .modelDerived(let body): body
    case .deprecationRequested(let body): body
    case .modelDeprecated(let body): body
    case .modelWithdrawn(let body): body
    case .modelTested(let body): body
    case .safeguardNoted(let body): body
    case .claimRecorded(let body): body
    case .evidencePinned(let body): body
    case .recommendationMade(let body): body
    case .measureTaken(let body): body
    case .eventCorrected(let body): body
    case .auditCompleted(let body): body
    case .proceedingNoted(let body): body
    case .releaseStated(let body): body
    case .hashListStated(let body): body
    case .matchStated(let body): body
    case .filterStated(let body): body
    case .unionStated(let body): body
    case .removalStated(let body): body
    }
  }

  package var kind: Kind { type(of: content).kind }

  /// Whether it has figures as others stated them in place of a root.
  package var isStated: Bool { type(of: content).isStated }

  /// The table that holds each event of this body as an ``EventRecord``, where there is one.
  package var recordTable: ProjectionTable? { type(of: content).recordTable }

  init(kind: Kind, from reader: inout MemberReader) throws(FieldError) {
    self = try kind.type.read(from: &reader)
  }
}
