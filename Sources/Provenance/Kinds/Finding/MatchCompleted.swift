/// Every row of a release was compared with a hash list.
package struct MatchCompleted: AlsoStated {
  package static let kind = Kind.matchCompleted
  package var body: Body { .matchCompleted(self) }
  package static let standing = Standing.world([.publisher, .matcher])
  package typealias Stated = MatchStated

  package let release: VersionedName
  package let list: EventID
  package let column: String
  package let method: MatchMethod
  package let scannedRows: UInt64
  package let rowsWithoutHash: UInt64
  package let matched: Tally
  package let hashesAsOf: Timestamp
  package let set: SetReference

  package init(
    release: VersionedName, list: EventID, column: String, method: MatchMethod = .exact,
    scannedRows: UInt64, rowsWithoutHash: UInt64, matched: Tally, hashesAsOf: Timestamp,
    set: SetReference
  ) {
    self.release = release
    self.list = list
    self.column = column
    self.method = method
    self.scannedRows = scannedRows
    self.rowsWithoutHash = rowsWithoutHash
    self.matched = matched
    self.hashesAsOf = hashesAsOf
    self.set = set
  }

  package static let form = Form<Self>(
    "Every row of a release was compared with a hash list.", about: .release(\.release, set: \.set),
    Member("release", \.release, "The release that was compared."),
    Member("list", \.list, "The hash-list-received event."),
    Member(
      "column", \.column, "The column that was compared.", as: "columnName",
      allowing: ColumnName.isValid),
    Member("method", \.method, "Equal digests."),
    Member("scannedRows", \.scannedRows, "Rows that were read: all of the release."),
    Member("rowsWithoutHash", \.rowsWithoutHash, "Rows that had nothing to compare."),
    Member("matched", present: \.matched, "Keys and rows that matched."),
    Member(
      "hashesAsOf", \.hashesAsOf,
      "When the compared hashes were taken of what the rows point to; of URLs, when matched."),
    Member("set", \.set, "The matched keys; as many as `matched` says."),
    make: Self.init,
    check: {
      $0.rowsWithoutHash <= $0.scannedRows && $0.matched.rows <= $0.scannedRows - $0.rowsWithoutHash
        && $0.set.keys == $0.matched.keys ? nil : "matched"
    })

  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    let tally = try state.exactRelease(release).publication.tally
    guard judging.body(of: list, HashListReceived.self) != nil else { throw .listUnknown(list) }
    guard scannedRows == tally.rows else {
      throw .scannedDiffers(expected: tally.rows, actual: scannedRows)
    }
    guard tally.canInclude(matched) else { throw .matchImpossible(release, keys: tally.keys) }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    [ProjectionChange(FindingRecord(event, on: release, tally: matched, source: list))]
  }

  package var finding: Finding? { Finding(release, .matched(matched)) }
  package var listing: Listing? { Listing(of: release.name, [self.set.disclosure]) }
}

/// A match that someone else made, as they stated it: its set is not known here.
package struct MatchStated: StatedBody {
  package static let kind = Kind.matchCompleted
  package var body: Body { .matchStated(self) }

  package let release: VersionedName
  package let list: EventID?
  package let stated: [Count]

  package init(release: VersionedName, list: EventID? = nil, stated: [Count]) {
    self.release = release
    self.list = list
    self.stated = stated.sorted { $0.unit.rawValue < $1.unit.rawValue }
  }

  package static let form = Form<Self>(
    "Every row of a release was compared with a hash list.",
    about: .named(\.release, "The release, by SHA-256 of its name."),
    Member("release", \.release, "The release that was compared.", concern: Topic.release),
    Member("list", \.list, "The hash-list-received event.", concern: Topic.event),
    Member("stated", \.stated, "How much matched, as stated, each unit once, by unit ascending."),
    make: Self.init)

  package func check(_: LedgerState, _ judging: Judging) throws(Refusal) {
    guard let list else { return }
    guard judging.references[list]?.statement.body.kind == .hashListReceived else {
      throw .listUnknown(list)
    }
  }

  package var finding: Finding? { Finding(release, .stated(stated)) }
}

/// How the hashes of rows are compared with a list's.
package enum MatchMethod: String, Vocabulary {
  case exact
}
