import LedgerStore
import Provenance
import Testing
import Workflows

@Suite struct `One wrong clock` {
  private let place: Place
  /// An hour more than 365 days.
  private let year: Int64 = 365 * 86_400 + 3_600

  init() throws { place = try Place() }

  private func session(_ offset: Int64, acceptsJump: Bool = false) throws -> Workplace {
    let passphrase = place.passphrase
    return try Workplace(
      directory: place.directory, actor: ActorName("publisher")!, passphrase: { passphrase },
      acceptsJump: acceptsJump, now: { Clock.now().advanced(bySeconds: offset) })
  }

  private func register(_ name: String, _ session: Workplace) throws {
    _ = try session.registerDataset(Name(name)!, identity: ["URL"], content: nil, tagging: .plain)
  }

  @Test func `does not end a ledger for a year`() throws {
    let before = try place.events()
    #expect {
      try register("future", session(year))
    } throws: { error in
      if case LedgerFailure.clockJumps = error { true } else { false }
    }
    #expect(try place.events() == before)
    try register("now", session(0))
  }

  @Test func `is said by status and verify, with the time until which nothing is recorded`() throws
  {
    try register("future", session(year, acceptsJump: true))
    let right = try session(0)
    let last = try #require(try right.ledger.state.lastRecordedAt)
    let line =
      "the last entry was recorded at \(last.text), 365 days ahead of this clock; correct the clock, or wait until \(last.advanced(bySeconds: -300).text) to record more"
    let check = try right.verifyLedger(remembered: nil)
    #expect(check.isIntact)
    for lead in [try LedgerStatus(of: right).lead, check.lead] {
      #expect(lead?.line == line)
      #expect((year - 3_600...year).contains(lead?.seconds ?? 0))
    }
    #expect(throws: LedgerFailure.clockAhead(last: last, until: last.advanced(bySeconds: -300))) {
      try register("late", right)
    }
  }

  @Test func `that is right is not spoken of`() throws {
    let right = try session(1)
    #expect(try LedgerStatus(of: right).lead == nil)
    #expect(try right.verifyLedger(remembered: nil).lead == nil)
    #expect(ClockLead(of: nil, at: Clock.now()) == nil)
    let moment = Timestamp(milliseconds: 5)
    #expect(ClockLead(of: moment, at: moment) == nil)
  }

  @Test(arguments: [
    (1, "1 second"), (1_000, "1 second"), (1_001, "2 seconds"), (119_000, "119 seconds"),
    (120_000, "2 minutes"), (7_199_000, "119 minutes"), (7_200_000, "2 hours"),
    (172_799_000, "47 hours"), (172_800_000, "2 days"),
  ])
  func `is told in words`(milliseconds: Int64, words: String) throws {
    let now = Timestamp(milliseconds: 0)
    let lead = try #require(ClockLead(of: Timestamp(milliseconds: milliseconds), at: now))
    #expect(lead.line.contains(", \(words) ahead of this clock;"))
    #expect(lead.line.contains("or wait until") == (milliseconds > 300_000))
  }
}
