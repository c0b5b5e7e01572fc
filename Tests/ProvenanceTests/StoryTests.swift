import Provenance
import TestSupport
import Testing

@Suite struct `A whole story` {
  @Test func `is admitted, with every kind in it`() throws {
    let story = try Story()
    #expect(
      Set(story.ledger.entries.map(\.event.statement.body.kind)) == Set(Kind.allCases))
  }
}
