internal import Foundation
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import TestSupport
internal import TransparencyLog

@testable internal import LedgerStore

/// A ledger on disk in a directory of its own, and what makes events for it.
struct Desk {
  let folder = TemporaryDirectory()
  var history: TestHistory
  let ledger: Ledger

  var directory: String { folder.path + "/ledger" }
  var now: Timestamp { history.ledger.now }

  init(seed: UInt64 = 1, events count: Int = 0) throws {
    history = try TestHistory(seed: seed)
    ledger = try Ledger.create(
      at: folder.path + "/ledger", event: history.genesis, now: history.ledger.now)
    try append(count)
  }

  /// Appends random events in one batch and keeps their open attachments.
  mutating func append(_ count: Int) throws {
    let events = try history.events(count)
    let clock = now
    for result in try ledger.admit(events, now: { clock }) { _ = try result.get() }
    try keepAttachments()
  }

  /// Puts the open attachments that the history names, but for those that the ledger says are erased.
  func keepAttachments() throws {
    let ledger = try reopened()
    let states = try ledger.state.attachments.records
    for (digest, bytes) in history.openAttachments where states[digest]?.state != .erased {
      if try !ledger.hasAttachment(digest) { _ = try ledger.putAttachment(bytes) }
    }
    for record in states.values where record.state == .erased {
      try ledger.destroy(record.attachment)
    }
  }

  /// Another handle on the same directory.
  func reopened(readOnly: Bool = false) throws -> Ledger {
    try Ledger.open(at: directory, readOnly: readOnly)
  }
}

extension Ledger {
  /// Admits one event in a commit of its own, or with those of others that wait.
  func admit(_ event: SignedEvent, now: () -> Timestamp) throws -> Receipt {
    try admit(together: [event], decidedAt: nil, now: now)[0]
  }

  /// Runs `body` while nobody else can write.
  func holdingTheLock(_ body: () throws -> Void) throws {
    try writing { db in try Writing.immediately(db, body) }
  }
}

/// A number from the environment, or one that depends on the build.
func effort(_ name: String, debug: Int, release: Int) -> Int {
  if let text = ProcessInfo.processInfo.environment[name], let value = Int(text) { return value }
  #if DEBUG
    return debug
  #else
    return release
  #endif
}
