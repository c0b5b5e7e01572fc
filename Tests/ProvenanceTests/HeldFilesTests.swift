import LedgerCrypto
import Provenance
import TestSupport
import Testing

@Suite struct `Files that are held against a bundle` {
  let held: HeldRelease
  init() throws { held = try HeldRelease() }

  @Test func `are those of the release when every check passes`() throws {
    let verdict = try held.verdict(held.good)
    #expect(verdict.conclusion == .verified && verdict.level == .files)
    #expect(verdict.checks.suffix(2).map(\.name) == ["rows", "manifest"])
    #expect(verdict.sentences.last?.contains("level rebuilt") == true)
    #expect(!verdict.notShown.contains(.root(HeldRelease.name)))
  }

  @Test(arguments: [FilesEvidence.Means.pointers, .listing])
  func `say so where no row was read`(means: FilesEvidence.Means) throws {
    let verdict = try held.verdict(
      .init(means: means, files: 1, difference: FilesDifference()))
    #expect(verdict.level == .files && verdict.notShown.contains(.root(HeldRelease.name)))
    #expect(verdict.sentences.last?.hasSuffix("rows not read.") == true)
  }

  @Test func `show nothing where the bundle is not verified`() throws {
    let bundle = try held.bundle()
    let unanchored = try held.examine(bundle, anchors: TrustAnchors())
    #expect(unanchored.release == nil && unanchored.verdict.conclusion == .unanchored)
    #expect(unanchored.verdict.withoutFiles().conclusion == .unanchored)
    let other = try TestLedger(origin: .named("ledger.example.org/other"))
    let failed = try held.examine(bundle, anchors: TrustAnchors(policy: try other.policy()))
    #expect(failed.release == nil && failed.verdict.withoutFiles().conclusion == .failed)
    #expect(
      try held.examine(bundle.with(checkpoint: [65])).release == nil)
    #expect(BundleVerifier(anchors: try held.log.anchors, filesOf: nil).examine([]).release == nil)
  }

  @Test func `rest on a pinned signature where keys are pinned`() throws {
    var anchors = try held.log.anchors
    try anchors.pin(TestLedger.TestKeys["eve"].verifyingKey, as: .named("eve"))
    let (verdict, release) = try held.examine(held.bundle(), anchors: anchors)
    #expect(release == nil && verdict.conclusion == .undecided)
    var own = try held.log.anchors
    try own.pin(TestLedger.TestKeys["alice"].verifyingKey, as: .named("alice"))
    #expect(try held.examine(held.bundle(), anchors: own).release != nil)
  }

  @Test func `are of no release that a log publishes twice`() throws {
    let twice = try HeldRelease(twice: true)
    let (verdict, release) = try twice.examine(twice.bundle())
    #expect(release == nil && verdict.conclusion == .failed)
  }

  @Test func `are read by no columns that the bundle does not show`() throws {
    let items = try held.bundle().items.filter { $0.sequence != 1 }
    let bundle = try held.bundle().with(items: items)
    let (verdict, release) = try held.examine(bundle)
    #expect(release == nil)
    #expect(
      verdict.checks.contains(Check("columns", .skipped(.noColumns(HeldRelease.name.name)))))
    // What a manifest says of files needs no column.
    #expect(try held.examine(bundle, readsRows: false).release != nil)
  }

  @Test func `have a sealed manifest that nobody reads`() throws {
    let sealed = try HeldRelease(disclosure: .sealed)
    let release = try sealed.examine(sealed.bundle(withManifest: false)).release
    #expect(release != nil && release?.manifest == nil)
  }
}
