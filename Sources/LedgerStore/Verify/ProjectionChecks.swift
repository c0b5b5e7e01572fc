internal import CanonicalJSON
internal import GRDB
internal import Provenance

/// The projections' rows against what the log puts, without keeping them all in memory.
///
/// A row says which event put it last. At that event its document must be the one that is put; an
/// event that puts a row which claims a later event leaves a promise, which that event must keep.
struct ProjectionChecks {
  private struct Key: Hashable {
    let table: ProjectionTable
    let key: String
  }
  private var matched: [ProjectionTable: Int64] = [:]
  private var promised: [Key: UInt64] = [:]

  mutating func check(
    _ changes: [ProjectionChange], at sequence: UInt64, _ db: Database,
    _ verdict: inout LedgerVerdict
  ) throws {
    for (index, change) in changes.enumerated() {
      // Of one key, the last change of an event counts.
      if changes[(index + 1)...].contains(where: {
        $0.table == change.table && $0.key == change.key
      }) {
        continue
      }
      let key = Key(table: change.table, key: change.key)
      let statement = try db.cachedStatement(
        sql: """
          SELECT position, \(Row.wholeText("document")) FROM projection
          WHERE kind = ? AND key = ?
          """)
      let row = try Row.fetchOne(statement, arguments: [change.table.rawValue, change.key])
      guard let row, let position = row.integer(0).flatMap({ UInt64(exactly: $0) }),
        position >= sequence
      else {
        note(key, sequence, &verdict)
        promised[key] = nil
        continue
      }
      if position > sequence {
        promised[key] = position
        continue
      }
      promised[key] = nil
      matched[change.table, default: 0] += 1
      let document = JSON.object(change.document).canonicalBytes
      if row.bytes(1) != document { note(key, sequence, &verdict) }
    }
  }

  /// Every promise was kept, and no row is left that no event put.
  mutating func finish(
    _ db: Database, _ state: LedgerState, _ verdict: inout LedgerVerdict
  ) throws {
    for (key, position) in promised.sorted(by: { $0.value < $1.value }) {
      note(key, min(position, state.size), &verdict)
      // Its row stands there, however wrong, and is not one too many.
      matched[key.table, default: 0] += 1
    }
    let missing = verdict.flaws.contains { if case .projection = $0.reason { true } else { false } }
    if !missing {
      for reason in try surplus(db) {
        verdict.flaws.append(LedgerVerdict.Flaw(0, through: state.size, reason))
      }
    }
  }

  /// The kinds of which there are more rows, or fewer, than were put.
  private func surplus(_ db: Database) throws -> [LedgerVerdict.Flaw.Reason] {
    var left = matched
    var found: [LedgerVerdict.Flaw.Reason] = []
    let rows = try Row.fetchCursor(
      db, sql: "SELECT \(Row.wholeText("kind")), count(*) FROM projection GROUP BY kind")
    while let row = try rows.next() {
      let name = String(decoding: row.bytes(0) ?? [], as: UTF8.self)
      guard let kind = ProjectionTable(rawValue: name) else {
        found.append(.projectionUnknown(name))
        continue
      }
      if row.integer(1) != left.removeValue(forKey: kind) {
        found.append(.projection(kind, key: ""))
      }
    }
    return found + left.keys.map { .projection($0, key: "") }
  }

  private func note(_ key: Key, _ sequence: UInt64, _ verdict: inout LedgerVerdict) {
    if verdict.flaws.count < 1_000 {
      verdict.flaws.append(LedgerVerdict.Flaw(sequence, .projection(key.table, key: key.key)))
    }
  }
}
