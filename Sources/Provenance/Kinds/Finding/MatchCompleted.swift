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
  package let nearness: Nearness?
  package let scannedRows: UInt64
  package let rowsWithoutHash: UInt64
  package let rowsWithOtherValue: UInt64
  package let rowsBySpelling: UInt64?
  package let matched: Tally
  package let hashesAsOf: Timestamp
  package let set: SetReference

  package init(
    release: VersionedName, list: EventID, column: String, method: MatchMethod = .exact,
    nearness: Nearness? = nil, scannedRows: UInt64, rowsWithoutHash: UInt64,
    rowsWithOtherValue: UInt64 = 0, rowsBySpelling: UInt64? = nil, matched: Tally,
    hashesAsOf: Timestamp, set: SetReference
  ) {
    self.release = release
    self.list = list
    self.column = column
    self.method = method
    self.nearness = nearness
    self.scannedRows = scannedRows
    self.rowsWithoutHash = rowsWithoutHash
    self.rowsWithOtherValue = rowsWithOtherValue
    self.rowsBySpelling = rowsBySpelling
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
    Member(
      "method", \.method,
      "Equal digests of exactly these bytes, or of equivalent spellings of a URL too; `pdq`: near hashes."
    ),
    Member("nearness", \.nearness, "What counted as near; with `pdq` alone."),
    Member("scannedRows", \.scannedRows, "Rows that were read: all of the release."),
    Member("rowsWithoutHash", \.rowsWithoutHash, "Rows that had nothing to compare."),
    Member(
      "rowsWithOtherValue", \.rowsWithOtherValue,
      "Rows whose value is no hash of the list's algorithm; where there are any, others have one."),
    Member(
      "rowsBySpelling", \.rowsBySpelling,
      "Rows that matched by another spelling of their URL alone; with `url-spellings-1` alone."),
    Member("matched", present: \.matched, "Keys and rows that matched."),
    Member(
      "hashesAsOf", \.hashesAsOf,
      "When the compared hashes were taken of what the rows point to; of URLs, when matched."),
    Member("set", \.set, "The matched keys; as many as `matched` says."),
    make: Self.init, check: \.misfit,
    condition: """
      {"allOf": [
        {"if": {"properties": {"method": {"const": "pdq"}}, "required": ["method"]},
         "then": {"required": ["nearness"]},
         "else": {"properties": {"nearness": false}}},
        {"if": {"properties": {"method": {"const": "url-spellings-1"}}, "required": ["method"]},
         "then": {"required": ["rowsBySpelling"]},
         "else": {"properties": {"rowsBySpelling": false}}}
      ]}
      """)

  /// The first member that does not fit the others.
  ///
  /// Amounts of a statement are below 2^53 each, so that their sums do not overflow. A column of which
  /// no value is a hash says nothing of what is in the release, so that nobody can sign that it does.
  private var misfit: String? {
    let withoutDigest = rowsWithoutHash + rowsWithOtherValue
    let notCompared = withoutDigest + (nearness?.quality?.rowsBelow ?? 0)
    guard notCompared <= scannedRows, matched.rows <= scannedRows - notCompared,
      set.keys == matched.keys
    else { return "matched" }
    if rowsWithOtherValue > 0, withoutDigest == scannedRows { return "rowsWithOtherValue" }
    if (method == .pdq) != (nearness != nil) { return "nearness" }
    if (method == .spellings) != (rowsBySpelling != nil) { return "rowsBySpelling" }
    return rowsBySpelling ?? 0 <= matched.rows ? nil : "rowsBySpelling"
  }

  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    let tally = try state.exactRelease(release).publication.tally
    guard let received = judging.body(of: list, HashListReceived.self) else {
      throw .listUnknown(list)
    }
    guard method.suits(received.algorithm, of: received.of) else {
      throw .wrongReference(list, expected: "a list that is compared so")
    }
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
  /// Of exactly the bytes that the row has.
  case exact
  /// Of equivalent spellings of the row's URL too: the fixed list of that name.
  case spellings = "url-spellings-1"
  /// Perceptual hashes that differ in few bits.
  case pdq

  /// Whether hashes by `algorithm` of `thing` can be compared so.
  func suits(_ algorithm: HashAlgorithm, of thing: HashedThing) -> Bool {
    switch self {
    case .exact: algorithm != .pdq
    case .spellings: algorithm != .pdq && thing == .url
    case .pdq: algorithm == .pdq
    }
  }
}
