import LedgerCrypto
import Provenance
import TestSupport
import Testing
import TransparencyLog

@Suite struct `A tampered bundle` {
  /// Every byte where the code is optimised, and another part of them in each run where it is not.
  #if DEBUG
    let step = 151
  #else
    let step = 1
  #endif
  var offset: Int { Int.random(in: 0..<step) }

  @Test(arguments: [true, false]) func `is never verified with any byte altered`(isComplete: Bool)
    throws
  {
    let sample = try isComplete ? SampleBundle.complete() : SampleBundle.compact()
    let bytes = sample.bytes
    #expect(sample.verdict().conclusion == .verified)
    for index in stride(from: offset, to: bytes.count, by: step) {
      var altered = bytes
      altered[index] ^= 1
      let verdict = BundleVerifier(anchors: sample.anchors).verify(altered)
      #expect(verdict.conclusion != .verified, "byte \(index)")
      #expect(verdict.level == nil)
    }
  }

  @Test(arguments: [true, false]) func `is never verified when it is cut off`(isComplete: Bool)
    throws
  {
    let sample = try isComplete ? SampleBundle.complete() : SampleBundle.compact()
    let bytes = sample.bytes
    for count in bytes.indices {
      let verdict = BundleVerifier(anchors: sample.anchors).verify(Array(bytes[..<count]))
      #expect(verdict.conclusion != .verified, "\(count) bytes")
    }
    #expect(
      BundleVerifier(anchors: sample.anchors).verify(bytes + [0x0a]).conclusion == .failed)
  }

  @Test(arguments: [true, false])
  func `is never verified with lines dropped, doubled or swapped`(isComplete: Bool) throws {
    let sample = try isComplete ? SampleBundle.complete() : SampleBundle.compact()
    let lines = sample.bytes.split(separator: 0x0a).map { Array($0) + [0x0a] }
    func isVerified(_ lines: [[UInt8]]) -> Bool {
      BundleVerifier(anchors: sample.anchors).verify(Array(lines.joined())).conclusion == .verified
    }
    #expect(isVerified(lines))
    for first in lines.indices {
      var fewer = lines
      fewer.remove(at: first)
      #expect(!isVerified(fewer), "without line \(first + 1)")
      // A claim made twice is the same claim.
      if first < lines.count - 1 {
        var doubled = lines
        doubled.insert(lines[first], at: first)
        #expect(!isVerified(doubled), "line \(first + 1) twice")
      }
      for second in lines.indices where second > first {
        var swapped = lines
        swapped.swapAt(first, second)
        #expect(!isVerified(swapped), "lines \(first + 1) and \(second + 1) swapped")
      }
    }
  }

  @Test func `under complete is never verified with an entry that breaks a rule`() throws {
    let sample = try SampleBundle.complete()
    // A log whose operator admits anything: signed, included, under a signed checkpoint.
    var ledger = sample.ledger
    let event = try ledger.event(.dataset(), keys: [TestLedger.TestKeys["alice"]])
    let entry = try Entry(event: event, recordedAt: ledger.now)
    var tree = ledger.tree
    tree.append(entry.bytes)
    let name = try #require(KeyName(ledger.origin.text))
    let checkpoint = try Checkpoint(origin: name, head: tree.head)
      .signed(by: NoteSigner(name: name, key: TestLedger.TestKeys.log)).bytes
    let bundle = sample.bundle.with(
      checkpoint: checkpoint,
      items: sample.bundle.items + [.init(sequence: 6, bytes: entry.bytes, inclusion: nil)])
    let verdict = BundleVerifier(anchors: sample.anchors).verify(bundle.bytes)
    #expect(verdict.conclusion == .failed)
    let flaw = Flaw.rule(ReplayFailure(6, .refused(.datasetExists(.named("laion"), at: 3))))
    #expect(verdict.checks.contains(Check("rules", .failed(flaw))))
    #expect(
      flaw.description
        == "Sequence 6 breaks a rule: The dataset laion was registered at sequence 3.")
  }

  @Test func `is refused whatever else it is`() {
    let anchors = TrustAnchors()
    for text in [
      "", "\n", "{}\n", "[]\n", "null\n", "{\"winnow\":\"bundle/1\"}\n", "\u{0}\n",
      "{\"genesis\":\"\",\"origin\":\"\",\"winnow\":\"bundle/1\"}\n",
      String(repeating: "[", count: 100_000) + "\n",
    ] {
      #expect(BundleVerifier(anchors: anchors).verify(Array(text.utf8)).conclusion == .failed)
    }
  }
}
