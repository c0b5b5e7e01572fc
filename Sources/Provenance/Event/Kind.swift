/// The kinds of event that this version writes and checks.
package enum Kind: String, CaseIterable, Sendable {
  case ledgerCreated = "ledger-created"
  case actorRegistered = "actor-registered"
  case keyAdded = "key-added"
  case keyRevoked = "key-revoked"
  case roleGranted = "role-granted"
  case roleRevoked = "role-revoked"
  case charterSet = "charter-set"
  case datasetRegistered = "dataset-registered"
  case releasePublished = "release-published"
  case hashListReceived = "hash-list-received"
  case matchCompleted = "match-completed"
  case unionComputed = "union-computed"
  case verificationRecorded = "verification-recorded"
  case removalDecided = "removal-decided"
  case modelRegistered = "model-registered"
  case trainingAsserted = "training-asserted"
  case modelDeprecated = "model-deprecated"

  /// The in-toto `predicateType`: an identifier, never fetched.
  package var predicateType: String { "https://winnow.dev/event/\(rawValue)/v1" }

  package init?(predicateType: String) {
    guard let kind = Self.byPredicateType[Array(predicateType.utf8)] else { return nil }
    self = kind
  }

  /// By bytes: `String`'s own order and equality follow Unicode's normal forms.
  private static let byPredicateType = Dictionary(
    uniqueKeysWithValues: allCases.map { (Array($0.predicateType.utf8), $0) })

  /// Whether the kind changes who may sign what, so that `after` and `notAfter` bind it.
  package var isAuthority: Bool {
    switch self {
    case .actorRegistered, .keyAdded, .keyRevoked, .roleGranted, .roleRevoked, .charterSet: true
    default: false
    }
  }
}
