internal import GRDB
package import LedgerCrypto
package import Provenance

extension Ledger {
  /// The admitted event at `sequence`, or `nil` past the end of the log.
  package func event(at sequence: UInt64) throws -> AdmittedEvent? {
    try reading { db, snapshot in
      try EventRows.bytes(db, at: sequence).map {
        try EventRows.event($0, at: sequence, authority: snapshot.state.authority)
      }
    }
  }

  /// The admitted event with this id, or `nil`.
  package func event(id: EventID) throws -> AdmittedEvent? {
    if let event = memory.recent[id] { return event }
    return try reading { db, snapshot in
      try EventRows.event(db, id: id, snapshot.state.authority, memory.recent)
    }
  }

  /// The ids of admitted events that begin with these hexadecimal digits, ascending, at most `limit`.
  ///
  /// The digits are at most 64, in lower case; others begin no id.
  package func eventIDs(startingWith digits: String, limit: Int) throws -> [EventID] {
    let padding = 64 - digits.utf8.count
    guard padding >= 0,
      let low = Digest(hex: digits + String(repeating: "0", count: padding)),
      let high = Digest(hex: digits + String(repeating: "f", count: padding))
    else { return [] }
    return try reading { db, _ in try EventRows.ids(db, low...high, limit: limit) }
  }

  /// The receipt of an admitted event, or `nil`; reads no entry.
  package func receipt(id: EventID) throws -> Receipt? {
    try reading { db, _ in try EventRows.receipt(db, of: id) }
  }

  /// The sequence of the first admitted event that says the same, nonce and times aside: its
  /// statement's `repetitionKey` is `key`.
  package func repetition(of key: Digest) throws -> UInt64? {
    try reading { db, snapshot in
      try EventRows.candidates(db, repetition: key.prefix).first { sequence in
        try EventRows.event(db, at: sequence, snapshot.state.authority, memory.recent)?
          .entry.event.repetitionKey == key
      }
    }
  }

  /// The admitted events from `start` on, at most `limit`; none past the end.
  package func events(from start: UInt64, limit: Int) throws -> [AdmittedEvent] {
    try reading { db, snapshot in
      let entries = try EventRows.bytes(db, from: start, limit: limit)
      return try entries.enumerated().map { index, bytes in
        try EventRows.event(
          bytes, at: start + UInt64(index), authority: snapshot.state.authority)
      }
    }
  }

  /// The bytes of the entries from `start` on, at most `limit`; none past the end.
  ///
  /// What tiles and bundles carry. Memory: at most 64 KiB an entry.
  package func entries(from start: UInt64, limit: Int) throws -> [[UInt8]] {
    try reading { db, _ in try EventRows.bytes(db, from: start, limit: limit) }
  }

  /// Gives every event from `start` on to `body`, until it gives false.
  ///
  /// Read in pages: what is appended meanwhile comes too. Memory: one page of at most 512 events.
  package func forEachEvent(
    from start: UInt64 = 0, _ body: (AdmittedEvent) throws -> Bool
  ) throws {
    var next = start
    while true {
      let page = try events(from: next, limit: 512)
      if page.isEmpty { return }
      for event in page where try !body(event) { return }
      next += UInt64(page.count)
    }
  }
}
