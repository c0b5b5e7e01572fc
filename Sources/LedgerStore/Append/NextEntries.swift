internal import Foundation
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import TransparencyLog

/// The entries that come next in the log: gathered as they are admitted, and written together.
///
/// Within one transaction; look-ups see them before they are written.
struct NextEntries {
  private(set) var snapshot: Snapshot
  private(set) var admitted: [Admission] = []
  let acceptsJump: Bool
  private let database: Database
  private let recent: RecentEvents
  private var hashes: [Digest] = []
  private var changes = ChangedRows()
  private var places: [EventID: Int] = [:]
  private let start: UInt64

  /// One new row.
  struct Admission {
    let event: AdmittedEvent
    let repetition: Int64
  }

  init(
    _ database: Database, after snapshot: Snapshot, acceptsJump: Bool, recent: RecentEvents
  ) {
    self.database = database
    self.snapshot = snapshot
    self.acceptsJump = acceptsJump
    self.recent = recent
    start = snapshot.state.size
  }

  /// The admitted event with this id, or `nil`.
  func event(_ id: EventID) throws -> AdmittedEvent? {
    if let place = places[id] { return admitted[place].event }
    return try EventRows.event(database, id: id, snapshot.state.authority, recent)
  }

  /// The admitted event at `sequence`, or `nil` past the end.
  private func event(at sequence: UInt64) throws -> AdmittedEvent? {
    if sequence >= start {
      let place = sequence - start
      return place < UInt64(admitted.count) ? admitted[Int(place)].event : nil
    }
    return try EventRows.event(database, at: sequence, snapshot.state.authority, recent)
  }

  /// The receipt of an event that was admitted before, or `nil`.
  func receipt(of id: EventID) throws -> Ledger.Receipt? {
    if let place = places[id] {
      let event = admitted[place].event
      return Ledger.Receipt(
        sequence: event.sequence, id: id, recordedAt: event.recordedAt, isNew: false)
    }
    return try EventRows.receipt(database, of: id)
  }

  /// Refuses events that were decided when the log had `size` entries and whose nonce a signer of
  /// theirs has used since: another process decided the same meanwhile, or something else under that
  /// nonce.
  ///
  /// Cost: the events since are read, of which there are few.
  func checkNonces(of events: [PreparedEvent], since size: UInt64) throws {
    var sequence = size
    while let event = try event(at: sequence) {
      let header = event.statement.header
      let isTaken = events.contains { other in
        let given = other.event.statement.header
        return given.nonce == header.nonce && !Set(given.signers).isDisjoint(with: header.signers)
      }
      guard !isTaken else { throw LedgerFailure.nonceTaken(at: sequence) }
      sequence += 1
    }
  }

  /// Takes in what an entry does to state, tree and projections.
  mutating func take(_ step: Step, leaf: Digest, repetition: Int64) {
    snapshot.frontier.append(leaf, storingInto: &hashes)
    for change in step.changes { changes.put(change, at: step.event.sequence) }
    places[step.event.id] = admitted.count
    admitted.append(Admission(event: step.event, repetition: repetition))
  }

  /// Takes the state one entry on; throws without a trace when a rule forbids it.
  mutating func step(
    _ entry: Entry, _ references: [EventID: AdmittedEvent], signatures: KnownSignatures
  ) throws(Refusal) -> Step {
    try snapshot.state.step(entry, references, signatures: signatures)
  }

  /// Writes the rows of all that was admitted.
  func write() throws {
    guard let first = admitted.first, let last = admitted.last else { return }
    let insert = try database.cachedStatement(
      sql: """
        INSERT INTO event (sequence, id, kind, recorded_at, repetition, entry)
        VALUES (?, ?, ?, ?, ?, ?)
        """)
    for admission in admitted {
      let event = admission.event
      insert.setUncheckedArguments([
        event.sequence.stored, event.id.digest.data, event.statement.body.kind.rawValue,
        event.recordedAt.milliseconds, admission.repetition, Data(event.entry.bytes),
      ])
      try insert.execute()
    }
    var position = StoredHash.count(forSize: try TreeRows.treeSize(first.event.sequence)).stored
    let hash = try database.cachedStatement(
      sql: "INSERT INTO tree_hash (position, hash) VALUES (?, ?)")
    for digest in hashes {
      hash.setUncheckedArguments([position, digest.data])
      try hash.execute()
      position += 1
    }
    try WrittenRow.write(changes.rows(0..<changes.count), database)
    let moved = try database.cachedStatement(
      sql: """
        INSERT INTO position (number, size, recorded_at) VALUES (0, ?, ?)
        ON CONFLICT (number) DO UPDATE SET size = excluded.size, recorded_at = excluded.recorded_at
        """)
    moved.setUncheckedArguments([
      (last.event.sequence + 1).stored, last.event.recordedAt.milliseconds,
    ])
    try moved.execute()
  }
}
