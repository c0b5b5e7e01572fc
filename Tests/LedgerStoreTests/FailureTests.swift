internal import Foundation
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import Synchronization
internal import TestSupport
internal import Testing

@testable internal import LedgerStore

@Suite struct `A disk that is full` {
  @Test(arguments: [1, 2, 3, 5, 8, 13, 21])
  func `leaves nothing half-written and acknowledges nothing`(pages: Int) throws {
    var desk = try Desk(events: 10)
    let before = try desk.content()
    let hash = try desk.ledger.projectionStateHash()
    try desk.limit(extra: pages)
    var admitted = try desk.ledger.size
    var isFull = false
    let events = try desk.history.events(120)
    let now = desk.now
    var next = 0
    while next < events.count, !isFull {
      do {
        let receipt = try desk.ledger.admit(events[next], now: { now })
        #expect(receipt.sequence == admitted)
        admitted += 1
        next += 1
      } catch LedgerFailure.diskFull {
        isFull = true
      }
    }
    #expect(isFull)
    #expect(try desk.ledger.size == admitted)
    if admitted == 11 {
      #expect(try desk.content() == before)
      #expect(try desk.ledger.projectionStateHash() == hash)
    }
    // Every entry is as sound as if nothing had happened; the open attachments were not put.
    try desk.keepAttachments()
    #expect(try desk.reopened().verify().isIntact)
    // With room again it goes on where it stopped.
    try desk.limit(extra: 1_000_000)
    for event in events[next...] {
      let receipt = try desk.ledger.admit(event, now: { now })
      #expect(receipt.sequence == admitted)
      admitted += 1
    }
    try desk.keepAttachments()
    #expect(try desk.reopened().verify().isIntact)
  }

  @Test func `fails a whole batch`() throws {
    var desk = try Desk(events: 10)
    try desk.limit(extra: 4)
    let events = try desk.history.events(200)
    let now = desk.now
    #expect(throws: LedgerFailure.diskFull) { try desk.ledger.admit(events, now: { now }) }
    #expect(try desk.ledger.size == 11)
    #expect(try desk.reopened().verify().isIntact)
  }
}

extension Desk {
  /// Lets the file grow by `extra` pages at most.
  func limit(extra: Int) throws {
    try ledger.writing { db in
      let count = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(count + extra)")
    }
  }
}

@Suite struct `Writers at the same time` {
  @Test func `in tasks and through two handles leave no gap`() async throws {
    let desk = try Desk(events: 5)
    let other = try desk.reopened()
    let (first, now) = (desk.ledger, desk.now)
    let test = desk.history.ledger
    let receipts = try await withThrowingTaskGroup(of: [Ledger.Receipt].self) { group in
      for writer in 0..<8 {
        let handle = writer.isMultiple(of: 2) ? first : other
        group.addTask {
          var test = test
          return try (0..<25).map { number in
            let event = try test.event(.model("w\(writer)-\(number)"), by: "alice")
            if number.isMultiple(of: 3) {
              return try handle.admit(event, now: { now })
            }
            return try handle.admit([event], now: { now })[0].get()
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(!receipts.contains { !$0.isNew })
    #expect(receipts.map(\.sequence).sorted() == Array(6..<206))
    #expect(try first.size == 206)
    #expect(try first.treeHead() == other.treeHead())
    let hash = try first.projectionStateHash()
    try other.rebuildProjections()
    #expect(try other.projectionStateHash() == hash)
    #expect(try other.verify().isIntact)
  }

  @Test func `who expect the same size are all refused but one`() async throws {
    let desk = try Desk(events: 5)
    let handles = [desk.ledger, try desk.reopened()]
    let (test, now) = (desk.history.ledger, desk.now)
    for round in 0..<effort("WINNOW_RACES", debug: 10, release: 1_000) {
      let size = try handles[0].size
      let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
        for writer in 0..<32 {
          group.addTask {
            var test = test
            let event = try test.event(.model("r\(round)-\(writer)"), by: "alice") {
              $0.expects = size
            }
            switch try handles[writer % 2].admit([event], now: { now })[0] {
            case .success(let receipt):
              #expect(receipt.sequence == size)
              return true
            case .failure(let refusal):
              #expect(refusal == .unexpectedSize(expected: size, actual: size + 1))
              return false
            }
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes.filter { $0 }.count == 1)
      #expect(try handles[1].size == size + 1)
    }
  }

  @Test func `who wait share a commit, and a bad clock fails its own event only`() throws {
    let desk = try Desk(events: 5)
    var test = desk.history.ledger
    let events = try (0..<8).map { try test.event(.model("shared-\($0)"), by: "alice") }
    let (ledger, now) = (desk.ledger, desk.now)
    let slow = try #require(try ledger.state.lastRecordedAt).advanced(bySeconds: -400)
    let commits = CommitCount()
    try ledger.writer.open().add(transactionObserver: commits, extent: .databaseLifetime)
    let clocks = Mutex(0)
    let others = Mutex(0)
    let threads = DispatchGroup()
    // The write lock is held while they join the line.
    try ledger.holdingTheLock {
      for (index, event) in events.enumerated() {
        // Threads of their own: a queue starts no more than there are cores while they wait.
        threads.enter()
        Thread.detachNewThread {
          defer { threads.leave() }
          do {
            _ = try ledger.admit([event], now: { index == 3 ? slow : now })[0].get()
          } catch LedgerFailure.clockAhead {
            clocks.withLock { $0 += 1 }
          } catch {
            others.withLock { $0 += 1 }
          }
        }
      }
      Thread.sleep(forTimeInterval: 0.5)
    }
    threads.wait()
    #expect(clocks.withLock { $0 } == 1)
    #expect(others.withLock { $0 } == 0)
    #expect(try ledger.size == 13)
    #expect((1..<7).contains(commits.count))
    #expect(try ledger.verify().isIntact)
  }

  @Test func `waits for another process's lock, then gives up with a reason`() throws {
    var desk = try Desk(events: 2)
    let event = try desk.history.next()
    let now = desk.now
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(
      path: desk.directory + "/ledger.db", configuration: configuration)
    try other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let started = Date()
    #expect(throws: LedgerFailure.busy) {
      try desk.ledger.admit(event, now: { now })
    }
    #expect(Date().timeIntervalSince(started) > Connection.patience * 0.8)
    try other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try desk.ledger.admit(event, now: { now }).sequence == 3)
  }
}

@Suite struct `A file with flipped bits` {
  /// In parts, so that no core waits for the last.
  @Test(arguments: 0..<4)
  func `never crashes or hangs, and every change of an event is found`(part: Int) throws {
    let desk = try Desk(seed: 3, events: 20)
    let head = try desk.ledger.treeHead()
    try desk.ledger.storeCheckpoint(desk.history.checkpoint(head), size: 21)
    let wanted = try desk.content()
    let copy = desk.folder.path + "/flipped"
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    try desk.ledger.writing { db in
      try db.execute(sql: "VACUUM INTO '\(copy)/ledger.db'")
    }
    try FileManager.default.createSymbolicLink(
      atPath: copy + "/attachments", withDestinationPath: desk.directory + "/attachments")
    let path = copy + "/ledger.db"
    let sound = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let seed = UInt64(effort("WINNOW_SEED", debug: 11, release: 11) + part)
    var random = SplitMix64(seed: seed)
    var found = 0
    for _ in 0..<effort("WINNOW_BIT_FLIPS", debug: 100, release: 20_000) / 4 {
      let bit = Int.random(in: 0..<sound.count * 8, using: &random)
      var bytes = sound
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let verdict: LedgerVerdict
      do {
        verdict = try Ledger.open(at: copy, readOnly: true).verify(against: [head])
      } catch is LedgerFailure {
        found += 1
        continue
      }
      if !verdict.isIntact {
        found += 1
        #expect(verdict.firstWrong != nil)
        continue
      }
      // What was not found must not have changed what a reader sees.
      #expect(try Desk.content(path) == wanted, "bit \(bit) of seed \(seed)")
    }
    #expect(found > 0)
  }
}

extension Desk {
  static func content(_ path: String) throws -> [String] {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { db in
      try ["event", "tree_hash", "checkpoint"].flatMap { table in
        try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY 1").map(\.description)
      }
    }
  }
}

/// Counts the commits that changed something.
private final class CommitCount: TransactionObserver {
  private let changed = Mutex(false)
  private let commits = Mutex(0)
  var count: Int { commits.withLock { $0 } }

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
  func databaseDidChange(with event: DatabaseEvent) { changed.withLock { $0 = true } }
  func databaseDidRollback(_ db: Database) { changed.withLock { $0 = false } }
  func databaseDidCommit(_ db: Database) {
    if changed.withLock({ $0 }) { commits.withLock { $0 += 1 } }
    changed.withLock { $0 = false }
  }
}

@Suite struct `What SQLite says of the disk` {
  @Test func `is that it is full when the log's index cannot grow`() {
    let failure = LedgerFailure(DatabaseError(resultCode: .SQLITE_IOERR_SHMSIZE))
    #expect(failure.description.hasPrefix("The disk is full"))
    #expect(failure.isFullDisk)
    // A commit may stand all the same: what it names is not to be taken away.
    #expect(failure == .inputOutput(code: 4874))
  }

  @Test(arguments: [
    ResultCode.SQLITE_IOERR, .SQLITE_IOERR_READ, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_SHMMAP,
  ])
  func `is that it failed otherwise`(code: ResultCode) {
    let failure = LedgerFailure(DatabaseError(resultCode: code))
    #expect(failure.description.hasPrefix("The disk failed"))
  }
}
