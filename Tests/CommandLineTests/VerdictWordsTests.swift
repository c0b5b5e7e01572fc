import LedgerCrypto
import LedgerStore
import Provenance
import TestSupport
import Testing

@testable import winnow

/// What is added to a verdict's own words where a command or an option helps.
@Suite struct `The words for a verdict` {
  private static let digest = Digest.of("bytes")

  static let ledgerFlaws: [LedgerVerdict.Flaw.Reason] = [
    .unreadable("SQLite refused"), .missing, .notAnEntry(.recordedAt), .refused(.notFirst),
    .repeated, .relabelled(column: "kind"), .notIndexed("event_by_id"), .treeHash(position: 9),
    .checkpoint(.noRow), .checkpoint(.otherSize), .checkpoint(.otherRoot),
    .checkpoint(.foreign(.foreignCheckpoint("it is of another log"))), .notAsRemembered(size: 9),
    .truncated(remembered: 9), .projection(.model, key: "diffusion"),
    .projectionUnknown("dream"), .position, .attachmentMissing(digest),
    .attachmentRemains(digest), .attachmentDiffers(digest),
  ]

  @Test func `are tried of every flaw of a ledger`() throws {
    let file = "LedgerStore/Verify/LedgerFlaw.swift"
    #expect(try Cases.missing(of: "Reason", in: file, from: Self.ledgerFlaws) == [])
    let checkpoints = Self.ledgerFlaws.compactMap { reason in
      if case .checkpoint(let flaw) = reason { flaw } else { nil }
    }
    #expect(try Cases.missing(of: "StoredCheckpointFlaw", in: file, from: checkpoints) == [])
  }

  @Test(arguments: ledgerFlaws)
  func `name the sequence, what is wrong, and what mends it`(reason: LedgerVerdict.Flaw.Reason) {
    for through: UInt64 in [7, 9] {
      let flaw = LedgerVerdict.Flaw(7, through: through, reason)
      let place = through > 7 ? "Sequence 7 to 9" : "Sequence 7"
      #expect(flaw.description.hasPrefix(place) && flaw.description.hasSuffix("."))
      #expect(!flaw.description.hasSuffix("..") && !flaw.description.contains("nil"))
      #expect(!flaw.description.contains("`winnow") && !flaw.description.contains("--"))
      #expect(flaw.sentence.hasPrefix(flaw.description.dropLast()))
      #expect(flaw.sentence.hasSuffix(".") && !flaw.sentence.contains(".;"))
    }
  }

  @Test func `send to the command that mends a ledger`() {
    func sentence(_ reason: LedgerVerdict.Flaw.Reason) -> String {
      LedgerVerdict.Flaw(7, reason).sentence
    }
    let rebuild = "; run `winnow projection rebuild`."
    #expect(
      sentence(.projection(.model, key: "diffusion"))
        == "Sequence 7: the projection `model` does not follow from the log at `diffusion`\(rebuild)"
    )
    #expect(
      sentence(.projectionUnknown("dream"))
        == "Sequence 7: there is no projection `dream`, and it has rows\(rebuild)")
    #expect(
      sentence(.position)
        == "Sequence 7: the projections do not end where the log does\(rebuild)")
    #expect(
      sentence(.attachmentRemains(Self.digest))
        == "Sequence 7 erased the attachment \(Self.digest.hex), of which something is still here; run `winnow attachment erase` on it again."
    )
    #expect(sentence(.missing) == "Sequence 7 is missing.")
  }

  @Test(arguments: Lack.samples) func `begin with what is missing`(lack: Lack) {
    #expect(lack.sentence.hasPrefix(lack.description.dropLast()))
    #expect(lack.sentence.hasSuffix(".") && !lack.sentence.contains(".;"), "\(lack.sentence)")
  }

  @Test func `name an option where one brings it, and nowhere else`() {
    let options = Lack.samples.filter { $0.sentence.contains(" --") }.map(\.sentence)
    #expect(options.count == 5)
    #expect(Lack.noPolicy.sentence.hasSuffix("which log key to trust; give --policy."))
    #expect(Lack.noSecret.sentence.hasSuffix("needs its secret; give --secret-file."))
    #expect(
      Lack.signersNotPinned(7, Attribution([.key(Self.digest)])).sentence
        == "Sequence 7, on which the claim rests, is signed by key \(Self.digest.hex.prefix(16)), role not shown, whom you did not pin; pin that key with --trust too if you trust it."
    )
    #expect(
      options.contains {
        $0.hasPrefix("That rows of laion are found by URL, TEXT is said by sequences 2 and 3, ")
          && $0.hasSuffix("; pin those with --trust too if you trust them.")
      })
  }

  @Test func `name the option that pins the first entry`() {
    #expect(Unshown.samples.allSatisfy { $0.clause.hasPrefix($0.description) })
    #expect(Unshown.samples.count { $0.clause.contains("--") } == 1)
    let genesis = EventID(Self.digest)
    #expect(
      Unshown.identities(genesis: genesis).clause
        == "that the actors are who they say: their names are as named by the ledger (compare its first entry, \(genesis), with one from elsewhere, and give that with --genesis)"
    )
  }
}
