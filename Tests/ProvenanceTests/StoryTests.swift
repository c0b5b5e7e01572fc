import Provenance
import TestSupport
import Testing

@Suite struct `A whole story` {
  @Test func `is admitted, with every kind in it`() throws {
    let aftermath = try Aftermath()
    let bodies = aftermath.ledger.entries.map(\.event.statement.body)
    #expect(Set(bodies.map(\.kind)) == Set(Kind.allCases))
    #expect(aftermath.story.ledger.size < aftermath.ledger.size)
  }
}
