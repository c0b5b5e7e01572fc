import LedgerCrypto
import LedgerStore
import Provenance
import Testing
import Workflows

/// What the public counts of a marked family say of one row that somebody knows: nothing.
@Suite struct `Counts after rows of class illegal went` {
  private static let third = VersionedName("pets@3")!

  /// Matched and cleaned of rows 3 and 4 of class illegal, with others that hide them.
  private func marked(decoys: UInt64 = 0) throws -> Place {
    let place = try Place()
    _ = try place.publish()
    _ = try place.addList([3, 4])
    _ = try place.match()
    _ = try place.session().remove(
      Place.release, RemovalChoice(matches: nil, decoys: decoys), basis: .hashMatch,
      reasonClass: .illegal)
    return place
  }

  private func ask(_ row: Int, _ place: Place) throws -> UInt64 {
    try place.sequence(
      place.session().remove(
        Place.release, RemovalChoice(rows: .held([place.row(row)])), basis: .request,
        reasonClass: .privacy))
  }

  @Test func `are those of the decisions, whether a row had left already or not`() throws {
    for row in [3, 9] {
      let place = try marked()
      _ = try place.clean()
      _ = try ask(row, place)
      let done = try place.session().clean(
        Place.cleaned, to: Self.third, out: "\(place.path)/third")
      #expect(done.removed == Tally(keys: 1, rows: 1), "row \(row)")
      #expect(done.publication.tally.rows == 37)
      #expect(try place.session().ledger.verify().isIntact)
    }
  }

  @Test func `do not unite what a list found with a row that somebody asked for`() throws {
    for reason in [ReasonClass.privacy, .safety] {
      let place = try marked()
      let events = try place.events()
      #expect(throws: Refusal.self) {
        try place.session().remove(
          Place.release, RemovalChoice(matches: nil, rows: .held([place.row(3)])), basis: .request,
          reasonClass: reason)
      }
      #expect(try place.events() == events)
    }
  }

  @Test func `let nothing come back that was drawn to hide others`() throws {
    let place = try marked(decoys: 30)
    var refused = 0
    for row in 5..<12 {
      let ground = try place.upheld(try ask(row, place))
      do {
        _ = try place.session().reinstate(
          Place.release, removals: [], grounds: [ground], rows: [place.row(row)])
      } catch WorkflowFailure.heldElsewhere(1) {
        refused += 1
      }
    }
    // Of 38 rows 30 were drawn.
    #expect(refused > 0)
  }
}
