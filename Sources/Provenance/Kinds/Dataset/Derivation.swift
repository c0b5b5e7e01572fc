package import CanonicalJSON

/// Rows of a key whose number or content changed while the key stayed.
package struct ChangedTally: StatementPart {
  package let keys: UInt64
  package let rowsBefore: UInt64
  package let rowsAfter: UInt64

  package init(keys: UInt64, rowsBefore: UInt64, rowsAfter: UInt64) {
    self.keys = keys
    self.rowsBefore = rowsBefore
    self.rowsAfter = rowsAfter
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    keys = try reader.amount("keys")
    rowsBefore = try reader.amount("rowsBefore")
    rowsAfter = try reader.amount("rowsAfter")
    guard rowsBefore >= keys, rowsAfter >= keys, keys > 0 || (rowsBefore == 0 && rowsAfter == 0)
    else { throw .outOfRange(reader.path(of: "rowsBefore")) }
  }

  package func write(to object: inout JSONObject) {
    object.set("keys", amount: keys)
    object.set("rowsBefore", amount: rowsBefore)
    object.set("rowsAfter", amount: rowsAfter)
  }
}

/// How a release came from its parent.
package struct Derivation: PartValue {
  package static let definition = "derivation"
  package let parent: VersionedName
  package let removed: Tally
  package let added: Tally
  package let changed: ChangedTally
  /// A cleaned release: the removals that it applies, ascending.
  package let removals: [EventID]
  /// The reinstatements that it applies, ascending.
  package let reinstatements: [EventID]
  /// A cleaned release: the keys that left, those that stand in for others and decoys among them.
  package let set: SetReference?
  /// Whether the lists of the transition may leave the custodian.
  package let disclosure: Disclosure
  /// Rows that are missing from the equation, with the explanation; needs the charter's leave.
  package let unreconciled: Unreconciled?

  package init(
    parent: VersionedName, removed: Tally, added: Tally, changed: ChangedTally,
    removals: [EventID] = [], reinstatements: [EventID] = [], set: SetReference? = nil,
    disclosure: Disclosure, unreconciled: Unreconciled? = nil
  ) {
    self.parent = parent
    self.removed = removed
    self.added = added
    self.changed = changed
    self.removals = removals.sorted()
    self.reinstatements = reinstatements.sorted()
    self.set = set
    self.disclosure = disclosure
    self.unreconciled = unreconciled
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    parent = try reader.versioned("parent")
    removed = try reader.nested("removed")
    added = try reader.nested("added")
    changed = try reader.nested("changed")
    removals = try reader.eventIDs("removals", count: 0...256)
    reinstatements = try reader.eventIDs("reinstatements", count: 0...256)
    set = try reader.optionalNested("set")
    disclosure = try reader.word("disclosure")
    unreconciled = try reader.optionalNested("unreconciled")
    guard removed.isOfPresentKeys, added.isOfPresentKeys else {
      throw .outOfRange(reader.path(of: "removed"))
    }
    guard (set == nil) == (removals.isEmpty && reinstatements.isEmpty),
      set.map({ $0.keys == removed.keys }) ?? true
    else { throw .outOfRange(reader.path(of: "set")) }
  }

  package func write(to object: inout JSONObject) {
    object.set("parent", parent)
    object.set("removed", part: removed)
    object.set("added", part: added)
    object.set("changed", part: changed)
    object.set("removals", events: removals)
    object.set("reinstatements", events: reinstatements)
    object.set("set", part: self.set)
    object.set("disclosure", disclosure)
    object.set("unreconciled", part: unreconciled)
  }

  package static var mentioned: MentionKinds { [.events, .attachments, .sets] }

  /// What is nested here goes by its own name, to which sealed bytes are bound.
  package func mention(_: String, in mentions: inout Mentions) {
    mentions.events += removals + reinstatements
    self.set?.mention("set", in: &mentions)
    unreconciled?.explanation.mention("explanation", in: &mentions)
  }

  /// Whether the release applies decisions, rather than being published by hand.
  package var isCleaning: Bool { self.set != nil }
}

/// A gap in a release's row equation and why it is there.
package struct Unreconciled: StatementPart {
  /// Rows of the release minus what the equation gives.
  package let gap: Int64
  package let explanation: AttachmentReference

  package init(gap: Int64, explanation: AttachmentReference) {
    self.gap = gap
    self.explanation = explanation
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    gap = try reader.integer("gap", in: -9_007_199_254_740_991...9_007_199_254_740_991)
    explanation = try reader.nested("explanation")
    guard gap != 0 else { throw .outOfRange(reader.path(of: "gap")) }
  }

  package func write(to object: inout JSONObject) {
    object["gap"] = .integer(gap)
    object.set("explanation", part: explanation)
  }
}
