import Files
import LedgerCrypto
import LedgerStore
import Provenance
import SetCommitment
import TestSupport
import Testing
import Workflows

/// What must hold of a line, by its model.
extension RandomLine {
  func compare(
    _ rows: [Row], with parent: Int, _ next: [Decision], _ done: Decided<Clean.Answer>
  ) throws {
    let before = releases[parent].rows
    let comment: Comment = "seed \(seed), \(done.publication.release)"
    let now = Set(next.map(\.sequence))
    let applied = releases[parent].applied.union(now)
    let held = holders(parent) { applied.contains($0.sequence) }
    let going = Set(held.filter { !$0.value.isDisjoint(with: now) }.keys)
    let there = Set(before.map(\.key))
    // What comes back, as it was when it last left by one of the removals that are taken back.
    var back: [Row] = []
    for item in next where !item.removals.isEmpty {
      for key in item.keys where held[key] == nil && !there.contains(key) {
        let cleaned = line(parent).first { place in
          guard let parent = releases[place].parent, !releases[place].isByHand else { return false }
          let here = releases[place].applied.subtracting(releases[parent].applied)
          return !here.isDisjoint(with: item.removals)
            && releases[parent].rows.contains { $0.key == key }
        }
        guard let cleaned, let from = releases[cleaned].parent else { continue }
        back += releases[from].rows.filter { $0.key == key }
      }
    }
    let returned = Set(back.map(\.key))
    let sort = { (rows: [Row]) in rows.map { "\($0.key) \($0.text)" }.sorted() }
    #expect(sort(rows.filter { returned.contains($0.key) }) == sort(back), comment)
    let left = there.subtracting(rows.map(\.key))
    #expect(going.intersection(there).isSubset(of: left), comment)
    // What stays keeps its order and its content.
    #expect(
      rows.filter { !returned.contains($0.key) } == before.filter { !left.contains($0.key) },
      comment)
    #expect(done.removed.keys == UInt64(left.count), comment)
    #expect(done.added == Tally(keys: UInt64(returned.count), rows: UInt64(back.count)), comment)
    guard decisions.contains(where: \.isIllegal) else {
      return #expect(left == going.intersection(there), comment)
    }
    // Nobody who was not decided on stands in for those that were, but in number.
    let out = next.filter { $0.removals.isEmpty }.reduce(Tally(keys: 0, rows: 0)) { $0 + $1.tally }
    let named = next.filter { !$0.removals.isEmpty }.reduce(0) { $0 + $1.tally.keys }
    #expect(done.removed.keys <= out.keys, comment)
    #expect(done.removed.keys + named - done.added.keys >= out.keys, comment)
    if named == 0, !line(parent).contains(where: { releases[$0].isByHand }) {
      #expect(done.removed == out, comment)
    }
    let decided = Set(decisions.filter { $0.removals.isEmpty }.flatMap(\.keys))
    let drawn = next.reduce(into: Set<Int>()) { $0.formUnion($1.decoys) }
    #expect(left.subtracting(going).subtracting(drawn).isDisjoint(with: decided), comment)
  }

  /// The whole log holds, and nothing is open that was recorded since its family was marked.
  func check() throws {
    let session = try place.session()
    #expect(try session.ledger.verify().isIntact, "seed \(seed)")
    guard let mark = try session.ledger.state.catalog.mark(of: Name("pets")!) else { return }
    for sequence in mark.sequence..<(try place.events()) {
      let body = try session.event(sequence).statement.body
      for set in body.content.sets { #expect(set.disclosure == .sealed, "seed \(seed)") }
      guard case .releasePublished(let release) = body else { continue }
      #expect(release.derivation?.disclosure != .open, "seed \(seed)")
      #expect(release.manifest.disclosure == .sealed, "seed \(seed)")
    }
    for release in releases {
      guard let parent = release.parent else { continue }
      #expect(throws: WorkflowFailure.self) {
        try session.proveTransition(from: releases[parent].name, to: release.name)
      }
    }
  }
}
