package import LedgerCrypto

/// A filter was run over every row of a release.
package struct FilterCompleted: AlsoStated {
  package static let kind = Kind.filterCompleted
  package var body: Body { .filterCompleted(self) }
  package static let standing = Standing.world([.publisher, .matcher])
  package typealias Stated = FilterStated

  package let release: VersionedName
  package let filter: AttachmentReference
  package let tool: Digest?
  package let scannedRows: UInt64
  package let matched: Tally
  package let absent: UInt64?
  package let set: SetReference

  package init(
    release: VersionedName, filter: AttachmentReference, tool: Digest? = nil, scannedRows: UInt64,
    matched: Tally, absent: UInt64? = nil, set: SetReference
  ) {
    self.release = release
    self.filter = filter
    self.tool = tool
    self.scannedRows = scannedRows
    self.matched = matched
    self.absent = absent
    self.set = set
  }

  package static let form = Form<Self>(
    "A filter was run over every row of a release.", about: .release(\.release, set: \.set),
    Member("release", \.release, "The release, the whole of it.", concern: Topic.release),
    Member("filter", \.filter, "The filter's expression; an open one is a published filter."),
    Member("tool", \.tool, "SHA-256 of the program that ran it."),
    Member("scannedRows", \.scannedRows, "The rows that were read: all of the release."),
    Member("matched", present: \.matched, "The keys that the filter chose, and their rows."),
    Member(
      "absent", \.absent,
      "Where it is a list of rows: how many keys of it the release has not, if any."),
    Member("set", \.set, "The chosen keys."),
    make: Self.init,
    check: {
      if $0.absent == 0 { return "absent" }
      return $0.matched.rows <= $0.scannedRows && $0.set.keys == $0.matched.keys ? nil : "matched"
    })

  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    let tally = try state.exactRelease(release).publication.tally
    guard scannedRows == tally.rows else {
      throw .scannedDiffers(expected: tally.rows, actual: scannedRows)
    }
    guard tally.canInclude(matched) else { throw .matchImpossible(release, keys: tally.keys) }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    [ProjectionChange(FindingRecord(event, on: release, tally: matched))]
  }

  package var finding: Finding? { Finding(release, .matched(matched)) }

  /// Whoever has the expression has what it chooses.
  package var listing: Listing? {
    Listing(of: release.name, [self.set.disclosure, filter.disclosure])
  }
}

/// A filter that someone else ran, as they stated it: its set is not known here.
package struct FilterStated: StatedBody {
  package static let kind = Kind.filterCompleted
  package var body: Body { .filterStated(self) }

  package let release: VersionedName
  package let filter: AttachmentReference?
  package let stated: [Count]

  package init(release: VersionedName, filter: AttachmentReference? = nil, stated: [Count]) {
    self.release = release
    self.filter = filter
    self.stated = stated.sorted { $0.unit.rawValue < $1.unit.rawValue }
  }

  package static let form = Form<Self>(
    "A filter was run over every row of a release.",
    about: .named(\.release, "The release, by SHA-256 of its name."),
    Member("release", \.release, "The release, the whole of it.", concern: Topic.release),
    Member("filter", \.filter, "The filter's expression; an open one is a published filter."),
    Member("stated", \.stated, "How much it chose, as stated, each unit once, by unit ascending."),
    make: Self.init)

  /// No rule of its own.
  package func check(_: LedgerState, _: Judging) {}

  package var finding: Finding? { Finding(release, .stated(stated)) }
}
