import LedgerCrypto
import Provenance
import TestSupport

extension Story {
  /// Some body of a kind, whatever it refers to.
  static func body(_ kind: Kind) -> Body? {
    let id = EventID(.of("some event"))
    return switch kind {
    case .ledgerCreated: nil
    case .actorRegistered: .actorRegistered("dave", after: id)
    case .keyAdded: .keyAdded("dave", after: id)
    case .keyRevoked: .keyRevoked("dave", after: id)
    case .roleGranted: .roleGranted(.auditor, "dave", after: id)
    case .roleRevoked: .roleRevoked(.auditor, "dave", after: id)
    case .charterSet: .charterSet(.init(charter: .initial, after: id))
    case .logKeyChanged: .logKey(after: id)
    case .datasetRegistered: .dataset()
    case .releasePublished: .release("laion@1")
    case .releaseWithdrawn: .withdrawal()
    case .releaseObserved: .observation("laion@2", publication: id)
    case .derivativeCleaned: .derivativeCleaned()
    case .derivativeDeleted: .derivativeDeleted()
    case .availabilityObserved: .availability(artifact: .of("diffusion weights"))
    case .hashListReceived: .hashList()
    case .matchCompleted: .match("laion@1", list: id)
    case .filterCompleted: .filter("laion@1")
    case .unionComputed: .union("laion@1", of: [(id, Tally(keys: 20, rows: 22))])
    case .verificationRecorded: .verification(id)
    case .suspicionReported: .suspicion()
    case .noticeSent: .notice()
    case .noticeAcknowledged: .acknowledgement(id)
    case .responseRecorded: .response(id)
    case .disputeOpened: .dispute(id)
    case .disputeResolved: .resolution(id)
    default: laterBody(kind, id)
    }
  }

  private static func laterBody(_ kind: Kind, _ id: EventID) -> Body? {
    switch kind {
    case .removalDecided: .removal("laion@1", of: [(id, Tally(keys: 20, rows: 22))])
    case .reinstatementDecided:
      .reinstatement("laion@1", of: [id], grounds: [id])
    case .residueFound: .residue("laion@2", removal: id)
    case .authorityReportFiled: .authorityReport()
    case .preservationHeld: .hold([.of("a"), .of("b")])
    case .attachmentWithheld: .withholding(.of("a"), of: [id])
    case .attachmentErased: .erasure(.of("a"), of: [id], requestedBy: "dave")
    case .modelRegistered: .model()
    case .trainingAsserted: .training()
    case .modelDerived: .derived("diffusion/2", from: "diffusion")
    case .deprecationRequested: .deprecationRequest()
    case .modelDeprecated: .deprecation()
    case .modelWithdrawn: .modelWithdrawal()
    case .modelTested: .modelTest()
    case .safeguardNoted: .safeguard()
    case .claimRecorded: .claim()
    case .evidencePinned: .evidencePinned(about: [.event(id)], earlier: id)
    case .recommendationMade: .recommendation(to: ["alice", "bob"])
    case .measureTaken: .measure(answers: [id])
    case .eventCorrected: .correction(id)
    case .auditCompleted: .audit()
    case .proceedingNoted: .proceeding()
    default: nil
    }
  }
}
