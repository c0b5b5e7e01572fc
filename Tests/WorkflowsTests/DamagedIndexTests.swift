import Files
import LedgerCrypto
import LedgerStore
import Provenance
import Testing
import Workflows

/// An index on disk that someone or something changed.
@Suite struct `A damaged index` {
  let place: Place

  init() throws {
    place = try Place()
    try place.decide([3, 4])
    _ = try place.clean()
    _ = try place.session().checkpoint()
  }

  /// Writes `bytes` at an offset of some of the 72-byte records: key, n at 32, D at 40.
  private func damage(
    _ release: VersionedName, records: Range<Int>, at offset: Int, _ bytes: [UInt8]
  ) throws {
    let path = place.directory.index(of: release)
    var file = try OpenFile.readAll(path, maxBytes: 1 << 20)
    for record in records {
      let start = 192 + 72 * record + offset
      file.replaceSubrange(start..<start + bytes.count, with: bytes)
    }
    try AtomicFile.write(file, to: path)
  }

  private func expectDiffers<Result>(
    _ release: VersionedName, _ body: () throws -> Result
  ) throws {
    do {
      _ = try body()
      Issue.record("nothing was refused")
    } catch WorkflowFailure.indexDiffers(let name) {
      #expect(name == release)
    }
  }

  @Test(arguments: [Place.release, Place.cleaned])
  func `with too many rows for a number is said by a comparison`(release: VersionedName) throws {
    let most = [UInt8](repeating: 0xff, count: 8)
    try damage(release, records: 0..<38, at: 32, most)
    do {
      _ = try place.session().diff(Place.release, Place.cleaned)
      Issue.record("nothing was refused")
    } catch {
      #expect("\(error)".contains("The index is damaged"))
    }
    try expectDiffers(release) {
      try place.session().proveTransition(from: Place.release, to: Place.cleaned)
    }
  }

  @Test(arguments: [[0xff, 0xff], [0x7f, 0xff], [0, 0]] as [[UInt8]])
  func `with more rows than the release is not counted by`(first: [UInt8]) throws {
    try damage(
      Place.cleaned, records: 0..<38, at: 32, first + [0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
    try expectDiffers(Place.cleaned) {
      try place.session().rows(of: place.keys([10, 11]), in: Place.cleaned)
    }
    try expectDiffers(Place.cleaned) {
      try place.session().remove(
        Place.cleaned, RemovalChoice(rows: .held([place.row(10), place.row(11)])), basis: .request,
        reasonClass: .privacy)
    }
  }

  @Test func `without what was decided on it cleans nothing`() throws {
    try damage(Place.release, records: 0..<40, at: 0, [0xff, 0xff])
    let target = VersionedName("pets@9")!
    try expectDiffers(Place.release) {
      try place.session().cleaningPlan(Place.release, to: target)
    }
    try expectDiffers(Place.release) {
      try place.session().clean(Place.release, to: target, out: "\(place.path)/out9")
    }
    #expect(try place.session().ledger.state.catalog.releases[target] == nil)
  }

  @Test func `with more rows than the release brings none back`() throws {
    let removal = try #require(
      try place.session().ledger.state.catalog.releases[Place.release]?.removals.first)
    let dispute = try place.session(as: try place.hotline()).record(
      .disputeOpened(.init(target: removal, grounds: .falsePositive)))
    let ground = try place.session().record(
      .disputeResolved(.init(dispute: dispute.receipt.id, outcome: .upheld))
    ).receipt.sequence
    try damage(Place.release, records: 0..<40, at: 32, [UInt8](repeating: 0xff, count: 8))
    try expectDiffers(Place.release) {
      try place.session().reinstate(
        Place.cleaned, removals: [], grounds: [ground], rows: [place.row(3), place.row(4)])
    }
  }

  @Test(arguments: [Place.release, Place.cleaned])
  func `makes no proof that fails elsewhere`(release: VersionedName) throws {
    _ = try place.session().proveTransition(from: Place.release, to: Place.cleaned)
    try damage(release, records: 5..<6, at: 40, [0xde, 0xad])
    try expectDiffers(release) {
      try place.session().proveTransition(from: Place.release, to: Place.cleaned)
    }
    #expect(throws: (any Error).self) {
      try place.session().proveLookup(of: place.row(10), in: release, expecting: true)
    }
    // A key that is another's is as bad as a wrong digest.
    try damage(release, records: 0..<1, at: 0, [0xff])
    try expectDiffers(release) {
      try place.session().proveTransition(from: Place.release, to: Place.cleaned)
    }
  }
}

extension Place {
  /// The keys of rows by their URLs, ascending.
  func keys(_ rows: [Int]) throws -> [Digest] {
    try rows.map { number in
      let session = try session()
      return try session.key(of: row(number), in: try session.dataset(Self.release.name))
    }.sorted()
  }
}
