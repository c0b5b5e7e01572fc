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
package struct Derivation: StatementPart {
  package let parent: VersionedName
  package let removed: Tally
  package let added: Tally
  package let changed: ChangedTally
  /// A cleaned release: the removals that it applies, ascending.
  package let removals: [EventID]
  /// The reinstatements that it applies, ascending.
  package let reinstatements: [EventID]
  /// The union-computed event of those: what was to be removed.
  package let union: EventID?
  /// Keys of the union that the parent did not have.
  package let absentKeys: UInt64
  /// Keys of the reinstatements that do not come back by this release, for the parent has them or
  /// another removal holds them; there exactly with reinstatements.
  package let heldKeys: UInt64?
  /// Whether the lists of the transition may leave the custodian (see the article What may be shown).
  package let disclosure: Disclosure
  /// Rows that are missing from the equation, with the explanation; needs the charter's leave.
  package let unreconciled: Unreconciled?

  package init(
    parent: VersionedName, removed: Tally, added: Tally, changed: ChangedTally,
    removals: [EventID], reinstatements: [EventID], union: EventID?, absentKeys: UInt64,
    heldKeys: UInt64? = nil, disclosure: Disclosure, unreconciled: Unreconciled?
  ) {
    self.parent = parent
    self.removed = removed
    self.added = added
    self.changed = changed
    self.removals = removals.sorted()
    self.reinstatements = reinstatements.sorted()
    self.union = union
    self.absentKeys = absentKeys
    self.heldKeys = heldKeys
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
    union = try reader.optionalEventID("union")
    absentKeys = try reader.amount("absentKeys")
    heldKeys = try reader.optionalAmount("heldKeys")
    guard (heldKeys != nil) == !reinstatements.isEmpty else {
      throw .outOfRange(reader.path(of: "heldKeys"))
    }
    disclosure = try reader.word("disclosure")
    unreconciled = try reader.optionalNested("unreconciled")
    guard removed.isOfPresentKeys, added.isOfPresentKeys else {
      throw .outOfRange(reader.path(of: "removed"))
    }
    guard (union == nil) == (removals.isEmpty && reinstatements.isEmpty),
      union != nil || absentKeys == 0
    else { throw .outOfRange(reader.path(of: "union")) }
  }

  package func write(to object: inout JSONObject) {
    object.set("parent", parent)
    object.set("removed", part: removed)
    object.set("added", part: added)
    object.set("changed", part: changed)
    object.set("removals", events: removals)
    object.set("reinstatements", events: reinstatements)
    if let union { object.set("union", union) }
    object.set("absentKeys", amount: absentKeys)
    if let heldKeys { object.set("heldKeys", amount: heldKeys) }
    object.set("disclosure", disclosure)
    object.set("unreconciled", part: unreconciled)
  }
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
