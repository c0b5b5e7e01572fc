import LedgerCrypto
import Provenance
import TestSupport
import Testing

@testable import Workflows
@testable import winnow

@Suite struct `The words for a workflow that stopped` {
  static let actor = ActorName.named("hotline")
  static let release = VersionedName.named("laion@1")
  static let dataset = Name.named("laion")
  static let digest = Digest.of("bytes")

  static let notFound: [WorkflowFailure] = [
    .noLedger("demo"), .noKey(actor: actor, directory: "keys"), .noFile("rows.csv"),
    .noEvent("12"), .noKeyID("3f9a61c2"), .noAttachment("12/text"), .noCountingKey(actor),
    .noSigner(actor), .releaseUnknown(release), .datasetUnknown(dataset), .listUnknown(release),
    .modelUnknown(dataset), .noIndex(release), .noCatalog(release), .secretMissing(dataset),
    .familySecretMissing(dataset), .filesNeeded(release), .noMatches(release),
    .issuerUnknown(actor, isNamed: true), .issuerUnknown(actor, isNamed: false),
    .nothingIn("model"), .filesMoved(release, from: "/data"),
  ]

  static let refused: [WorkflowFailure] = [
    .exists("keys"), .severalKeys(actor: actor, directory: "keys"), .severalCountingKeys(actor),
    .signaturesMissing([AwaitedSigner(actor: actor, keyID: digest)]), .attachmentMissing(digest),
    .otherPassphrase("a.pem"), .otherLogKey("keys/log.pem"), .listDiffers(release),
    .nothingPending(release), .nothingFound(release), .notRemoved(release),
    .rowsAbsent(release, places: [2, 3], of: 4),
    .rowInTheClear(release), .rowInTheClear(nil), .alreadyReinstated(1), .heldElsewhere(2),
    .notRestorable(release), .membersSealed(7), .memberMissing(7),
    .memberErased(7, at: 8), .transitionSealed(release),
    .transitionMarked(release, at: 7), .shardChanged("a.csv"), .indexDiffers(release),
    .nothingToDilute(release), .illegalByHand(release), .tooFewRows(release),
    .otherDraft(release), .keyPresent(release), .keyAbsent(release),
    .notDerived(release, from: .named("laion@0")), .otherSecret(dataset), .notKeyed(dataset),
    .severalIDs("3f"), .severalAttachments("3f"), .nonceUsed(7), .secretWaits("laion"),
    .alreadyDecided(release, at: 7), .notPerceptual(release), .notOfURLs(release),
  ]

  static let others: [WorkflowFailure] = [
    .noCheckpoint, .notCovered(7, size: 2), .secretNeeded(dataset),
    .badInput("There is no row in rows.jsonl; give one JSON object a line."),
    .issuerUnnamed, .holderElsewhere, .severalFounders([actor, .named("publisher")]),
    .noKeys("keys"), .noStatement, .setWhenSigned("nonce"), .firstEvent, .creationByFile,
    .signerFailed("The command ended with 1; run it by hand."), .cancelled, .overtaken,
    .emptyFile("a.bin"), .pointerDamaged("a.bin"), .pointerToRows("a.csv"),
    .tooManyArtifacts(300, 256), .manifestSealed(release), .manifestMalformed(release),
    .unlikeDatasets(release, .named("pets@1")), .ledgerUnreachable("demo"), .notWritable("out"),
    .listSealed(release), .listsUnlike(release, release), .expressionSealed(7),
  ]

  @Test func `are tried of every failure`() throws {
    #expect(
      try Cases.missing(
        of: "WorkflowFailure", in: "Workflows/Ledger/WorkflowFailure.swift",
        from: Self.notFound + Self.refused + Self.others) == [])
  }

  /// Where nothing can be done a failure says so, and no more.
  @Test(arguments: notFound + refused + others) func `say what to do`(failure: WorkflowFailure) {
    let sentence = Words(of: failure).sentence
    #expect(sentence.hasPrefix(failure.reason) && sentence.hasSuffix("."), "\(sentence)")
    #expect(!sentence.hasSuffix("..") && !sentence.contains("\n"), "\(sentence)")
    #expect(!sentence.contains("nil") && !sentence.contains("Optional("), "\(sentence)")
    if case .notKeyed = failure { return }
    #expect(sentence.split(separator: "; ").count == 2, "\(sentence)")
  }

  @Test func `go with the code of what is not there, is refused, or can be tried again`() {
    for failure in Self.notFound { #expect(Words(of: failure).code == Failure.notFound) }
    for failure in Self.refused { #expect(Words(of: failure).code == Failure.refused) }
    for failure in Self.others {
      let code =
        switch failure {
        case .noCheckpoint, .notCovered, .secretNeeded, .manifestSealed, .expressionSealed,
          .listSealed:
          Failure.notEnough
        case .manifestMalformed: Failure.verificationFailed
        case .cancelled: Failure.interrupted
        case .overtaken: Failure.tryLater
        default: Failure.input
        }
      #expect(Words(of: failure).code == code, "\(failure)")
    }
  }
}
