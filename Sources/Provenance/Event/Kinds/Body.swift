internal import CanonicalJSON

/// What one kind of event says beyond the members that all kinds have.
package protocol EventBody: StatementPart {
  static var kind: Kind { get }
  /// What the statement is about; verifiers find a statement by these (in-toto Statement v1).
  var subjects: [Subject] { get }
  /// The admitted events that the rules of this kind read.
  var references: [EventID] { get }
  /// The attachments that the body names, each with its field.
  var attachments: [(field: String, reference: AttachmentReference)] { get }
}

extension EventBody {
  package var references: [EventID] { [] }
  package var attachments: [(field: String, reference: AttachmentReference)] { [] }
}

/// The body of a statement, by kind.
package enum Body: Hashable, Sendable {
  case ledgerCreated(LedgerCreated)
  case actorRegistered(ActorRegistered)
  case keyAdded(KeyAdded)
  case keyRevoked(KeyRevoked)
  case roleGranted(RoleGranted)
  case roleRevoked(RoleRevoked)
  case charterSet(CharterSet)
  case datasetRegistered(DatasetRegistered)
  case releasePublished(ReleasePublished)
  case hashListReceived(HashListReceived)
  case matchCompleted(MatchCompleted)
  case unionComputed(UnionComputed)
  case verificationRecorded(VerificationRecorded)
  case removalDecided(RemovalDecided)
  case modelRegistered(ModelRegistered)
  case trainingAsserted(TrainingAsserted)
  case modelDeprecated(ModelDeprecated)

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
    case .datasetRegistered(let body): body
    case .releasePublished(let body): body
    case .hashListReceived(let body): body
    case .matchCompleted(let body): body
    case .unionComputed(let body): body
    case .verificationRecorded(let body): body
    case .removalDecided(let body): body
    case .modelRegistered(let body): body
    case .trainingAsserted(let body): body
    case .modelDeprecated(let body): body
    }
  }

  package var kind: Kind { type(of: content).kind }

  init(kind: Kind, from reader: inout MemberReader) throws(FieldError) {
    switch kind {
    case .ledgerCreated: self = .ledgerCreated(try .init(from: &reader))
    case .actorRegistered: self = .actorRegistered(try .init(from: &reader))
    case .keyAdded: self = .keyAdded(try .init(from: &reader))
    case .keyRevoked: self = .keyRevoked(try .init(from: &reader))
    case .roleGranted: self = .roleGranted(try .init(from: &reader))
    case .roleRevoked: self = .roleRevoked(try .init(from: &reader))
    case .charterSet: self = .charterSet(try .init(from: &reader))
    case .datasetRegistered: self = .datasetRegistered(try .init(from: &reader))
    case .releasePublished: self = .releasePublished(try .init(from: &reader))
    case .hashListReceived: self = .hashListReceived(try .init(from: &reader))
    case .matchCompleted: self = .matchCompleted(try .init(from: &reader))
    case .unionComputed: self = .unionComputed(try .init(from: &reader))
    case .verificationRecorded: self = .verificationRecorded(try .init(from: &reader))
    case .removalDecided: self = .removalDecided(try .init(from: &reader))
    case .modelRegistered: self = .modelRegistered(try .init(from: &reader))
    case .trainingAsserted: self = .trainingAsserted(try .init(from: &reader))
    case .modelDeprecated: self = .modelDeprecated(try .init(from: &reader))
    }
  }
}
