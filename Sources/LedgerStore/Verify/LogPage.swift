internal import Files
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import TransparencyLog

/// Some rows of the log and what other cores read of them.
struct LogPage {
  typealias Reading = Swift.Result<ReadEntry, EventError>

  let rows: [EventRow]
  private let runs: [Pending<[Reading?]>]
  static let run = 32

  /// Posts the parsing of `rows`.
  init(_ rows: [EventRow], _ crew: Crew) {
    self.rows = rows
    runs = stride(from: 0, to: rows.count, by: Self.run).map { start in
      let part = rows[start..<min(rows.count, start + Self.run)]
      return crew.post {
        part.map { row in
          row.bytes.map { bytes in
            Reading { () throws(EventError) in try ReadEntry(bytes: bytes) }
          }
        }
      }
    }
  }

  /// Takes what was read, in the order of the rows; once.
  func readings() -> [Reading?] { runs.flatMap { $0.take() } }
}

extension Verification {
  /// The rows from `start` on, or `nil` when there are none.
  func nextPage(from start: UInt64) throws -> LogPage? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT sequence, id, \(Row.wholeText("kind")), recorded_at, repetition, entry
        FROM event NOT INDEXED WHERE sequence >= ? ORDER BY sequence LIMIT ?
        """)
    var rows: [EventRow] = []
    let cursor = try Row.fetchCursor(statement, arguments: [start.stored, Self.pageSize])
    while let row = try cursor.next() {
      rows.append(
        EventRow(
          sequence: row.integer(0), id: row.digest(1), kind: row.bytes(2),
          recordedAt: row.integer(3), repetition: row.integer(4), bytes: row.bytes(5)))
    }
    return rows.isEmpty ? nil : LogPage(rows, crew)
  }

  /// Replays a page; gives false when the log cannot be followed further.
  mutating func replay(_ page: LogPage, _ signing: inout [Pending<Void>]) throws -> Bool {
    var signed: [(event: SignedEvent, keys: [VerifyingKey], sequence: UInt64)] = []
    var hashes: [Digest] = []
    let first = snapshot.state.size
    var goesOn = true
    near.beginPage(crew)
    for (row, reading) in zip(page.rows, page.readings()) {
      guard try take(row, reading, &hashes, &signed, &signing) else {
        goesOn = false
        break
      }
      heads.check(snapshot.frontier.head, &verdict)
      if signed.count == LogPage.run { post(&signed, &signing) }
    }
    post(&signed, &signing)
    try checkTree(hashes, from: first)
    return goesOn
  }

  /// Takes one row in, or notes why not.
  private mutating func take(
    _ row: EventRow, _ reading: LogPage.Reading?, _ hashes: inout [Digest],
    _ signed: inout [(event: SignedEvent, keys: [VerifyingKey], sequence: UInt64)],
    _ signing: inout [Pending<Void>]
  ) throws -> Bool {
    let sequence = snapshot.state.size
    guard row.sequence == sequence.stored else {
      note(sequence, .missing)
      return false
    }
    let read: ReadEntry
    switch reading {
    case .success(let entry): read = entry
    case .failure(let error):
      note(sequence, .notAnEntry(error))
      return false
    case nil:
      note(sequence, .unreadable("no bytes"))
      return false
    }
    let event = read.entry.event
    if let column = row.relabelled(against: read) { note(sequence, .relabelled(column: column)) }
    if checksIndexesByRow {
      guard try checkIndexes(read, sequence) else { return false }
    }
    var references: [EventID: AdmittedEvent] = [:]
    for id in event.statement.references {
      references[id] = try near.event(id, before: snapshot.state, db)
    }
    let step: Step
    do throws(Refusal) {
      step = try snapshot.state.step(read.entry, references, signatures: .good)
    } catch {
      note(sequence, .refused(error))
      return false
    }
    // A key belongs to one actor for ever: the state after the event knows the same ones.
    signed.append(
      (
        event,
        event.signatures.compactMap { snapshot.state.publicKey($0.keyID, signing: event) },
        sequence
      ))
    snapshot.frontier.append(read.leaf, storingInto: &hashes)
    near.keep(step.event)
    try rows.check(step.changes, at: sequence, db, &verdict)
    checkAttachments(event.statement, sequence, &signing)
    return true
  }

  /// Whether SQLite itself finds that the indexes say what the table says, no id twice.
  ///
  /// It costs a fraction of looking every row up, but tells no sequence when it fails.
  func indexesAreSound() -> Bool {
    guard let found = try? String.fetchAll(db, sql: "PRAGMA integrity_check(event)") else {
      return false
    }
    return found == ["ok"]
  }

  /// Looks the row up by each index, as readers do; gives false for an event that came before.
  private mutating func checkIndexes(_ read: ReadEntry, _ sequence: UInt64) throws -> Bool {
    let id = read.entry.event.id
    let byID = try db.cachedStatement(
      sql: "SELECT sequence FROM event INDEXED BY event_by_id WHERE id = ?")
    let place = try Int64.fetchOne(byID, arguments: [id.digest.data])
    if let place, place >= 0, place < sequence.stored {
      note(sequence, .repeated)
      return false
    }
    if place != sequence.stored { note(sequence, .notIndexed("event_by_id")) }
    let byRepetition = try db.cachedStatement(
      sql: """
        SELECT 1 FROM event INDEXED BY event_by_repetition WHERE repetition = ? AND sequence = ?
        """)
    if try Int64.fetchOne(byRepetition, arguments: [read.repetition, sequence.stored]) == nil {
      note(sequence, .notIndexed("event_by_repetition"))
    }
    return true
  }

  private func post(
    _ signed: inout [(event: SignedEvent, keys: [VerifyingKey], sequence: UInt64)],
    _ signing: inout [Pending<Void>]
  ) {
    if signed.isEmpty { return }
    let jobs = signed
    signed = []
    let check = crew.post { [found] in
      for job in jobs {
        found.checkSignatures(of: job.event, keys: job.keys, at: job.sequence)
      }
    }
    signing.append(check)
  }

  private func checkAttachments(
    _ statement: Provenance.Statement, _ sequence: UInt64,
    _ signing: inout [Pending<Void>]
  ) {
    for (_, reference) in statement.attachments {
      let path = ledger.attachmentPath(reference.sha256)
      signing.append(crew.post { [found] in found.check(reference, at: path, sequence) })
    }
  }

  /// Compares the stored hashes that the page's entries add.
  private mutating func checkTree(_ hashes: [Digest], from first: UInt64) throws {
    let start = StoredHash.count(forSize: try TreeRows.treeSize(first))
    let statement = try db.cachedStatement(
      sql: "SELECT position, hash FROM tree_hash WHERE position >= ? ORDER BY position LIMIT ?")
    let rows = try Row.fetchCursor(statement, arguments: [start.stored, hashes.count])
    var index = 0
    while index < hashes.count {
      let row = try rows.next()
      let position = start + UInt64(index)
      if row?.integer(0) != position.stored || row?.digest(1) != hashes[index] {
        // A leaf's hash tells the entry; one above it any entry below it.
        let (level, number) = StoredHash.split(position) ?? (0, first)
        let (start, end) = (number << UInt64(level), (number + 1) << UInt64(level))
        note(start, through: end - 1, .treeHash(position: position))
        // A missing row shifts all that follow: one flaw tells as much as a thousand.
        return
      }
      index += 1
    }
  }
}
