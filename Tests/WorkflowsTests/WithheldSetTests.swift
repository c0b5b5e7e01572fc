import LedgerCrypto
import LedgerStore
import Provenance
import Testing

@testable import Workflows

/// Sequence 3 is an open filter, and sequence 4 a removal by it, open as well.
@Suite struct `The list of a decision's rows` {
  let place: Place

  init() throws {
    place = try Place()
    _ = try place.publish()
    let found = try place.session().one(OpenFilter(row: place.row(3)))
    #expect(found.receipt.sequence == 3)
    let decided = try place.session().remove(
      Place.release, RemovalChoice(matches: [], filters: [3]), basis: .request,
      reasonClass: .privacy)
    #expect(try place.sequence(decided) == 4)
    let attached = try place.session().event(4).statement.attachments
    #expect(attached.map(\.field) == ["set"] && attached[0].reference.disclosure == .open)
  }

  private func withhold(_ name: String) throws {
    _ = try place.session().withhold(name, state: .withheld, basis: .policy, reason: nil)
  }

  private func erase(_ name: String) throws -> [EraseAttachment.Decision] {
    try place.session().erase(name, basis: .policy, requestedBy: nil, reason: nil).answer.decisions
  }

  /// Expects that `attempt` says what was erased, and records nothing.
  private func expectErased(
    _ sequence: UInt64, at erased: UInt64, _ attempt: () throws -> Void
  ) throws {
    let events = try place.events()
    do {
      try attempt()
      Issue.record("nothing was refused")
    } catch WorkflowFailure.memberErased(let named, at: let when) {
      #expect(named == sequence && when == erased)
    }
    #expect(try place.events() == events)
  }

  @Test func `is read by its custodian while it is withheld`() throws {
    try withhold("4/set")
    let done = try place.clean()
    #expect(done.answer.removed == Tally(keys: 1, rows: 1))
    #expect(try place.session().ledger.verify().isIntact)
  }

  @Test func `that was erased says so, and when`() throws {
    let decisions = try erase("4/set")
    #expect(decisions.map(\.sequence) == [4] && decisions.allSatisfy(\.isPending))
    try expectErased(4, at: 5) { _ = try place.clean() }
    try expectErased(4, at: 5) {
      _ = try place.session().reinstate(
        Place.release, removals: [4], grounds: [2], rows: [place.row(3)])
    }
  }

  @Test func `that was erased once it was applied takes nothing but its return`() throws {
    _ = try place.clean()
    let decisions = try erase("4/set")
    #expect(decisions.map(\.sequence) == [4] && !decisions.contains(where: \.isPending))
    _ = try place.session().remove(
      Place.cleaned, RemovalChoice(rows: .held([place.row(5)])), basis: .request,
      reasonClass: .privacy)
    let next = VersionedName("pets@3")!
    let done = try place.session().clean(Place.cleaned, to: next, out: "\(place.path)/next")
    #expect(done.answer.removed == Tally(keys: 1, rows: 1))
    try expectErased(4, at: 6) {
      _ = try place.session().reinstate(next, removals: [4], grounds: [2], rows: [place.row(3)])
    }
  }

  @Test func `of a finding that was erased decides nothing any more`() throws {
    #expect(try erase("3/set").isEmpty)
    try expectErased(3, at: 5) {
      _ = try place.session().remove(
        Place.release, RemovalChoice(matches: [], filters: [3]), basis: .request,
        reasonClass: .rights)
    }
  }

  @Test func `is named where class illegal marks its family, until it is withheld`() throws {
    _ = try place.clean()
    _ = try place.addList(7...9)
    _ = try place.match()
    try withhold("3/filter")
    try withhold("4/set")
    let decided = try place.remove(.illegal)
    #expect(
      decided.openUntilNow == [
        .transition(Place.cleaned), .manifest(Place.cleaned, published: 5), .set(sequence: 3),
      ])
    let attachments = decided.openUntilNow.compactMap(\.attachment)
    #expect(attachments == ["5/manifest", "3/set"])
    for name in attachments { try withhold(name) }
    // Only the first release's manifest is still open.
    let view = try place.session().view()
    let open = try (0..<view.size).flatMap { try view.event($0).statement.attachments }
      .map(\.reference).filter { $0.disclosure == .open }
    #expect(try open.filter { try view.openContent($0) != nil }.count == 1)
    #expect(try place.session().ledger.verify().isIntact)
  }
}

/// A filter that chooses one row, in the open.
private struct OpenFilter: Deciding {
  let row: HeldRow

  func statements(_: Void, _ staging: inout Staging) throws {
    let keys = try staging.desk.shelf.keys(of: [row], in: Place.release)
    let filter = try staging.attach(
      Array("row = 3".utf8), kind: .filterCompleted, field: "filter")
    try staging.say(
      .filterCompleted(
        FilterCompleted(
          release: Place.release, filter: filter, scannedRows: 40,
          matched: Tally(keys: 1, rows: 1),
          set: try staging.open(set: keys, kind: .filterCompleted))))
  }
}
