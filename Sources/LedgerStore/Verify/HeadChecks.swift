internal import GRDB
internal import Provenance
internal import TransparencyLog

/// Heads from elsewhere, and the stored checkpoints, against the tree as it grows.
struct HeadChecks {
  /// By size ascending.
  private let remembered: [TreeHead]
  private var next = 0
  /// The largest size whose head held.
  private var lastGood: UInt64 = 0

  init(_ remembered: [TreeHead]) {
    self.remembered = remembered.sorted { $0.size < $1.size }
  }

  /// Compares the remembered heads of exactly this size.
  mutating func check(_ head: TreeHead, _ verdict: inout LedgerVerdict) {
    while next < remembered.count, remembered[next].size <= head.size {
      let wanted = remembered[next]
      next += 1
      if wanted.size < head.size { continue }
      if wanted == head {
        lastGood = head.size.rawValue
      } else {
        verdict.flaws.append(
          LedgerVerdict.Flaw(
            lastGood, through: head.size.rawValue - 1,
            .notAsRemembered(size: head.size.rawValue)))
      }
    }
  }

  /// What is remembered past the end.
  func finish(size: UInt64, _ verdict: inout LedgerVerdict) {
    if let last = remembered.last, last.size.rawValue > size {
      verdict.flaws.append(
        LedgerVerdict.Flaw(
          size, through: last.size.rawValue - 1, .truncated(remembered: last.size.rawValue)))
    }
  }

  /// What is remembered past the end, and every stored checkpoint.
  mutating func finish(
    _ db: Database, _ snapshot: Snapshot, _ verdict: inout LedgerVerdict
  ) throws {
    let size = snapshot.state.size
    finish(size: size, &verdict)
    let rows = try Row.fetchCursor(
      db, sql: "SELECT size, note FROM checkpoint ORDER BY size, number")
    while let row = try rows.next() {
      guard let stored = row.integer(0).flatMap({ UInt64(exactly: $0) }), let note = row.bytes(1)
      else {
        verdict.flaws.append(LedgerVerdict.Flaw(size, .checkpoint(.noRow)))
        continue
      }
      if let flaw = check(stored, note, db, snapshot, verdict.covered) {
        verdict.flaws.append(flaw)
      } else {
        verdict.covered = max(verdict.covered, stored)
        verdict.checkpoints += 1
      }
    }
  }

  private func check(
    _ stored: UInt64, _ note: [UInt8], _ db: Database, _ snapshot: Snapshot, _ covered: UInt64
  ) -> LedgerVerdict.Flaw? {
    let size = snapshot.state.size
    do {
      let checkpoint = try Ledger.checkpoint(note, of: snapshot.state)
      guard checkpoint.size.rawValue == stored else {
        return LedgerVerdict.Flaw(min(stored, size), .checkpoint(.otherSize))
      }
      guard stored <= size else {
        return LedgerVerdict.Flaw(size, through: stored - 1, .truncated(remembered: stored))
      }
      let head = try Ledger.treeHead(db, size: stored, of: snapshot)
      guard head == checkpoint.head else {
        return LedgerVerdict.Flaw(covered, through: stored - 1, .checkpoint(.otherRoot))
      }
      return nil
    } catch {
      let error = Verification.mapped(error)
      let reason: LedgerVerdict.Flaw.Reason =
        (error as? LedgerFailure).map { .checkpoint(.foreign($0)) } ?? .unreadable("\(error)")
      return LedgerVerdict.Flaw(min(stored, size), reason)
    }
  }
}
