import CanonicalJSON
import Provenance
import TestSupport
import Testing

@Suite struct `A hash list` {
  @Test func `is received once a version, from an issuer that is registered`() throws {
    let ledger = try Findings().ledger
    let refusal = try ledger.refusal(.hashList(), by: "carol")
    #expect(refusal == .listExists(.named("hotline@1"), at: 9))
    #expect(refusal?.clash == 9)
    #expect(try ledger.refusal(.hashList("hotline@2"), by: "carol") == nil)
    #expect(
      try ledger.refusal(.hashList("hotline@2", issuer: "unknown"), by: "carol")
        == .actorUnknown(.named("unknown")))
  }
}

@Suite struct `A match` {
  let findings: Findings
  init() throws { findings = try Findings() }

  @Test func `is of a release with a list, both there`() throws {
    let ledger = findings.ledger
    #expect(
      try ledger.refusal(.match("laion@2", list: findings.list), by: "carol")
        == .releaseUnknown(.named("laion@2")))
    #expect(
      try ledger.refusal(.match("laion@1", list: findings.release), by: "carol")
        == .listUnknown(findings.release))
    let absent = EventID(.of("absent"))
    #expect(
      try ledger.refusal(.match("laion@1", list: absent), by: "carol") == .listUnknown(absent))
  }

  @Test func `reads the whole release and finds no more than its keys`() throws {
    let ledger = findings.ledger
    for scanned: UInt64 in [999, 1001] {
      #expect(
        try ledger.refusal(.match("laion@1", list: findings.list, scanned: scanned), by: "carol")
          == .scannedDiffers(expected: 1000, actual: scanned))
    }
    #expect(
      try ledger.refusal(
        .match("laion@1", list: findings.list, keys: 990, rows: 1000, without: 0), by: "carol")
        == nil)
    #expect(
      try ledger.refusal(
        .match("laion@1", list: findings.list, keys: 991, rows: 1000, without: 0), by: "carol")
        == .matchImpossible(.named("laion@1"), keys: 990))
  }
}
