package import LedgerCrypto
internal import Rows

/// One immutable version of a dataset.
package struct ReleasePublished: AlsoStated {
  package static let kind = Kind.releasePublished
  package var body: Body { .releasePublished(self) }
  package static let standing = Standing.world([.publisher])
  package typealias Stated = ReleaseStated

  package let release: VersionedName
  package let root: Digest
  package let tally: Tally
  package let columns: ColumnsFixed?
  package let shards: UInt64
  package let manifest: AttachmentReference
  package let derivation: Derivation?

  package init(
    release: VersionedName, root: Digest, tally: Tally, columns: ColumnsFixed?, shards: UInt64,
    manifest: AttachmentReference, derivation: Derivation?
  ) {
    self.release = release
    self.root = root
    self.tally = tally
    self.columns = columns
    self.shards = shards
    self.manifest = manifest
    self.derivation = derivation
  }

  package static let form = Form<Self>(
    "One immutable version of a dataset.",
    about: .root(\.release, \.root, "The release, by its root."),
    Member("release", \.release, "The release; published once."),
    Member("winnowSet1", \.root, "The root over its keys and row digests."),
    Member("tally", present: \.tally, "All its keys and rows."),
    Member(
      "columns", \.columns, "The dataset's columns; in its first release, and only there."),
    Member("shards", \.shards, "The number of its files."),
    Member(
      "manifest", \.manifest, "The shard manifest: names, sizes and digests of the files."),
    Member(
      "derivation", \.derivation, "How it came from its parent; a first release has none."),
    make: Self.init,
    check: {
      guard let parent = $0.derivation?.parent else { return nil }
      return parent.name == $0.release.name ? nil : "derivation"
    })

  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    guard let dataset = state.catalog.datasets[release.name] else {
      throw .datasetUnknown(release.name)
    }
    try state.checkIsNew(release)
    try checkColumns(of: dataset)
    guard let derivation else { return }
    let parent = try state.exactRelease(derivation.parent)
    try state.checkEquation(self, derivation, parent.publication)
    if derivation.isCleaning { try state.checkCleaned(self, derivation) }
  }

  private func checkColumns(of dataset: DatasetRecord) throws(Refusal) {
    let name = dataset.registration.dataset
    guard let columns else {
      if dataset.columns == nil { throw .columnsMissing(name) }
      return
    }
    if dataset.columns != nil { throw .columnsFixedAlready(name) }
    let same = { (columns: [Column], names: [String]) in
      columns.map { Array($0.name.utf8) } == names.map { Array($0.utf8) }
    }
    guard same(columns.identity, dataset.registration.identity),
      dataset.registration.content.map({ same(columns.content, $0) }) ?? true
    else { throw .columnsDiffer(name) }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let record = ReleaseRecord(publication: self, event: event.id, published: event.sequence)
    state.catalog.releases[release] = record
    var changes = [ProjectionChange(record)]
    if let columns, var dataset = state.catalog.datasets[release.name] {
      dataset.columns = columns
      state.catalog.datasets[release.name] = dataset
      changes.append(ProjectionChange(dataset))
    }
    return changes
  }

  package var listing: Listing? {
    Listing(
      of: release.name,
      [
        derivation?.disclosure, derivation?.set?.disclosure, manifest.disclosure,
      ]
      .compactMap(\.self))
  }
}

/// A release of someone else's, as they stated it: its root is not known here.
package struct ReleaseStated: StatedBody {
  package static let kind = Kind.releasePublished
  package var body: Body { .releaseStated(self) }

  package let release: VersionedName
  package let parent: VersionedName?
  package let stated: [Count]

  package init(release: VersionedName, parent: VersionedName? = nil, stated: [Count]) {
    self.release = release
    self.parent = parent
    self.stated = stated.sorted { $0.unit.rawValue < $1.unit.rawValue }
  }

  package static let form = Form<Self>(
    "One immutable version of a dataset.",
    about: .named(\.release, "The release, by SHA-256 of its name."),
    Member("release", \.release, "The release; published once.", concern: Topic.release),
    Member(
      "parent", \.parent, "The release that it is said to have come from.",
      concern: Topic.release),
    Member(
      "stated", \.stated, "How much is in it, as stated, each unit once, by unit ascending."),
    make: Self.init)

  /// A name is taken once, whether its root is known or not.
  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    guard state.catalog.datasets[release.name] != nil else {
      throw .datasetUnknown(release.name)
    }
    try state.checkIsNew(release)
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let record = StatedRecord(kind: .releasePublished, name: release, event)
    state.stated.take(record)
    return [ProjectionChange(record)]
  }

  package var introduced: Topic? { .release(release) }
}
