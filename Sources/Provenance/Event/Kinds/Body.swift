internal import CanonicalJSON

/// What one kind of event says beyond the members that all kinds have.
package protocol EventBody: StatementPart {
  static var kind: Kind { get }
  /// What the statement is about; verifiers find a statement by these (in-toto Statement v1).
  var subjects: [Subject] { get }
  /// What is to be shown together with the event; each must be there, and a projection keeps it.
  var concerns: [Topic] { get }
  /// The admitted events that the rules of this kind read.
  var references: [EventID] { get }
  /// The attachments that the body names, each with its field.
  var attachments: [(field: String, reference: AttachmentReference)] { get }
  /// The moments that the body speaks of as past.
  var statedTimes: [Timestamp] { get }
  /// The sets of keys that the body commits to.
  var sets: [SetReference] { get }
  /// Checks the rules of this kind alone; those of all kinds came first.
  func check(_ state: LedgerState, _ judging: Judging) throws(Refusal)
  /// Takes the event in; total, for history is not up for debate.
  ///
  /// - Returns: the rows that it puts beside those of any event, in order.
  func apply(
    _ event: AdmittedEvent, _ references: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange]
  /// The table that holds each event of this kind whole, as an ``EventRecord``.
  static var recordTable: ProjectionTable? { get }
  /// Whether it has figures as others stated them in place of a root: always an import.
  static var isStated: Bool { get }
  /// The keys that the event itself brings.
  var broughtKeys: [BroughtKey] { get }
  /// The kind whose rule in the charter says who signs.
  var ruledKind: Kind { get }
  /// What it found, where someone can verify that.
  var finding: Finding? { get }
  /// The thing that comes to be by it, so that it is not there before.
  var introduced: Topic? { get }
}

extension EventBody {
  package var concerns: [Topic] { [] }
  package var references: [EventID] { concerns.compactMap(\.eventID) }
  package var attachments: [(field: String, reference: AttachmentReference)] { [] }
  package var statedTimes: [Timestamp] { [] }
  package var sets: [SetReference] { [] }
  package static var recordTable: ProjectionTable? { nil }
  package static var isStated: Bool { false }
  package var broughtKeys: [BroughtKey] { [] }
  package var ruledKind: Kind { Self.kind }
  package var finding: Finding? { nil }
  package var introduced: Topic? { nil }
}

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
