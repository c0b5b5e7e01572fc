internal import GRDB
internal import LedgerCrypto
internal import Provenance
package import TransparencyLog

/// What can be told of a ledger that a later version wrote.
package struct LogVerdict: Hashable, Sendable {
  /// An entry of a kind, or of a version of one, that this version does not know.
  package struct Unknown: Hashable, Sendable {
    package let sequence: UInt64
    package let predicateType: String
  }

  /// Entries, root, checkpoints and flaws, as far as bytes show them.
  ///
  /// That each is an entry, its columns, the tree hashes and the heads are checked; signatures,
  /// authority, rules, projections and attachments are undecided.
  package internal(set) var log = LedgerVerdict()
  package internal(set) var firstUnknown: Unknown?
  /// How many entries are unknown.
  package internal(set) var unknown: UInt64 = 0
}

extension Ledger {
  /// Checks what does not depend on the meaning of events: for ledgers that a later version wrote.
  ///
  /// Cost: one pass over the entries. Memory: one entry and the tree's hashes, 64 bytes an entry.
  ///
  /// - Parameter remembered: heads that the caller trusts from elsewhere.
  /// - Returns: what was found; a wrong log is no error.
  /// - Throws: ``LedgerFailure`` only when nothing could be read at all.
  package func verifyLog(against remembered: [TreeHead] = []) throws -> LogVerdict {
    try storing {
      try database.read { db in
        var check = LogCheck(remembered)
        let rows = try Row.fetchCursor(
          db,
          sql: "SELECT sequence, id, recorded_at, entry FROM event NOT INDEXED ORDER BY sequence")
        while let row = try rows.next() {
          guard check.take(row) else { break }
        }
        try check.finish(db)
        return check.verdict
      }
    }
  }
}

private struct LogCheck {
  var verdict = LogVerdict()
  private var heads: HeadChecks
  private var frontier = TreeFrontier()
  private var hashes: [Digest] = []
  private var next: UInt64 = 0

  init(_ remembered: [TreeHead]) { heads = HeadChecks(remembered) }

  /// Takes one row in; gives false when the log cannot be followed further.
  mutating func take(_ row: Row) -> Bool {
    guard row.integer(0) == next.stored, let bytes = row.bytes(3) else { return stop(.missing) }
    let entry: RawEntry
    do throws(EventError) {
      entry = try RawEntry(bytes: bytes)
    } catch {
      return stop(.notAnEntry(error))
    }
    if row.digest(1) != entry.id.digest { note(.relabelled(column: "id")) }
    if row.integer(2) != entry.recordedAt.milliseconds { note(.relabelled(column: "recorded_at")) }
    if next == 0 { verdict.log.ledger = entry.id }
    if !entry.isKnown {
      verdict.unknown += 1
      if verdict.firstUnknown == nil {
        verdict.firstUnknown = LogVerdict.Unknown(
          sequence: next, predicateType: entry.predicateType)
      }
    }
    frontier.append(TreeHash.leaf(bytes), storingInto: &hashes)
    next += 1
    heads.check(frontier.head, &verdict.log)
    return true
  }

  /// Compares the stored tree hashes and checkpoints.
  mutating func finish(_ db: Database) throws {
    verdict.log.size = next
    verdict.log.root = frontier.root
    let stored = try Row.fetchCursor(
      db, sql: "SELECT position, hash FROM tree_hash ORDER BY position")
    var position = 0
    while let row = try stored.next() {
      guard position < hashes.count, row.integer(0) == Int64(position),
        row.digest(1) == hashes[position]
      else { break }
      position += 1
    }
    if position < hashes.count { note(.treeHash(position: UInt64(position))) }
    heads.finish(size: next, &verdict.log)
    let notes = try Row.fetchCursor(db, sql: "SELECT note FROM checkpoint ORDER BY size, number")
    while let row = try notes.next() {
      guard let bytes = row.bytes(0), let note = try? SignedNote(parsing: bytes),
        let head = try? Checkpoint(parsing: note.text).head
      else {
        self.note(.checkpoint("its row cannot be read."))
        continue
      }
      check(head)
    }
  }

  private mutating func check(_ head: TreeHead) {
    let size = head.size.rawValue
    guard size <= next else { return note(.truncated(remembered: size)) }
    let root = try? TreeFrontier(size: head.size) { positions in
      positions.map { hashes[Int($0)] }
    }.root
    guard root == head.root else {
      return note(.checkpoint("its root is not that of the entries."))
    }
    verdict.log.checkpoints += 1
    verdict.log.covered = max(verdict.log.covered, size)
  }

  private mutating func stop(_ reason: LedgerVerdict.Flaw.Reason) -> Bool {
    note(reason)
    return false
  }

  private mutating func note(_ reason: LedgerVerdict.Flaw.Reason) {
    if verdict.log.flaws.count < 100 {
      verdict.log.flaws.append(LedgerVerdict.Flaw(next, reason))
    }
  }
}
