import LedgerCrypto
import Provenance
import TestSupport
import Testing

/// What is wrong with a bundle, what it lacks and what it leaves open: by a name and a sentence each.
@Suite struct `The words of a verdict` {
  /// One line, of whole words, in which no command and no option is named.
  private func isPlain(_ text: String) -> Bool {
    !text.contains("\n") && !text.contains("nil") && !text.contains("Optional(")
      && !text.contains("`winnow") && !text.contains("--")
  }

  private func isSentence(_ text: String) -> Bool {
    // A name at the start is written as it is.
    isPlain(text) && (text.first?.isUppercase == true || text.hasPrefix("laion@"))
      && text.hasSuffix(".") && !text.hasSuffix("..")
  }

  @Test func `are tried of every flaw, lack and thing not shown`() throws {
    func file(_ name: String) -> String { "Provenance/Proof/\(name).swift" }
    #expect(try Cases.missing(of: "Flaw", in: file("Flaw"), from: Flaw.samples) == [])
    #expect(try Cases.missing(of: "Lack", in: file("Lack"), from: Lack.samples) == [])
    #expect(try Cases.missing(of: "Unshown", in: file("Unshown"), from: Unshown.samples) == [])
  }

  @Test(arguments: Flaw.samples) func `say what is wrong`(flaw: Flaw) {
    #expect(isSentence(flaw.description), "\(flaw)")
  }

  @Test(arguments: Lack.samples) func `say what is missing`(lack: Lack) {
    #expect(isSentence(lack.description), "\(lack)")
  }

  @Test(arguments: Unshown.samples) func `say what is not shown`(thing: Unshown) {
    let text = thing.description
    #expect(isPlain(text) && !text.hasSuffix("."), "\(thing)")
    #expect(["that ", "what ", "why "].contains { text.hasPrefix($0) }, "\(thing)")
  }

  @Test func `agree in number with what they count`() {
    #expect(
      Flaw.entriesDiffer(count: 1, covered: 2_000).description
        == "The 1 entry of the bundle do not have the root of the checkpoint, which covers 2,000.")
    #expect(
      Unshown.gone(1).description
        == "what 1 attachment held that an event says was withheld or erased")
    #expect(Unshown.sealed(2).description.hasPrefix("what 2 sealed attachments hold, "))
  }

  @Test func `tell whose word an entry is`() {
    let (alice, bob) = (ActorName.named("alice"), ActorName.named("bob"))
    let key = Digest.of("a key")
    func words(_ signers: [Attribution.Signer], about actor: ActorName? = nil) -> String {
      Attribution(signers, about: actor).description
    }
    #expect(
      words([.pinned(alice), .named(bob)])
        == "signed by alice (pinned key), bob (as named by the ledger)")
    #expect(words([]) == "signed by nobody")
    #expect(
      words([.key(key)], about: bob)
        == "as stated by key \(key.hex.prefix(16)), role not shown, about bob")
    #expect(words([.pinned(alice)], about: bob) == "as stated by alice (pinned key) about bob")
  }
}

@Suite struct `A bundle in which one thing is wrong` {
  @Test func `is told what, for every flaw that there is`() throws {
    let found = try FoundFlaw.all()
    for wrong in found {
      let outcomes = wrong.verdict.checks.map(\.outcome)
      #expect(outcomes.contains(.failed(wrong.flaw)), "\(wrong.flaw): \(outcomes)")
      #expect(wrong.verdict.conclusion == .failed, "\(wrong.flaw)")
      #expect(wrong.verdict.level == nil, "\(wrong.flaw)")
    }
    #expect(
      try Cases.missing(of: "Flaw", in: "Provenance/Proof/Flaw.swift", from: found.map(\.flaw))
        == [])
  }

  @Test func `is told what is missing, for every lack that there is`() throws {
    let found = try FoundLack.all()
    for wanting in found {
      let outcomes = wanting.verdict.checks.map(\.outcome)
      #expect(outcomes.contains(.skipped(wanting.lack)), "\(wanting.lack): \(outcomes)")
      #expect(wanting.verdict.conclusion != .verified, "\(wanting.lack)")
      #expect(wanting.verdict.level == nil, "\(wanting.lack)")
    }
    #expect(
      try Cases.missing(of: "Lack", in: "Provenance/Proof/Lack.swift", from: found.map(\.lack))
        == [])
  }
}
