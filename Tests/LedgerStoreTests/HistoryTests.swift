internal import Foundation
internal import LedgerCrypto
internal import Provenance
internal import TestSupport
internal import Testing

@testable internal import LedgerStore

/// Projections that moved with each event against those made again from the log, over random
/// histories of all kinds.
@Suite struct `Incremental and rebuilt projections` {
  @Test(arguments: 0..<UInt64(effort("WINNOW_SEEDS", debug: 1, release: 4)))
  func `are the same at every prefix`(seed: UInt64) throws {
    let count = effort("WINNOW_PREFIXES", debug: 60, release: 500)
    try Self.follow(seed: seed, batches: Array(repeating: 1, count: count))
  }

  @Test func `are the same at the end of every batch of a long history`() throws {
    let count = effort("WINNOW_HISTORY", debug: 600, release: 10_000)
    var random = SplitMix64(seed: 3)
    var batches: [Int] = []
    while batches.reduce(0, +) < count {
      batches.append(Int.random(in: 1...count / 3, using: &random))
    }
    let store = try Self.follow(seed: 3, batches: batches)
    let kinds = Set(store.history.ledger.entries.map(\.event.statement.body.kind))
    let missing = Set(Kind.allCases).subtracting(kinds)
    #expect(missing.isEmpty, "missing: \(missing.map(\.rawValue).sorted())")
  }

  /// Fills one ledger event by event, never rebuilt and at times opened anew, and another by whole
  /// batches, rebuilt after each: they have the same entries, state and rows.
  ///
  /// - Returns: the ledger that was never rebuilt.
  @discardableResult
  private static func follow(seed: UInt64, batches: [Int]) throws -> Desk {
    var desk = try Desk(seed: seed)
    let other = try Desk(seed: seed)
    var ledger = desk.ledger
    for (number, count) in batches.enumerated() {
      let events = try desk.history.events(count)
      let now = desk.now
      for event in events { _ = try ledger.admit(event, now: { now }) }
      for result in try other.ledger.admit(events, now: { now }) { _ = try result.get() }
      let comment: Comment = "seed \(seed), size \(try ledger.size)"
      let hash = try ledger.projectionStateHash()
      #expect(try other.ledger.projectionStateHash() == hash, comment)
      try other.ledger.rebuildProjections()
      #expect(try other.ledger.projectionStateHash() == hash, comment)
      guard number % 20 == 3 || number == batches.count - 1 else { continue }
      ledger = try desk.reopened()
      #expect(try ledger.projectionStateHash() == hash, comment)
      try desk.keepAttachments()
      let verdict = try ledger.verify()
      #expect(verdict.isIntact, "\(comment): \(verdict.flaws)")
      #expect(verdict.stateHash == hash, comment)
    }
    #expect(try desk.ledger.treeHead() == other.ledger.treeHead())
    return desk
  }
}
