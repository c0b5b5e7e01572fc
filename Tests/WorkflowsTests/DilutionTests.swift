import Foundation
import LedgerCrypto
import LedgerStore
import Provenance
import Testing
import Workflows

/// Rows that leave with those of class `illegal`, so that nobody can tell these by the list.
@Suite struct `Rows drawn to hide others` {
  let place: Place
  private static let third = VersionedName("pets@3")!

  init() throws {
    place = try Place()
    _ = try place.session().set(
      Charter(rules: Charter.initial.rules, minimumDilution: 4, allowsUnreconciled: false))
  }

  /// Three of 40 rows are of class illegal, and nothing else leaves.
  private func decide() throws {
    _ = try place.publish()
    _ = try place.addList(0..<3)
    _ = try place.match()
    _ = try place.remove(.illegal)
  }

  private func clean(
    _ decoys: UInt64?, to target: VersionedName = Place.cleaned, nonce: [UInt8]? = nil
  ) throws -> Session.CleanDone {
    try place.session(nonce: nonce).clean(
      Place.release, to: target, out: "\(place.path)/\(target.version)", decoys: decoys)
  }

  private func plan(_ decoys: UInt64?) throws -> Session.CleaningPlan {
    try place.session().cleaningPlan(Place.release, to: Place.cleaned, decoys: decoys)
  }

  private func rows(_ release: VersionedName) throws -> Set<String> {
    var rows: Set<String> = []
    for shard in 0..<2 {
      let text = try String(
        contentsOfFile: "\(place.path)/\(release.version)/\(shard).csv", encoding: .utf8)
      rows.formUnion(text.split(separator: "\n").dropFirst().map(String.init))
    }
    return rows
  }

  @Test func `are as many as open the list, and no fewer`() throws {
    try decide()
    let events = try place.events()
    #expect(try plan(nil).disclosure == .sealed)
    #expect(try plan(nil).decoysNeeded == 9)
    // Fewer would go for nothing.
    for count in 1..<9 as Range<UInt64> {
      #expect(throws: WorkflowFailure.self) { try plan(count) }
      #expect(throws: WorkflowFailure.self) { try clean(count) }
    }
    for count in [9, 20] as [UInt64] {
      let plan = try plan(count)
      #expect(plan.disclosure == .open && plan.decoysNeeded == nil)
      #expect(plan.removed == Tally(keys: 3 + count, rows: 3 + count))
    }
    #expect(try place.events() == events)
    let done = try clean(9)
    #expect(done.disclosure == .open && done.removed == Tally(keys: 12, rows: 12))
    #expect(done.decoys?.tally == Tally(keys: 9, rows: 9))
    // Counts by shard tell more than the list does.
    #expect(done.publication.manifest.disclosure == .sealed)
    let left = try rows(Place.cleaned)
    #expect(left.count == 28 && !left.contains { $0.hasSuffix(",row 1") })
    let session = try place.session()
    #expect(try session.verifyLedger(remembered: nil).isIntact)
    #expect(try session.decoyRows(of: done.publication.derivation?.removals ?? []) == 9)
    _ = try session.checkpoint()
    _ = try session.proveTransition(from: Place.release, to: Place.cleaned)
  }

  @Test func `are recorded as a sealed choice and a removal of class decoy`() throws {
    try decide()
    let done = try #require(try clean(9).decoys)
    let ledger = try place.session().ledger
    guard
      case .removalDecided(let removal) =
        try ledger.event(id: done.recorded.removal.receipt.id)?.statement.body,
      case .unionComputed(let union) = try ledger.event(id: removal.union)?.statement.body,
      let choice = union.sources.first,
      case .filterCompleted(let filter) = try ledger.event(id: choice.event)?.statement.body
    else {
      Issue.record("the removal is not there")
      return
    }
    #expect(removal.reasonClass == .decoy && removal.basis == .precautionary)
    #expect(removal.removed == Tally(keys: 9, rows: 9) && removal.explainedRows == nil)
    #expect(union.set.disclosure == .sealed && filter.set.disclosure == .sealed)
    #expect(filter.filter.disclosure == .sealed)
  }

  @Test func `are others each time`() throws {
    try decide()
    _ = try clean(9)
    let other = try `Rows drawn to hide others`()
    try other.decide()
    _ = try other.clean(9)
    #expect(try rows(Place.cleaned) != other.rows(Place.cleaned))
  }

  @Test func `are none where nothing of that class leaves`() throws {
    try place.decide(0..<3)
    #expect(throws: WorkflowFailure.self) { try plan(1) }
    #expect(throws: WorkflowFailure.self) { try clean(1) }
    #expect(try clean(nil).disclosure == .open)
  }

  @Test func `are no more than there are beside those that go`() throws {
    try decide()
    let events = try place.events()
    for count in [38, 1 << 40, .max] as [UInt64] {
      #expect(throws: WorkflowFailure.self) { try plan(count) }
      #expect(throws: WorkflowFailure.self) { try clean(count) }
    }
    #expect(try place.events() == events)
    #expect(try clean(37).publication.tally.rows == 0)
  }

  @Test func `are none that share their key, for these stand out`() throws {
    let file = try place.put(
      "URL,TEXT\n" + (0..<10).map { "\(Place.url($0)),row \($0)\n" }.joined()
        + (10..<15).map { "\(Place.url($0)),a\n\(Place.url($0)),b\n" }.joined(), "shared.csv")
    _ = try place.session().publishRelease(Place.release, files: [file])
    _ = try place.addList([0])
    _ = try place.match()
    _ = try place.remove(.illegal)
    #expect(throws: WorkflowFailure.self) { try plan(10) }
    #expect(try plan(9).removed == Tally(keys: 10, rows: 10))
  }

  @Test func `are drawn once, however often the command runs`() throws {
    try decide()
    let nonce = [UInt8](repeating: 7, count: 16)
    let first = try clean(9, nonce: nonce)
    let again = try clean(9, nonce: nonce)
    #expect(again.release.receipt.id == first.release.receipt.id && !again.release.receipt.isNew)
    #expect(again.decoys?.tally == first.decoys?.tally)
    #expect(
      again.decoys?.recorded.all.map(\.receipt.id) == first.decoys?.recorded.all.map(\.receipt.id))
    #expect(throws: WorkflowFailure.self) { try clean(8, nonce: nonce) }
    #expect(throws: WorkflowFailure.self) { try clean(nil, nonce: nonce) }
  }

  @Test func `stay where the cleaning fails`() throws {
    try decide()
    let events = try place.events()
    try place.put("changed", "rows/1.csv")
    #expect(throws: (any Error).self) { try clean(9) }
    #expect(try place.events() == events)
    _ = try place.putShards()
    #expect(try clean(9).removed.rows == 12)
  }
}
