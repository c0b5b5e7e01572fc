package import CanonicalJSON
internal import LedgerCrypto

/// A key of the log, and from where on it signs checkpoints.
package struct LogKeyPeriod: StatementPart {
  /// C2SP signed-note vkey.
  package let vkey: String
  /// The sequence of the event that named it.
  package let since: UInt64

  init(vkey: String, since: UInt64) {
    self.vkey = vkey
    self.since = since
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    vkey = try reader.string("vkey")
    since = try reader.sequence("since")
  }

  package func write(to object: inout JSONObject) {
    object["vkey"] = .string(vkey)
    object.set("since", sequence: since)
  }
}

/// The charter in force, and what sequence 0 fixed.
package struct CharterRecord: ProjectedRecord {
  package static let table = ProjectionTable.charter
  package let ledger: EventID
  package let origin: Origin
  /// The keys that signed or sign the log's checkpoints, in their order; at least one.
  package private(set) var logKeys: [LogKeyPeriod]
  package var charter: Charter
  package var set: UInt64
  /// The last authority event, which the next one follows.
  package var lastAuthority: EventID
  package var key: String { "charter" }

  init(ledger: EventID, origin: Origin, logKey: String, charter: Charter) {
    self.ledger = ledger
    self.origin = origin
    logKeys = [LogKeyPeriod(vkey: logKey, since: 0)]
    self.charter = charter
    set = 0
    lastAuthority = ledger
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    ledger = try reader.eventID("ledger")
    guard let origin = Origin(try reader.string("origin")) else {
      throw .outOfRange(reader.path(of: "origin"))
    }
    self.origin = origin
    logKeys = try reader.nestedList("logKeys", count: 1...Int.max)
    charter = try reader.nested("charter")
    set = try reader.sequence("set")
    lastAuthority = try reader.eventID("lastAuthority")
  }

  package func write(to object: inout JSONObject) {
    object.set("ledger", ledger)
    object.set("origin", origin)
    object.set("logKeys", parts: logKeys)
    object.set("charter", part: charter)
    object.set("set", sequence: set)
    object.set("lastAuthority", lastAuthority)
  }
}

extension CharterRecord {
  /// The verifier key that signs checkpoints now.
  package var logKey: String { logKeys.last?.vkey ?? "" }

  /// The sequence of the event that named that key.
  package var logKeySet: UInt64 { logKeys.last?.since ?? 0 }

  /// The verifier key of a checkpoint of `size` entries: a change counts from the first size that
  /// includes its event.
  package func logKey(at size: UInt64) -> String {
    (logKeys.last { $0.since < size } ?? logKeys.first)?.vkey ?? ""
  }

  mutating func change(logKey: String, at sequence: UInt64) {
    logKeys.append(LogKeyPeriod(vkey: logKey, since: sequence))
  }
}
