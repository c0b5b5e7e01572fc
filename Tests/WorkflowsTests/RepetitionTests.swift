import Files
import LedgerCrypto
import LedgerStore
import Provenance
import TestSupport
import Testing
import Workflows

@Suite struct `What was decided already` {
  let place: Place

  init() throws { place = try Place() }

  @Test func `is not matched twice unseen, nor counted twice`() throws {
    _ = try place.publish()
    _ = try place.addList(0..<6)
    let other = VersionedName("hot@2")!
    _ = try place.addList(4..<9, other)
    let first = try place.match()
    #expect(first.recorded[0].repeats == nil)
    _ = try place.match(other)
    let again = try place.match()
    #expect(again.recorded[0].repeats == first.recorded[0].receipt.sequence)
    #expect(again.recorded[0].receipt.isNew)
    let sums = try place.session().reconcile(Place.release)
    #expect(sums.sources.map(\.matched.rows) == [5, 6])
    #expect(sums.sources.map(\.repeats) == [[], [first.recorded[0].receipt.sequence]])
    #expect(sums.sum == 11 && sums.overlap == 2 && sums.union?.rows == 9)
    // A recorded union of any match of each list is the union of all.
    let sources = sums.sources.map { source in
      SourceTally(event: source.event, tally: source.matched)
    }
    _ = try place.session().record(
      .unionComputed(
        UnionComputed(
          release: Place.release, sources: sources, union: Tally(keys: 9, rows: 9),
          set: SetReference(
            root: Digest.of("a union"), keys: 9, disclosure: .sealed, members: nil))))
    let recorded = try place.session().reconcile(Place.release)
    #expect(recorded.basis.hasPrefix("recorded") && recorded.union?.rows == 9)
  }

  @Test func `is not decided twice`() throws {
    try place.decide(0..<6)
    let events = try place.events()
    let refusal = #expect(throws: WorkflowFailure.self) { try place.remove() }
    guard case .alreadyDecided(Place.release, at: events - 1) = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(try place.events() == events)
    // Another class, another basis or another key is another decision.
    _ = try place.remove(.safety)
    _ = try place.remove(basis: .precautionary)
    let more = VersionedName("hot@2")!
    _ = try place.addList(4..<9, more)
    let match = try place.match(more).recorded[0].receipt.sequence
    _ = try place.remove(matches: [match])
    // Together they cover what none of them does.
    #expect(throws: WorkflowFailure.self) { try place.remove() }
    let sums = try place.session().reconcile(Place.release)
    #expect(sums.removed == .rows(9))
    // A cleaning counts them once.
    let done = try place.clean()
    #expect(done.removed == Tally(keys: 9, rows: 9) && done.publication.tally.rows == 31)
    #expect(try place.session().reconcile(Place.release).removed == .rows(9))
  }

  @Test func `and is sealed is at most the sum`() throws {
    try place.decide(0..<6)
    _ = try place.remove(basis: .precautionary)
    #expect(try place.session().reconcile(Place.release).removed == .rows(6))
    for name in try Directory.names(in: place.directory.secrets)
    where name.hasPrefix("attachment-") {
      try Directory.remove(file: "\(place.directory.secrets)/\(name)")
    }
    #expect(try place.session().reconcile(Place.release).removed == .atMost(12))
  }
}
