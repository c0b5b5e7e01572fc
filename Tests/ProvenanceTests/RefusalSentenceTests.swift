import LedgerCrypto
import Provenance
import TestSupport
import Testing

/// What is said to whoever is refused.
@Suite struct `The sentence of a refusal` {
  static let id = EventID(.of("an event"))
  static let key = Digest.of("a key")
  static let moment = Timestamp.at("2026-01-01T00:00:00Z")
  static let release = VersionedName.named("laion@1")
  static let dataset = Name.named("laion")
  static let actor = ActorName.named("hotline")

  static let refusals: [Refusal] = [
    .otherLedger, .timeRunsBack(moment), .notFirst, .alreadyCreated,
    .unexpectedSize(expected: 1, actual: 2_000),
    .expired(moment), .fromTheFuture(moment), .causeUnknown(id), .importForbidden(.keyAdded),
    .importOfOwn(actor), .unknownKey(key), .revokedKey(key, by: 7), .invalidSignature(key),
    .roleMissing(
      kind: .matchCompleted, roles: [.matcher, .publisher], needed: 1, counted: 0, others: []),
    .roleMissing(
      kind: .matchCompleted, roles: [.matcher], needed: 2, counted: 1, others: []),
    .roleMissing(
      kind: .matchCompleted, roles: [.matcher], needed: 2, counted: 1,
      others: [ActorName("hotline")!]),
    .founderSignersDiffer, .notAfterMissing, .notAfterTooLate, .staleAuthority(later: 7),
    .actorExists(actor, at: 7), .actorUnknown(actor), .keyTaken(key, by: actor), .keyNotSigning,
    .weakKey(key), .suspectLater(7), .keyUnknown(key), .keyAlreadyRevoked(key, at: 7),
    .roleHeld(actor, .matcher, at: 7), .roleNotHeld(actor, .matcher), .quorumLost(.keyAdded),
    .datasetExists(dataset, at: 7), .datasetUnknown(dataset), .releaseExists(release, at: 7),
    .releaseUnknown(release), .columnsMissing(dataset), .columnsFixedAlready(dataset),
    .columnsDiffer(dataset), .rowsDoNotAddUp(release, gap: -1), .rowsDoNotAddUp(release, gap: 3),
    .keysDoNotAddUp(release), .transitionImpossible(release), .unreconciledForbidden,
    .unreconciledWithoutGap, .notPending(id, release), .removalLeftOut(id, release),
    .unionDiffers(id), .additionsWithoutReinstatement, .sealedBelowDilution, .decoysStay(id),
    .listExists(release, at: 7), .listUnknown(id), .wrongReference(id, expected: "a match"),
    .scannedDiffers(expected: 1, actual: 2_000), .matchImpossible(release, keys: 1),
    .moreThanFound(id, found: 7), .sourceDiffers(id), .unionImpossible, .disclosureDiffers(id),
    .confirmationMissing(id), .modelExists(dataset, at: 7), .modelUnknown(dataset),
    .alreadyDeprecated(dataset, at: 7),
  ]

  /// One sentence: what is wrong, then what to do, on one line.
  static func isHelpful(_ sentence: String) -> Bool {
    sentence.hasSuffix(".") && !sentence.hasSuffix("..") && !sentence.contains("\n")
      && sentence.contains("; ") && sentence.first?.isLowercase == false
      && !sentence.contains("nil") && !sentence.contains("Optional(")
  }

  @Test(arguments: refusals) func `says what is wrong and what to do`(refusal: Refusal) {
    let sentence = refusal.description
    // A name at the start is written as it is.
    let isOfName = ["hotline", "laion@1"].contains { sentence.hasPrefix($0) }
    #expect(Self.isHelpful(isOfName ? "A \(sentence)" : sentence), "\(sentence)")
  }

  @Test(arguments: [
    EventError.unknownKind("x"), .payloadType, .payloadNotBase64, .signatureNotBase64,
    .signersDiffer, .tooLarge(70_000), .recordedAt,
  ])
  func `of bytes that are no event says it too`(error: EventError) {
    #expect(Self.isHelpful(error.description), "\(error)")
  }

  @Test(arguments: [
    BundleError.empty, .noFinalLineFeed, .lineTooLong(3), .wrongPlace(3), .outOfOrder(3),
    .attachmentDiffers(3), .inclusionMixed(3), .missing("claim"),
  ])
  func `of bytes that are no bundle says it too`(error: BundleError) {
    #expect(Self.isHelpful(error.description), "\(error)")
  }

  @Test func `agrees in number with what it counts`() {
    #expect(
      Refusal.unexpectedSize(expected: 1, actual: 2_000).description
        .hasPrefix("The signers saw a log of 1 entry and it now has 2,000;"))
    #expect(Refusal.rowsDoNotAddUp(Self.release, gap: -1).description.contains("1 row less than"))
  }

  @Test func `for a quorum names who has not signed yet`() {
    func sentence(_ others: [ActorName]) -> String {
      Refusal.roleMissing(
        kind: .datasetRegistered, roles: [.publisher], needed: 2, counted: 1, others: others
      ).description
    }
    let many = (1...9).map { ActorName("actor-\($0)")! }
    #expect(sentence([]).contains("asks for 2 actors with the role publisher"))
    #expect(sentence([]).contains("nobody else can"))
    #expect(sentence([ActorName("hotline")!]).contains("still missing among hotline: add one"))
    #expect(sentence(many).contains("actor-8 and others:"))
    #expect(!sentence(many).contains("actor-9"))
  }
}
