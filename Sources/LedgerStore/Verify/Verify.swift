internal import Files
internal import GRDB
internal import LedgerCrypto
internal import Provenance
package import TransparencyLog

extension Ledger {
  /// Checks everything that the directory holds, trusting no row of it.
  ///
  /// From the entries' bytes alone it makes again every leaf, tree hash, signature, authority at its
  /// sequence, rule, column, index entry and projection row, and compares stored checkpoints (each
  /// signed by the log's key) and attachments. It reads one commit; appends go on meanwhile.
  /// Cost: about one Ed25519 verification for each signature, on all cores. Memory: a few thousand
  /// entries and the state that the rules read.
  ///
  /// - Parameters:
  ///   - remembered: heads that the caller trusts from elsewhere; they show what the file alone
  ///     cannot, such as an older copy of it.
  ///   - progress: called now and then with the number of entries read.
  /// - Returns: the verdict; a wrong ledger is no error.
  /// - Throws: ``LedgerFailure`` only when nothing could be read at all.
  package func verify(
    against remembered: [TreeHead] = [], progress: (UInt64) -> Void = { _ in }
  ) throws -> LedgerVerdict {
    try storing {
      try database.read { db in
        Crew.work { crew in
          var verification = Verification(self, db, crew, remembered)
          verification.readLog(progress)
          verification.checkEnd()
          return verification.finish()
        }
      }
    }
  }
}

/// One run over a ledger, from sequence 0 to the end or to where it cannot go on.
struct Verification {
  let ledger: Ledger
  let db: Database
  let crew: Crew
  let found = FoundElsewhere()
  var near = NearEvents()
  var verdict = LedgerVerdict()
  var snapshot = Snapshot()
  var heads: HeadChecks
  var rows = ProjectionChecks()
  /// Whether each row is looked up by each index, to name the first that is not found.
  var checksIndexesByRow = false
  /// Whether every entry was taken, up to the end of the table.
  var isComplete = false

  static let pageSize = 512

  init(_ ledger: Ledger, _ db: Database, _ crew: Crew, _ remembered: [TreeHead]) {
    self.ledger = ledger
    self.db = db
    self.crew = crew
    heads = HeadChecks(remembered)
  }

  /// Reads and replays the log, one page ahead of what is checked.
  mutating func readLog(_ progress: (UInt64) -> Void) {
    var signing: [[Pending<Void>]] = []
    checksIndexesByRow = !indexesAreSound()
    do {
      var page = try nextPage(from: 0)
      while let current = page {
        page =
          current.rows.count == Self.pageSize
          ? try nextPage(from: snapshot.state.size + UInt64(current.rows.count)) : nil
        signing.append([])
        let goesOn = try replay(current, &signing[signing.count - 1])
        progress(snapshot.state.size)
        guard goesOn else { break }
        if page == nil { isComplete = true }
        // At most two pages of signatures wait.
        if signing.count > 2 { signing.removeFirst().forEach { $0.take() } }
      }
      if snapshot.state.size == 0, verdict.flaws.isEmpty {
        note(0, .missing)
      }
    } catch {
      note(snapshot.state.size, .unreadable("\(Self.mapped(error))"))
    }
    for job in signing.joined() { job.take() }
    verdict.size = snapshot.state.size
    verdict.lastRecordedAt = snapshot.state.lastRecordedAt
    verdict.root = snapshot.frontier.root
    verdict.ledger = snapshot.state.ledger
    verdict.origin = snapshot.state.authority.founding?.origin
  }

  /// Checks what only shows at the end: the sizes of tables, later checkpoints, the state's hash.
  mutating func checkEnd() {
    attempt { verification in
      try verification.heads.finish(verification.db, verification.snapshot, &verification.verdict)
    }
    guard isComplete else { return }
    attempt { try $0.checkCounts() }
    let before = verdict.flaws.count
    attempt { verification in
      try verification.rows.finish(
        verification.db, verification.snapshot.state, &verification.verdict)
    }
    if verdict.flaws.count == before, verdict.flaws.allSatisfy({ !$0.isOfProjections }) {
      attempt { verification in
        verification.verdict.stateHash = try StateHash.compute(
          verification.db, size: verification.verdict.size)
      }
    }
  }

  /// The verdict, the flaws that other threads found among the others.
  mutating func finish() -> LedgerVerdict {
    found.settle(snapshot.state.attachments, in: ledger)
    let (flaws, attachments) = found.content
    verdict.attachments = attachments
    verdict.flaws = Array(
      (verdict.flaws + flaws).enumerated()
        .sorted { ($0.element.sequence, $0.offset) < ($1.element.sequence, $1.offset) }
        .map(\.element).prefix(100))
    return verdict
  }

  mutating func note(
    _ sequence: UInt64, through: UInt64? = nil, _ reason: LedgerVerdict.Flaw.Reason
  ) {
    if verdict.flaws.count < 1_000 {
      verdict.flaws.append(LedgerVerdict.Flaw(sequence, through: through, reason))
    }
  }

  private mutating func attempt(_ body: (inout Verification) throws -> Void) {
    do { try body(&self) } catch {
      note(snapshot.state.size, .unreadable("\(Self.mapped(error))"))
    }
  }

  static func mapped(_ error: any Error) -> any Error {
    (error as? DatabaseError).map { LedgerFailure($0) } ?? error
  }

  /// No row, tree hash or index entry is left over.
  private mutating func checkCounts() throws {
    let size = snapshot.state.size
    func count(_ sql: String) throws -> Int64? { try Row.fetchOne(db, sql: sql)?.integer(0) }
    for (table, sql) in [
      ("event", "SELECT count(*) FROM event NOT INDEXED"),
      ("event_by_id", "SELECT count(*) FROM event INDEXED BY event_by_id"),
      ("event_by_repetition", "SELECT count(*) FROM event INDEXED BY event_by_repetition"),
    ] where try count(sql) != size.stored {
      note(0, through: size, .notIndexed(table))
    }
    let hashes = StoredHash.count(forSize: try TreeRows.treeSize(size))
    if try count("SELECT count(*) FROM tree_hash WHERE position >= \(hashes)") != 0 {
      note(size, .treeHash(position: hashes))
    }
    if try count("SELECT count(*) FROM tree_hash") != hashes.stored {
      note(0, through: size, .treeHash(position: hashes))
    }
    let (position, recordedAt) = try Snapshot.position(db)
    if position != size || recordedAt != snapshot.state.lastRecordedAt { note(size, .position) }
  }
}

extension LedgerVerdict.Flaw {
  fileprivate var isOfProjections: Bool {
    switch reason {
    case .projection, .projectionUnknown, .position: true
    default: false
    }
  }
}
