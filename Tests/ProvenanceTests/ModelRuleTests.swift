import Provenance
import TestSupport
import Testing

@Suite struct `A model` {
  @Test func `is registered once`() throws {
    var ledger = try Findings().ledger
    try ledger.admit(.model(), by: "alice")
    let refusal = try ledger.refusal(.model(), by: "alice")
    #expect(refusal == .modelExists(.named("diffusion"), at: 12))
    #expect(refusal?.clash == 12)
    #expect(try ledger.refusal(.model("diffusion/v2"), by: "alice") == nil)
  }

  @Test func `was trained on a release, both there`() throws {
    var ledger = try Findings().ledger
    #expect(
      try ledger.refusal(.training(), by: "alice") == .modelUnknown(.named("diffusion")))
    try ledger.admit(.model(), by: "alice")
    #expect(
      try ledger.refusal(.training(on: "laion@9"), by: "alice")
        == .releaseUnknown(.named("laion@9")))
    try ledger.admit(.training(), by: "alice")
    // Others may say otherwise; nothing is decided by it.
    #expect(
      try ledger.refusal(.training("diffusion", on: "laion@1", .notTrained), by: "alice") == nil)
  }

  @Test func `is deprecated once`() throws {
    var ledger = try Findings().ledger
    #expect(
      try ledger.refusal(.deprecation(), by: "alice") == .modelUnknown(.named("diffusion")))
    try ledger.admit(.model(), by: "alice")
    try ledger.admit(.deprecation(), by: "alice")
    let refusal = try ledger.refusal(.deprecation(), by: "alice")
    #expect(refusal == .alreadyDeprecated(.named("diffusion"), at: 13))
    #expect(refusal?.clash == 13)
  }
}
