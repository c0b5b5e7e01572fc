import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

@Suite struct `A random history` {
  /// How many events a seed gets where nothing is optimised, and where it is.
  private static func events(debug: Int, release: Int) -> Int {
    #if DEBUG
      debug
    #else
      release
    #endif
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `gives the folded state back at every prefix`(seed: UInt64) throws {
    var history = try TestHistory(seed: seed)
    _ = try history.events(Self.events(debug: 100, release: 600))
    try expectRestored(history.ledger, "seed \(seed)")
  }

  // Of the generator alone, and long.
  @Test(.enabled(if: events(debug: 0, release: 1) == 1, "in release mode"))
  func `has every kind and every shape in it`() throws {
    // Together: a family that is marked early shows nothing openly any more.
    let ledgers = try (0..<3 as Range<UInt64>).map { seed in
      var history = try TestHistory(seed: seed)
      _ = try history.events(2_500)
      return history.ledger
    }
    let entries = ledgers.flatMap { $0.entries.dropFirst() }
    let bodies = ledgers.flatMap { $0.entries.map(\.event.statement.body) }
    let missing = Set(Kind.allCases).subtracting(bodies.map(\.kind))
    #expect(missing.isEmpty, "missing: \(missing.map(\.rawValue).sorted())")
    let stated = Set(bodies.filter(\.isStated).map(\.kind.rawValue))
    #expect(stated.count == 6, "only these as stated: \(stated.sorted())")
    let derivations = bodies.compactMap { body -> Derivation? in
      guard case .releasePublished(let release) = body else { return nil }
      return release.derivation
    }
    #expect(derivations.contains { !$0.removals.isEmpty && !$0.reinstatements.isEmpty })
    #expect(derivations.contains { $0.isCleaning && $0.disclosure == .open })
    #expect(derivations.contains { $0.added.keys > 0 && !$0.reinstatements.isEmpty })
    #expect(derivations.contains { $0.unreconciled != nil })
    let removals = bodies.compactMap { body -> RemovalDecided? in
      guard case .removalDecided(let removal) = body else { return nil }
      return removal
    }
    #expect(removals.contains { $0.decoys != nil })
    #expect(removals.contains { $0.set.disclosure == .open })
    #expect(removals.contains { $0.reasonClass == .illegal && $0.familyCommitment == nil })
    let states = ledgers.map(\.state)
    #expect(states.contains { $0.catalog.families.count > 1 })
    #expect(states.contains { $0.authority.keys.values.contains { $0.revoked != nil } })
    #expect(states.contains { $0.authority.roles.values.contains { $0.revoked != nil } })
    #expect(states.contains { $0.attachments.holds.values.contains { $0.released != nil } })
    let attachments = states.flatMap { $0.attachments.records.values.map(\.state) }
    #expect(Set(attachments) == Set(AttachmentState.allCases))
    #expect(states.contains { $0.disputes.records.values.contains { $0.outcome == .withdrawn } })
    #expect(entries.contains { $0.event.signatures.count > 2 })
  }

  @Test func `is admitted again from its bytes, and puts the same`() throws {
    var history = try TestHistory(seed: 2)
    _ = try history.events(Self.events(debug: 300, release: 5_000))
    var replay = Replay()
    for (index, entry) in history.ledger.entries.enumerated() {
      let changes = try replay.admit(try Entry(bytes: entry.bytes))
      #expect(changes == history.ledger.changes[index], "sequence \(index)")
    }
    expectSame(replay.state, history.ledger.state, "the end")
  }

  @Test func `is the same for the same seed only`() throws {
    var (first, second, other) = (
      try TestHistory(seed: 3), try TestHistory(seed: 3), try TestHistory(seed: 4)
    )
    let ids = try first.events(120).map(\.id)
    // However many are asked for at a time.
    #expect(try second.events(50).map(\.id) + second.events(70).map(\.id) == ids)
    #expect(try Set(other.events(120).map(\.id)).isDisjoint(with: ids))
  }
}

/// The rows that the projections put give the folded state back at every prefix, and a replay puts
/// the same rows.
func expectRestored(_ ledger: TestLedger, _ comment: Comment) throws {
  var replay = Replay()
  var rows = ProjectedRows()
  for (index, entry) in ledger.entries.enumerated() {
    let changes = try replay.admit(try Entry(bytes: entry.bytes))
    #expect(changes == ledger.changes[index], comment)
    rows.put(changes)
    expectSame(
      try rows.restored(size: replay.state.size, lastRecordedAt: entry.recordedAt),
      replay.state, comment)
  }
  expectSame(replay.state, ledger.state, comment)
}
