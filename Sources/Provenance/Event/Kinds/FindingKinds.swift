package import CanonicalJSON
internal import LedgerCrypto
internal import Rows

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
