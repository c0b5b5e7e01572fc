package import CanonicalJSON
internal import LedgerCrypto
internal import Rows

/// A version of a hash list came in; its contents stay where they are.
package struct HashListReceived: EventBody {
  package static let kind = Kind.hashListReceived
  package let list: VersionedName
  package let issuer: ActorName
  package let algorithm: HashAlgorithm
  package let of: HashedThing
  package let asOf: Timestamp
  /// The entry set of the list's hashes under a fresh secret.
  package let set: SetReference

  package init(
    list: VersionedName, issuer: ActorName, algorithm: HashAlgorithm, of: HashedThing,
    asOf: Timestamp, set: SetReference
  ) {
    self.list = list
    self.issuer = issuer
    self.algorithm = algorithm
    self.of = of
    self.asOf = asOf
    self.set = set
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    list = try reader.versioned("list")
    issuer = try reader.actor("issuer")
    algorithm = try reader.word("algorithm")
    of = try reader.word("of")
    asOf = try reader.time("asOf")
    set = try reader.nested("set")
    // A list's contents never stand in or behind an event.
    guard set.disclosure == .sealed, set.members == nil else {
      throw .outOfRange(reader.path(of: "set"))
    }
  }

  package func write(to object: inout JSONObject) {
    object.set("list", list)
    object.set("issuer", issuer)
    object.set("algorithm", algorithm)
    object.set("of", of)
    object.set("asOf", time: asOf)
    object.set("set", part: set)
  }

  package var subjects: [Subject] { [Subject(list.description, root: set.root)] }
}

/// Every row of a release was compared with a hash list.
package struct MatchCompleted: EventBody {
  package static let kind = Kind.matchCompleted
  package let release: VersionedName
  /// The hash-list-received event.
  package let list: EventID
  package let column: String
  package let scannedRows: UInt64
  /// Rows that had nothing to compare.
  package let rowsWithoutHash: UInt64
  package let matched: Tally
  /// When the compared hashes were taken of what the rows point to; of URLs, when matched.
  package let hashesAsOf: Timestamp
  package let set: SetReference

  package init(
    release: VersionedName, list: EventID, column: String, scannedRows: UInt64,
    rowsWithoutHash: UInt64, matched: Tally, hashesAsOf: Timestamp, set: SetReference
  ) {
    self.release = release
    self.list = list
    self.column = column
    self.scannedRows = scannedRows
    self.rowsWithoutHash = rowsWithoutHash
    self.matched = matched
    self.hashesAsOf = hashesAsOf
    self.set = set
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    list = try reader.eventID("list")
    column = try reader.column("column")
    guard try reader.string("method") == "exact" else {
      throw .outOfRange(reader.path(of: "method"))
    }
    scannedRows = try reader.amount("scannedRows")
    rowsWithoutHash = try reader.amount("rowsWithoutHash")
    matched = try reader.nested("matched")
    hashesAsOf = try reader.time("hashesAsOf")
    set = try reader.nested("set")
    guard rowsWithoutHash <= scannedRows, matched.rows <= scannedRows - rowsWithoutHash,
      matched.isOfPresentKeys, set.keys == matched.keys
    else { throw .outOfRange(reader.path(of: "matched")) }
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    object.set("list", list)
    object["column"] = .string(column)
    object["method"] = "exact"
    object.set("scannedRows", amount: scannedRows)
    object.set("rowsWithoutHash", amount: rowsWithoutHash)
    object.set("matched", part: matched)
    object.set("hashesAsOf", time: hashesAsOf)
    object.set("set", part: set)
  }

  /// The release by its name alone, for this event does not say its root; the found set by its own.
  package var subjects: [Subject] {
    [Subject(named: release.description), Subject("set", root: set.root)]
  }
  package var references: [EventID] { [list] }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    self.set.members.map { [("set", $0)] } ?? []
  }
}

/// How much one source gave to a union.
package struct SourceTally: StatementPart {
  package let event: EventID
  package let tally: Tally

  package init(event: EventID, tally: Tally) {
    self.event = event
    self.tally = tally
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    event = try reader.eventID("event")
    tally = try reader.nested("tally")
  }

  package func write(to object: inout JSONObject) {
    object.set("event", event)
    object.set("tally", part: tally)
  }
}

/// The sets of several events, united: what two sources share is counted once.
package struct UnionComputed: EventBody {
  package static let kind = Kind.unionComputed
  package let release: VersionedName
  /// Each source with its own count, by event id ascending; at most 256, and none only where
  /// reinstatements alone apply.
  package let sources: [SourceTally]
  /// Reinstatements whose keys were taken out of the removals that they name, ascending.
  package let minus: [EventID]
  package let union: Tally
  /// Of matches and filters: rows of the union that an open set or a published filter names, so that
  /// they hide no others; there exactly when a source is one.
  package let explainedRows: UInt64?
  package let set: SetReference

  package init(
    release: VersionedName, sources: [SourceTally], minus: [EventID], union: Tally,
    explainedRows: UInt64? = nil, set: SetReference
  ) {
    self.release = release
    self.sources = sources.sorted { $0.event < $1.event }
    self.minus = minus.sorted()
    self.union = union
    self.explainedRows = explainedRows
    self.set = set
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    sources = try reader.nestedList("sources", count: 0...256)
    for (a, b) in zip(sources, sources.dropFirst()) where a.event >= b.event {
      throw .outOfRange(reader.path(of: "sources"))
    }
    minus = try reader.eventIDs("minus", count: 0...256)
    union = try reader.nested("union")
    explainedRows = try reader.optionalAmount("explainedRows")
    set = try reader.nested("set")
    guard set.keys == union.keys else { throw .outOfRange(reader.path(of: "set")) }
    guard union.keys > 0 || union.rows == 0 else { throw .outOfRange(reader.path(of: "union")) }
    guard !sources.isEmpty || !minus.isEmpty else {
      throw .outOfRange(reader.path(of: "sources"))
    }
    if let explainedRows, explainedRows > union.rows {
      throw .outOfRange(reader.path(of: "explainedRows"))
    }
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    if !sources.isEmpty { object.set("sources", parts: sources) }
    object.set("minus", events: minus)
    object.set("union", part: union)
    if let explainedRows { object.set("explainedRows", amount: explainedRows) }
    object.set("set", part: set)
  }

  /// The release by its name alone, for this event does not say its root; the union by its own.
  package var subjects: [Subject] {
    [Subject(named: release.description), Subject("set", root: set.root)]
  }
  package var references: [EventID] { sources.map(\.event) + minus }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    self.set.members.map { [("set", $0)] } ?? []
  }
}

/// Someone looked at what a match found.
package struct VerificationRecorded: EventBody {
  package static let kind = Kind.verificationRecorded
  package let target: EventID
  package let outcome: Outcome
  package let count: Count
  /// An earlier verification of the same by the same actor, which counts no longer.
  package let replaces: EventID?

  package init(target: EventID, outcome: Outcome, count: Count, replaces: EventID? = nil) {
    self.target = target
    self.outcome = outcome
    self.count = count
    self.replaces = replaces
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    target = try reader.eventID("target")
    outcome = try reader.word("outcome")
    count = try reader.nested("count")
    replaces = try reader.optionalEventID("replaces")
  }

  package func write(to object: inout JSONObject) {
    object.set("target", target)
    object.set("outcome", outcome)
    object.set("count", part: count)
    if let replaces { object.set("replaces", replaces) }
  }

  package var subjects: [Subject] { [Subject("event", sha256: target.digest)] }
  package var references: [EventID] { [target] + (replaces.map { [$0] } ?? []) }
}

extension MemberReader {
  /// A column name: 1 to 128 bytes without control characters.
  fileprivate mutating func column(_ name: String) throws(FieldError) -> String {
    let text = try string(name)
    guard ColumnName.isValid(text) else { throw .outOfRange(path(of: name)) }
    return text
  }
}
