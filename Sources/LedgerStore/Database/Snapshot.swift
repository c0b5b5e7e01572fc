internal import CanonicalJSON
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import Synchronization
internal import TransparencyLog

/// What the rules and the tree need of the log so far, as values.
struct Snapshot: Sendable {
  var state = LedgerState()
  var frontier = TreeFrontier()

  /// Brings `old` up to the end of the log in the file, from the projections' rows alone.
  ///
  /// Cost: one point read when nothing is new; otherwise the rows put since.
  static func caughtUp(_ db: Database, from old: Snapshot?) throws -> Snapshot {
    let (size, recordedAt) = try position(db)
    let known = old?.state.size ?? 0
    if let old, known == size { return old }
    guard known < size else { throw LedgerFailure.wentBack(from: known, to: size) }
    var snapshot = old ?? Snapshot()
    for table in LedgerState.restoredTables {
      let statement = try db.cachedStatement(
        sql: "SELECT document FROM projection WHERE kind = ? AND position >= ?")
      let rows = try Row.fetchCursor(statement, arguments: [table.rawValue, known.stored])
      while let row = try rows.next() {
        do {
          try snapshot.state.restore(
            table, JSONDocument(parsingCanonical: Array(row.text(0).utf8)).root)
        } catch let error as DatabaseError {
          throw error
        } catch {
          throw LedgerFailure.damaged("a row of the projection \(table.rawValue)")
        }
      }
    }
    snapshot.state.restore(size: size, lastRecordedAt: recordedAt)
    snapshot.frontier = try TreeRows.frontier(db, size: size)
    return snapshot
  }

  /// The size of the log and the time of its last entry, as the projections have them.
  static func position(_ db: Database) throws -> (size: UInt64, recordedAt: Timestamp?) {
    let statement = try db.cachedStatement(sql: "SELECT size, recorded_at FROM position")
    guard let row = try Row.fetchOne(statement) else { return (0, nil) }
    guard let recordedAt = row.integer(1) else { throw LedgerFailure.damaged("position") }
    return (try row.natural(0, "position"), Timestamp(milliseconds: recordedAt))
  }
}

/// What a ledger keeps in memory between calls; the file stays the truth.
final class Memory: Sendable {
  private let latest = Mutex<Snapshot?>(nil)
  private let stopped = Mutex(false)
  let recent = RecentEvents()
  let keys = PreparedKeys()
  let hashes = KnownHashes()

  var snapshot: Snapshot? { latest.withLock { $0 } }

  /// Keeps `snapshot` when it goes further than what is kept.
  func keep(_ snapshot: Snapshot) {
    latest.withLock { kept in
      if kept.map({ $0.state.size < snapshot.state.size }) ?? true { kept = snapshot }
    }
  }

  /// After a failed write: what is kept is read again, and a failed disk ends writing here.
  func forget(stopping: Bool) {
    latest.withLock { $0 = nil }
    hashes.forget()
    if stopping { stopped.withLock { $0 = true } }
  }

  var isStopped: Bool { stopped.withLock { $0 } }
}

/// Tree hashes that were read once: they never change, and those near the root are in every proof.
///
/// At most 65,536 of them.
final class KnownHashes: Sendable {
  private let kept = Mutex<[UInt64: Digest]>([:])
  private static let limit = 65_536

  /// The hashes at `positions`, or `nil` when one of them is not known.
  func all(_ positions: [UInt64]) -> [Digest]? {
    kept.withLock { kept in
      var hashes: [Digest] = []
      hashes.reserveCapacity(positions.count)
      for position in positions {
        guard let hash = kept[position] else { return nil }
        hashes.append(hash)
      }
      return hashes
    }
  }

  /// The hash at `position`, or `nil` when it is not known.
  subscript(position: UInt64) -> Digest? { kept.withLock { $0[position] } }

  func keep(_ position: UInt64, _ hash: Digest) {
    kept.withLock { kept in
      if kept.count >= Self.limit { kept.removeAll(keepingCapacity: true) }
      kept[position] = hash
    }
  }

  func forget() { kept.withLock { $0 = [:] } }
}

/// The events admitted or read last, so that what refers to them parses nothing again.
///
/// Two generations of at most 2,048 events each.
final class RecentEvents: Sendable {
  private struct Generations {
    var young: [EventID: AdmittedEvent] = [:]
    var old: [EventID: AdmittedEvent] = [:]
  }
  private let generations = Mutex(Generations())
  private static let limit = 2_048

  subscript(id: EventID) -> AdmittedEvent? {
    generations.withLock { $0.young[id] ?? $0.old[id] }
  }

  func keep(_ event: AdmittedEvent) { keep([event]) }

  func keep(_ events: [AdmittedEvent]) {
    generations.withLock { generations in
      for event in events.suffix(2 * Self.limit) {
        if generations.young.count >= Self.limit {
          generations.old = generations.young
          generations.young = [:]
        }
        generations.young[event.id] = event
      }
    }
  }
}
