package import CanonicalJSON

/// Rows of a release are to go.
package struct RemovalDecided: EventBody {
  package static let kind = Kind.removalDecided
  package let release: VersionedName
  package let basis: Basis
  package let reasonClass: ReasonClass
  /// The union-computed event whose set is removed.
  package let union: EventID
  package let removed: Tally
  /// Rows of it that an open set or a published filter names, as the union says.
  package let explainedRows: UInt64?

  package init(
    release: VersionedName, basis: Basis, reasonClass: ReasonClass, union: EventID, removed: Tally,
    explainedRows: UInt64? = nil
  ) {
    self.release = release
    self.basis = basis
    self.reasonClass = reasonClass
    self.union = union
    self.removed = removed
    self.explainedRows = explainedRows
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    basis = try reader.word("basis")
    reasonClass = try reader.word("reasonClass")
    union = try reader.eventID("union")
    removed = try reader.nested("removed")
    explainedRows = try reader.optionalAmount("explainedRows")
    if let explainedRows, explainedRows > removed.rows {
      throw .outOfRange(reader.path(of: "explainedRows"))
    }
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    object.set("basis", basis)
    object.set("reasonClass", reasonClass)
    object.set("union", union)
    object.set("removed", part: removed)
    if let explainedRows { object.set("explainedRows", amount: explainedRows) }
  }

  package var subjects: [Subject] { [Subject(named: release.description)] }
  package var references: [EventID] { [union] }
}
