import LedgerCrypto
import LedgerStore
import Provenance
import TestSupport
import Testing

@testable import winnow

/// What is said to whoever is refused.
@Suite struct `The words for an error` {
  /// One sentence: what is wrong, then what to do, on one line.
  private func isHelpful(_ sentence: String) -> Bool {
    sentence.hasSuffix(".") && !sentence.hasSuffix("..") && !sentence.contains("\n")
      && sentence.split(separator: "; ").count == 2 && !sentence.contains("nil")
      && !sentence.contains("Optional(")
  }

  @Test(arguments: Refusal.samples) func `of a rule say what to do`(refusal: Refusal) {
    let words = Words(of: refusal)
    #expect(isHelpful(words.sentence), "\(words.sentence)")
    #expect(words.sentence.hasPrefix(refusal.reason + "; "))
    #expect(words.code == Failure.refused || words.code == Failure.notFound)
  }

  @Test func `of what is not there go with 5, of what a rule forbids with 6`() {
    let id = EventID(.of("an event"))
    #expect(Words(of: Refusal.causeUnknown(id)).code == Failure.notFound)
    #expect(Words(of: Refusal.actorUnknown(.named("hotline"))).code == Failure.notFound)
    #expect(Words(of: Refusal.keyUnknown(.of("a key"))).code == Failure.notFound)
    #expect(Words(of: Refusal.datasetUnknown(.named("laion"))).code == Failure.notFound)
    #expect(Words(of: Refusal.releaseUnknown(.named("laion@1"))).code == Failure.notFound)
    #expect(Words(of: Refusal.listUnknown(id)).code == Failure.notFound)
    #expect(Words(of: Refusal.modelUnknown(.named("m"))).code == Failure.notFound)
    let found = Refusal.samples.filter { Words(of: $0).code == Failure.notFound }
    #expect(found.count == 7)
  }

  static let ledgerFailures: [LedgerFailure] = [
    .notFound(directory: "demo"), .alreadyExists(directory: "demo"),
    .notALedger(directory: "demo"), .otherVersion(found: 1, known: 2), .newer(found: 3, known: 2),
    .schemaDiffers("event"), .settingRefused("synchronous", wanted: "2", found: "1"), .readOnly,
    .unreadable(directory: "demo"), .unwritable(directory: "demo"), .busy,
    .clockAhead(last: .at("2026-01-01T00:00:00Z"), until: .at("2026-01-01T00:10:00Z")),
    .clockJumps(last: .at("2026-01-01T00:00:00Z"), now: .at("2027-01-01T00:00:00Z")),
    .nonceTaken(at: 9), .tooLarge(EventID(.of("an event")), bytes: 70_000), .diskFull,
    .inputOutput(code: 10), .inputOutput(code: 4874), .stopped, .damaged("a page"),
    .wentBack(from: 2, to: 1),
    .outsideLog(9, size: 2), .foreignCheckpoint("its size is another; give one of this log"),
    .attachmentDamaged(.of("bytes")), .database(code: 1, "no such table"),
  ]

  @Test func `are tried of every failure of the store`() throws {
    #expect(
      try Cases.missing(
        of: "LedgerFailure", in: "LedgerStore/LedgerFailure.swift", from: Self.ledgerFailures)
        == [])
  }

  @Test(arguments: ledgerFailures) func `of the store say what to do`(failure: LedgerFailure) {
    let words = Words(of: failure)
    #expect(isHelpful(words.sentence), "\(words.sentence)")
    #expect(words.sentence.hasPrefix(failure.reason))
    #expect(!failure.reason.contains("`winnow") && !failure.reason.contains("--"))
  }

  @Test func `of the store go with the code that says whether to try again`() {
    func code(_ failure: LedgerFailure) -> Bool { Words(of: failure).code == Failure.tryLater }
    #expect(code(.busy))
    #expect(
      code(.clockAhead(last: .at("2026-01-01T00:00:00Z"), until: .at("2026-01-01T00:10:00Z"))))
    #expect(code(.nonceTaken(at: 9)))
    #expect(Self.ledgerFailures.count(where: code) == 3)
    #expect(Words(of: LedgerFailure.diskFull).code == Failure.input)
    #expect(Words(of: LedgerFailure.damaged("a page")).code == Failure.verificationFailed)
  }

  @Test func `for a quorum name who has not signed yet`() {
    func sentence(_ others: [ActorName]) -> String {
      Words(
        of: Refusal.roleMissing(
          kind: .datasetRegistered, roles: [.publisher], needed: 2, counted: 1, others: others)
      ).sentence
    }
    let many = (1...9).map { ActorName.named("actor-\($0)") }
    #expect(sentence([]).contains("asks for 2 actors with the role publisher"))
    #expect(sentence([]).contains("nobody else can"))
    #expect(sentence([.named("hotline")]).contains("still missing among hotline: add one"))
    #expect(sentence(many).contains("actor-8 and others:"))
    #expect(!sentence(many).contains("actor-9"))
  }
}
