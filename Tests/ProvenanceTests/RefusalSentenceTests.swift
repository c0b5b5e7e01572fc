import Provenance
import TestSupport
import Testing

/// What is said to whoever is refused.
@Suite struct `The sentence of a refusal` {
  /// One sentence: what is wrong, then what to do, on one line.
  static func isHelpful(_ sentence: String) -> Bool {
    sentence.hasSuffix(".") && !sentence.hasSuffix("..") && !sentence.contains("\n")
      && sentence.contains("; ") && sentence.first?.isLowercase == false
      && !sentence.contains("nil") && !sentence.contains("Optional(")
  }

  @Test func `is tried of every case`() throws {
    #expect(
      try Cases.missing(
        of: "Refusal", in: "Provenance/Rules/Refusal.swift", from: Refusal.samples) == [])
  }

  @Test func `is missed where a case has no sample`() throws {
    func missing(_ isLeftOut: (Refusal) -> Bool) throws -> [String] {
      try Cases.missing(
        of: "Refusal", in: "Provenance/Rules/Refusal.swift",
        from: Refusal.samples.filter { !isLeftOut($0) })
    }
    #expect(try missing { if case .holdEnded = $0 { true } else { false } } == ["holdEnded"])
    #expect(try missing { $0 == .otherLedger }.first?.contains("otherLedger") == true)
  }

  /// The rule and what it clashes with; which command helps is not known here.
  @Test(arguments: Refusal.samples) func `says what is wrong`(refusal: Refusal) {
    let reason = refusal.reason
    // A name at the start is written as it is.
    let isOfName = ["hotline", "laion@1"].contains { reason.hasPrefix($0) }
    #expect(isOfName || reason.first?.isUppercase == true || reason.first == "`", "\(reason)")
    #expect(!reason.hasSuffix(".") && !reason.contains("; ") && !reason.contains("\n"))
    #expect(!reason.contains("nil") && !reason.contains("Optional("))
    #expect(!reason.contains("`winnow") && !reason.contains("--"))
    #expect(refusal.description == reason + ".")
    if let clash = refusal.clash { #expect(reason.contains("equence \(clash)"), "\(reason)") }
  }

  @Test(arguments: [
    EventError.unknownKind("x"), .payloadType, .payloadNotBase64, .signatureNotBase64,
    .signersDiffer, .tooLarge(70_000), .recordedAt,
  ])
  func `of bytes that are no event says it too`(error: EventError) {
    #expect(Self.isHelpful(error.description), "\(error)")
  }

  @Test(arguments: [
    BundleError.empty, .compressed, .noClaim, .noFinalLineFeed, .lineTooLong(3), .wrongPlace(3),
    .outOfOrder(3), .attachmentDiffers(3), .inclusionMixed(3), .missing("claim"),
  ])
  func `of bytes that are no bundle says it too`(error: BundleError) {
    #expect(Self.isHelpful(error.description), "\(error)")
  }

  @Test func `agrees in number with what it counts`() {
    #expect(
      Refusal.unexpectedSize(expected: 1, actual: 2_000).reason
        == "The signers saw a log of 1 entry and it now has 2,000")
    #expect(
      Refusal.rowsDoNotAddUp(.named("laion@1"), gap: -1).reason.contains("1 row less than"))
  }
}
