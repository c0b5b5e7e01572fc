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

  package init(
    release: VersionedName, basis: Basis, reasonClass: ReasonClass, union: EventID, removed: Tally
  ) {
    self.release = release
    self.basis = basis
    self.reasonClass = reasonClass
    self.union = union
    self.removed = removed
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    basis = try reader.word("basis")
    reasonClass = try reader.word("reasonClass")
    union = try reader.eventID("union")
    removed = try reader.nested("removed")
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    object.set("basis", basis)
    object.set("reasonClass", reasonClass)
    object.set("union", union)
    object.set("removed", part: removed)
  }

  package var subjects: [Subject] { [Subject(named: release.description)] }
  package var references: [EventID] { [union] }
}
