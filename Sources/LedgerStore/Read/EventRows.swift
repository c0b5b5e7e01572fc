internal import GRDB
internal import LedgerCrypto
internal import Provenance

/// The rows of events.
enum EventRows {
  /// The place of the event with this id, or `nil`.
  static func sequence(_ db: Database, of id: EventID) throws -> UInt64? {
    let statement = try db.cachedStatement(sql: "SELECT sequence FROM event WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id.digest.data]) else { return nil }
    return try row.natural(0, "the place of \(id)")
  }

  /// The ids within `range`, ascending, at most `limit`.
  static func ids(
    _ db: Database, _ range: ClosedRange<Digest>, limit: Int
  ) throws -> [EventID] {
    let statement = try db.cachedStatement(
      sql: "SELECT id FROM event WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?")
    return try Row.fetchAll(
      statement, arguments: [range.lowerBound.data, range.upperBound.data, max(0, limit)]
    ).map { row in
      guard let bytes = row.bytes(0), let digest = Digest(bytes: bytes) else {
        throw LedgerFailure.damaged("an event's id")
      }
      return EventID(digest)
    }
  }

  /// The place and time of the event with this id, or `nil`.
  static func receipt(_ db: Database, of id: EventID) throws -> Ledger.Receipt? {
    let statement = try db.cachedStatement(
      sql: "SELECT sequence, recorded_at FROM event WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id.digest.data]) else { return nil }
    guard let recordedAt = row.integer(1) else { throw LedgerFailure.damaged("the time of \(id)") }
    return Ledger.Receipt(
      sequence: try row.natural(0, "the place of \(id)"), id: id,
      recordedAt: Timestamp(milliseconds: recordedAt), isNew: false)
  }

  /// The bytes of the entry at `sequence`, or `nil` past the end.
  static func bytes(_ db: Database, at sequence: UInt64) throws -> [UInt8]? {
    let statement = try db.cachedStatement(sql: "SELECT entry FROM event WHERE sequence = ?")
    guard let row = try Row.fetchOne(statement, arguments: [sequence.stored]) else { return nil }
    guard let bytes = row.bytes(0) else { throw LedgerFailure.damaged("sequence \(sequence)") }
    return bytes
  }

  /// The entries from `start` on, at most `limit`.
  static func bytes(_ db: Database, from start: UInt64, limit: Int) throws -> [[UInt8]] {
    let statement = try db.cachedStatement(
      sql: "SELECT sequence, entry FROM event WHERE sequence >= ? ORDER BY sequence LIMIT ?")
    let rows = try Row.fetchCursor(statement, arguments: [start.stored, max(0, limit)])
    var entries: [[UInt8]] = []
    while let row = try rows.next() {
      let sequence = start + UInt64(entries.count)
      guard row.integer(0) == sequence.stored, let bytes = row.bytes(1) else {
        throw LedgerFailure.damaged("sequence \(sequence)")
      }
      entries.append(bytes)
    }
    return entries
  }

  /// Reads an entry of the log, whose actors `authority` or any later state knows.
  static func event(
    _ bytes: [UInt8], at sequence: UInt64, authority: Authority
  ) throws -> AdmittedEvent {
    do {
      return AdmittedEvent(
        sequence: sequence, entry: try Entry(bytes: bytes), authority: authority)
    } catch {
      throw LedgerFailure.damaged("sequence \(sequence)")
    }
  }

  /// The event at `sequence`, or `nil` past the end.
  static func event(
    _ db: Database, at sequence: UInt64, _ authority: Authority, _ recent: RecentEvents
  ) throws -> AdmittedEvent? {
    guard let bytes = try bytes(db, at: sequence) else { return nil }
    let event = try event(bytes, at: sequence, authority: authority)
    recent.keep(event)
    return event
  }

  /// The event with this id, or `nil`.
  static func event(
    _ db: Database, id: EventID, _ authority: Authority, _ recent: RecentEvents
  ) throws -> AdmittedEvent? {
    if let event = recent[id] { return event }
    return try sequence(db, of: id).flatMap { try event(db, at: $0, authority, recent) }
  }

  /// The sequences of events whose statement may repeat the one of this key.
  static func candidates(_ db: Database, repetition: Int64) throws -> [UInt64] {
    let statement = try db.cachedStatement(
      sql: "SELECT sequence FROM event WHERE repetition = ? ORDER BY sequence")
    var sequences: [UInt64] = []
    let rows = try Row.fetchCursor(statement, arguments: [repetition])
    while let row = try rows.next() { sequences.append(try row.natural(0, "a repetition")) }
    return sequences
  }
}
