internal import Foundation
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import TestSupport
internal import Testing
internal import TransparencyLog

@testable internal import LedgerStore

@Suite struct `A checkpoint` {
  @Test func `of the log is kept once, and the largest is the latest`() throws {
    var desk = try Desk(events: 4)
    let early = try desk.history.checkpoint(desk.ledger.treeHead(size: 3))
    let first = try desk.history.checkpoint(desk.ledger.treeHead())
    try desk.ledger.storeCheckpoint(first, size: 5)
    try desk.ledger.storeCheckpoint(first, size: 5)
    try desk.ledger.storeCheckpoint(early, size: 3)
    #expect(try desk.ledger.checkpoints().map(\.size) == [3, 5])
    #expect(try desk.ledger.latestCheckpoint()?.note == first)
    try desk.append(2)
    let verdict = try desk.ledger.verify()
    #expect(verdict.isIntact && verdict.checkpoints == 2)
    #expect(verdict.tail == 5..<7)
  }

  @Test func `of another log, root or size is refused`() throws {
    let desk = try Desk(events: 4)
    let head = try desk.ledger.treeHead()
    let other = try TestLedger(origin: .named("ledger.example.org/other")).checkpoint(head)
    let wrong = try desk.history.checkpoint(TreeHead(size: head.size, root: .zero))
    let good = try desk.history.checkpoint(head)
    #expect(throws: LedgerFailure.self) { try desk.ledger.storeCheckpoint(other, size: 5) }
    #expect(throws: LedgerFailure.self) { try desk.ledger.storeCheckpoint(wrong, size: 5) }
    #expect(throws: LedgerFailure.self) { try desk.ledger.storeCheckpoint(good, size: 4) }
    #expect(throws: LedgerFailure.outsideLog(6, size: 5)) {
      try desk.ledger.storeCheckpoint(good, size: 6)
    }
    #expect(throws: LedgerFailure.self) { try desk.ledger.storeCheckpoint([1, 2], size: 5) }
    #expect(try desk.ledger.latestCheckpoint() == nil)
  }
}

@Suite struct `Proofs from the store` {
  @Test func `hold for every entry and every earlier size`() throws {
    let desk = try Desk(events: 20)
    for size in UInt64(1)...21 {
      let head = try desk.ledger.treeHead(size: size)
      for sequence in 0..<size {
        let entry = try desk.ledger.entries(from: sequence, limit: 1)[0]
        try desk.ledger.inclusionProof(sequence: sequence, size: size)
          .verify(leafHash: TreeHash.leaf(entry), index: sequence, in: head)
      }
      #expect(throws: LedgerFailure.self) {
        try desk.ledger.inclusionProof(sequence: size, size: size)
      }
      for older in 1...size {
        let proof = try desk.ledger.consistencyProof(from: older, to: size)
        try proof.verify(from: desk.ledger.treeHead(size: older), to: head)
      }
    }
    #expect(throws: LedgerFailure.outsideLog(22, size: 21)) {
      try desk.ledger.treeHead(size: 22)
    }
  }
}

@Suite struct `Attachments` {
  @Test func `are kept under their digest and read back`() throws {
    let desk = try Desk()
    let digest = try desk.ledger.putAttachment([1, 2, 3])
    #expect(try desk.ledger.putAttachment([1, 2, 3]) == digest)
    #expect(digest == Digest(sha256: [1, 2, 3]))
    #expect(try desk.ledger.attachment(digest) == [1, 2, 3])
    #expect(try desk.ledger.hasAttachment(digest))
    #expect(try desk.ledger.attachment(.zero) == nil)
    #expect(try !desk.ledger.hasAttachment(.zero))
    #expect(throws: (any Error).self) { try desk.ledger.attachment(digest, maxBytes: 2) }
  }

  @Test func `that were changed are never given out`() throws {
    let desk = try Desk()
    let digest = try desk.ledger.putAttachment([1, 2, 3])
    try Data([1, 2, 4]).write(to: URL(fileURLWithPath: desk.ledger.attachmentPath(digest)))
    #expect(throws: LedgerFailure.attachmentDamaged(digest)) {
      try desk.ledger.attachment(digest)
    }
    #expect(try desk.ledger.putAttachment([1, 2, 3]) == digest)
    #expect(try desk.ledger.attachment(digest) == [1, 2, 3])
  }

  @Test func `that are open and missing or changed are found with their event`() throws {
    let desk = try Desk()
    var test = desk.history.ledger
    let model = try test.event(.model("m"), by: "alice")
    let end = try test.event(.deprecation("m"), by: "alice")
    let now = test.now
    for result in try desk.ledger.admit([model, end], now: { now }) { _ = try result.get() }
    let bytes = AttachmentReference.bytes("why m is deprecated")
    let reference = AttachmentReference.of("why m is deprecated")
    #expect(
      try desk.ledger.verify().flaws
        == [LedgerVerdict.Flaw(2, .attachmentMissing(reference.sha256))])
    _ = try desk.ledger.putAttachment(bytes)
    #expect(try desk.ledger.verify().attachments.open == 1)
    let path = desk.ledger.attachmentPath(reference.sha256)
    try Data(bytes.dropLast()).write(to: URL(fileURLWithPath: path))
    #expect(
      try desk.ledger.verify().flaws
        == [LedgerVerdict.Flaw(2, .attachmentDiffers(reference.sha256))])
  }
}

@Suite struct `Projections` {
  @Test func `are rebuilt while others read and append`() throws {
    var desk = try Desk(events: 60)
    let reader = try desk.reopened()
    let before = try reader.projectionStateHash()
    var calls = 0
    try desk.ledger.rebuildProjections { _ in
      calls += 1
      guard calls == 1 else { return }
      // Readers see the old rows, and writers do not wait.
      #expect((try? reader.projectionStateHash()) == before)
      #expect(throws: Never.self) { try desk.append(5) }
    }
    #expect(calls >= 2)
    #expect(try desk.ledger.size == 66)
    let verdict = try desk.ledger.verify()
    #expect(verdict.isIntact, "\(verdict.flaws)")
    #expect(try reader.projectionStateHash() == verdict.stateHash)
    try desk.append(5)
    #expect(try desk.ledger.verify().isIntact)
  }

  @Test func `that cannot be rebuilt stay as they were`() throws {
    let desk = try Desk(events: 30)
    let hash = try desk.ledger.projectionStateHash()
    try desk.ledger.writing { db in
      try db.execute(
        sql: """
          DROP TRIGGER event_never_updated;
          UPDATE event SET entry = x'7b7d' WHERE sequence = 20;
          """)
    }
    #expect(throws: LedgerFailure.damaged("sequence 20")) {
      try desk.ledger.rebuildProjections()
    }
    #expect(try desk.ledger.projectionStateHash() == hash)
  }

  @Test func `are read by key`() throws {
    let desk = try Desk(events: 10)
    #expect(try desk.ledger.record(.charter, key: "charter") != nil)
    #expect(try desk.ledger.record(.charter, key: "other") == nil)
  }

  @Test func `that are damaged are found, and rebuilt`() throws {
    let desk = try Desk(events: 40)
    let hash = try desk.ledger.projectionStateHash()
    try desk.ledger.writing { db in
      try db.execute(sql: "UPDATE projection SET document = '{' WHERE kind = 'model'")
      try db.execute(sql: "DELETE FROM projection WHERE kind = 'key'")
    }
    let again = try desk.reopened()
    #expect(throws: LedgerFailure.self) { try again.state }
    #expect(try !again.verify().isIntact)
    try again.rebuildProjections()
    #expect(try again.projectionStateHash() == hash)
    #expect(try again.verify().isIntact)
  }
}
