package import CanonicalJSON
package import LedgerCrypto

/// A filter was run over every row of a release.
package struct FilterCompleted: EventBody {
  package static let kind = Kind.filterCompleted
  /// The release, the whole of it.
  package let release: VersionedName
  /// The filter's expression; an open one is a published filter.
  package let filter: AttachmentReference
  /// SHA-256 of the program that ran it.
  package let tool: Digest?
  /// The rows that were read: all of the release.
  package let scannedRows: UInt64
  /// The keys that the filter chose, and their rows.
  package let matched: Tally
  /// The chosen keys.
  package let set: SetReference

  package init(
    release: VersionedName, filter: AttachmentReference, tool: Digest? = nil, scannedRows: UInt64,
    matched: Tally, set: SetReference
  ) {
    self.release = release
    self.filter = filter
    self.tool = tool
    self.scannedRows = scannedRows
    self.matched = matched
    self.set = set
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    release = try reader.versioned("release")
    filter = try reader.nested("filter")
    tool = try reader.optionalDigest("tool")
    scannedRows = try reader.amount("scannedRows")
    matched = try reader.nested("matched")
    set = try reader.nested("set")
    guard matched.rows <= scannedRows, set.keys == matched.keys else {
      throw .outOfRange(reader.path(of: "matched"))
    }
  }

  package func write(to object: inout JSONObject) {
    object.set("release", release)
    object.set("filter", part: filter)
    if let tool { object.set("tool", tool) }
    object.set("scannedRows", amount: scannedRows)
    object.set("matched", part: matched)
    object.set("set", part: set)
  }

  package var concerns: [Topic] { [.release(release)] }
  package var subjects: [Subject] {
    [Subject(named: release.description), Subject("set", root: self.set.root)]
  }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    [("filter", filter), self.set.members.map { ("set", $0) }].compactMap(\.self)
  }
}
