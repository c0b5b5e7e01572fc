internal import Foundation
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import TestSupport
internal import Testing
internal import TransparencyLog

@testable internal import LedgerStore

/// Someone with the file in hand, who knows its tables: each case leaves the schema as it was.
@Suite struct `Tampering with the file` {
  @Test func `editing an entry is found`() throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { db in
      var bytes = try Tampering.entry(db, 20)
      bytes[bytes.count / 2] ^= 1
      try db.execute(
        sql: "UPDATE event SET entry = ? WHERE sequence = 20", arguments: [Data(bytes)])
    }
    #expect(verdict.firstWrong == 20)
  }

  @Test func `editing what no signature covers, and the tree hashes with it, is found`() throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { db in
      // The last one, so that no later entry's time runs back.
      let entry = try Tampering.delayed(Tampering.entry(db, 40))
      try db.execute(
        sql: "UPDATE event SET entry = ?, recorded_at = ? WHERE sequence = 40",
        arguments: [Data(entry.bytes), entry.recordedAt.milliseconds])
      try db.execute(sql: "UPDATE position SET recorded_at = \(entry.recordedAt.milliseconds)")
      try Tampering.rehash(db)
    }
    // Which entry it is does not show, only that it is one that the checkpoint covers.
    #expect(verdict.flaws.contains { $0.reason == .notAsRemembered(size: 41) })
    #expect(verdict.flaws[0].sequence <= 40 && verdict.flaws[0].through == 40)
  }

  @Test func `editing a statement, and the tree hashes with it, is found`() throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { db in
      let event = try Entry(bytes: Tampering.entry(db, 20))
      var header = event.event.statement.header
      header.signers = [TestLedger.TestKeys["alice"].verifyingKey.id]
      let other = Statement(header: header, body: .model("other"))
      let forged = try SignedEvent(signing: other, with: [TestLedger.TestKeys["alice"]])
      var signature = forged.signatures[0].bytes
      signature[0] ^= 1
      let entry = try Entry(
        event: desk.forged(forged, signature: signature), recordedAt: event.recordedAt)
      try Tampering.put(db, entry, at: 20)
      try Tampering.rehash(db)
    }
    #expect(verdict.firstWrong == 20)
  }

  @Test func `deleting an entry is found`() throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { db in
      try db.execute(sql: "DELETE FROM event WHERE sequence = 20")
    }
    #expect(verdict.flaws.contains(LedgerVerdict.Flaw(20, .missing)))
    #expect(verdict.firstWrong == 20)
  }

  @Test func `cutting the end off, projections rebuilt, is found`() throws {
    let (desk, head) = try Tampering.victim()
    try desk.tamper { db in
      try db.execute(sql: "DELETE FROM event WHERE sequence >= 30; DELETE FROM checkpoint")
      try db.execute(
        sql: "DELETE FROM tree_hash WHERE position >= ?",
        arguments: [StoredHash.count(forSize: TreeSize(30)!).stored])
    }
    try desk.reopened().rebuildProjections()
    try desk.keepAttachments()
    let verdict = try desk.reopened().verify(against: [head])
    #expect(verdict.flaws == [LedgerVerdict.Flaw(30, through: 40, .truncated(remembered: 41))])
    #expect(try desk.reopened().verify().isIntact)
  }

  @Test func `renumbering is found`() throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { db in
      try db.execute(sql: "DELETE FROM event WHERE sequence = 20")
      for sequence in 21...40 {
        try db.execute(
          sql: "UPDATE event SET sequence = \(sequence - 1) WHERE sequence = \(sequence)")
      }
    }
    #expect(verdict.firstWrong == 20)
  }

  @Test func `swapping two entries is found`() throws {
    let (desk, head) = try Tampering.victim()
    let verdict = try Tampering.found(desk, head) { db in
      try db.execute(
        sql: """
          UPDATE event SET sequence = 1000 WHERE sequence = 20;
          UPDATE event SET sequence = 20 WHERE sequence = 21;
          UPDATE event SET sequence = 21 WHERE sequence = 1000;
          """)
    }
    #expect(verdict.firstWrong == 20)
  }

  @Test func `forging an entry at the end is found`() throws {
    var (desk, head) = try Tampering.victim()
    let event = try desk.history.next()
    let signature = [UInt8](repeating: 7, count: 64)
    let verdict = try Tampering.found(desk, head) { db in
      let entry = try Entry(event: desk.forged(event, signature: signature), recordedAt: desk.now)
      try Tampering.put(db, entry, at: 41)
      try Tampering.rehash(db)
    }
    #expect(verdict.firstWrong == 41)
    #expect(
      verdict.flaws.contains(
        LedgerVerdict.Flaw(41, .refused(.invalidSignature(event.signatures[0].keyID)))))
  }

  @Test func `signing again with a later key is found`() throws {
    let (desk, _) = try Tampering.victim()
    var test = desk.history.ledger
    let key = try test.event(
      .keyAdded("alice", label: "late", after: test.after), by: "alice", "late")
    let now = desk.now
    _ = try desk.ledger.admit(key, now: { now })
    let head = try desk.ledger.treeHead()
    let verdict = try Tampering.found(desk, head) { db in
      let old = try Entry(bytes: Tampering.entry(db, 20))
      var header = old.event.statement.header
      header.signers = [TestLedger.TestKeys["late"].verifyingKey.id]
      let event = try SignedEvent(
        signing: Statement(header: header, body: old.event.statement.body),
        with: [TestLedger.TestKeys["late"]])
      try Tampering.put(db, try Entry(event: event, recordedAt: old.recordedAt), at: 20)
      try Tampering.rehash(db)
    }
    #expect(verdict.firstWrong == 20)
    #expect(
      verdict.flaws.contains(
        LedgerVerdict.Flaw(
          20, .refused(.unknownKey(TestLedger.TestKeys["late"].verifyingKey.id)))))
  }

  @Test func `an older copy that is sound in itself is found`() throws {
    var desk = try Desk(seed: 34, events: 20)
    let copy = desk.folder.path + "/copy"
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    try desk.ledger.writing { db in
      try db.execute(sql: "VACUUM INTO '\(copy)/ledger.db'")
    }
    // Of its own, for what comes later may erase some of them.
    try FileManager.default.copyItem(
      atPath: desk.directory + "/attachments", toPath: copy + "/attachments")
    try desk.append(20)
    let head = try desk.ledger.treeHead()
    let old = try Ledger.open(at: copy)
    #expect(try old.verify().isIntact)
    #expect(
      try old.verify(against: [head]).flaws
        == [LedgerVerdict.Flaw(21, through: 40, .truncated(remembered: 41))])
  }
}
