import CanonicalJSON
import Files
import Foundation
import LedgerCrypto
import LedgerStore
import Provenance
import Synchronization
import Testing
import Workflows

/// Rows that come back, and what keeps them from it.
@Suite struct `A reinstatement` {
  static let second = VersionedName("pets@3")!

  private func remove(
    _ rows: [Int], _ place: Place, on release: VersionedName = Place.release,
    _ reasonClass: ReasonClass = .privacy
  ) throws -> UInt64 {
    try place.sequence(
      place.session().remove(
        release, RemovalChoice(rows: .held(rows.map(place.row))), basis: .request,
        reasonClass: reasonClass))
  }

  private func clean(
    _ place: Place, _ from: VersionedName = Place.cleaned,
    to target: VersionedName = Self.second
  ) throws -> Decided<Clean.Answer> {
    try place.session().clean(from, to: target, out: "\(place.path)/\(target)")
  }

  private func text(_ folder: String, _ place: Place) throws -> [String] {
    try ["0.csv", "1.csv"].map {
      String(
        decoding: try OpenFile.readAll("\(place.path)/\(folder)/\($0)", maxBytes: 1 << 20),
        as: UTF8.self)
    }
  }

  @Test func `brings rows back with their bytes in their places`() throws {
    let place = try Place()
    _ = try place.publish()
    let removal = try remove([3, 4, 25], place)
    _ = try place.clean()
    let ground = try place.upheld(removal)
    _ = try place.session().reinstate(
      Place.cleaned, removals: [], grounds: [ground], rows: [place.row(4), place.row(25)])
    let done = try clean(place)
    #expect(done.added == Tally(keys: 2, rows: 2))
    #expect(done.removed == Tally(keys: 0, rows: 0))
    let before = try text("rows", place)
    let line = "\(Place.url(3)),row 3\n"
    #expect(try text("pets@3", place) == before.map { $0.replacing(line, with: "") })
    #expect(try place.session().ledger.verify().isIntact)
  }

  @Test func `of a key that another removal names takes it back from both`() throws {
    let place = try Place()
    _ = try place.publish()
    let first = try remove([3, 4], place)
    let second = try remove([4, 5], place)
    _ = try place.clean()
    let grounds = [try place.upheld(first), try place.upheld(second)]
    func reinstate(_ removals: [UInt64], _ grounds: [UInt64], _ rows: [Int]) throws {
      _ = try place.session().reinstate(
        Place.cleaned, removals: removals, grounds: grounds, rows: rows.map(place.row))
    }
    // One alone would bring nothing: the other holds the row.
    expect(.heldElsewhere(1)) { try reinstate([first], [grounds[0]], [3, 4]) }
    expect(.heldElsewhere(1)) { try reinstate([second], [grounds[1]], [4]) }
    // All that it took is no less than that.
    expect(.heldElsewhere(1)) { try reinstate([first], [grounds[0]], []) }
    try reinstate([first], [grounds[0]], [3])
    #expect(try clean(place).added == Tally(keys: 1, rows: 1))
    _ = try place.session().reinstate(
      Self.second, removals: [], grounds: grounds, rows: [place.row(4)])
    let last = try clean(place, Self.second, to: VersionedName("pets@4")!)
    #expect(last.added == Tally(keys: 1, rows: 1))
    #expect(try place.session().ledger.verify().isIntact)
  }

  private func expect(
    _ failure: WorkflowFailure, _ body: () throws -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let thrown = #expect(
      throws: WorkflowFailure.self, sourceLocation: sourceLocation, performing: body)
    #expect(
      thrown.map { "\($0)" } == "\(failure)", sourceLocation: sourceLocation)
  }

  @Test func `of rows that are to come back already, or are back, is refused by their count`()
    throws
  {
    let place = try Place()
    _ = try place.publish()
    let removal = try remove([3, 4, 5], place)
    let ground = try place.upheld(removal)
    func reinstate(_ rows: [Int], on release: VersionedName = Place.release) throws {
      _ = try place.session().reinstate(
        release, removals: [removal], grounds: [ground], rows: rows.map(place.row))
    }
    try reinstate([3])
    let events = try place.events()
    expect(.alreadyReinstated(1)) { try reinstate([3]) }
    expect(.alreadyReinstated(1)) { try reinstate([3, 4]) }
    #expect(try place.events() == events)
    _ = try place.clean()
    expect(.alreadyReinstated(1)) { try reinstate([3], on: Place.cleaned) }
    try reinstate([4], on: Place.cleaned)
    expect(.alreadyReinstated(1)) { try reinstate([4, 5], on: Place.cleaned) }
    // All that it took is what is left of it.
    try reinstate([], on: Place.cleaned)
    expect(.alreadyReinstated(3)) { try reinstate([], on: Place.cleaned) }
    #expect(try clean(place).added == Tally(keys: 2, rows: 2))
    #expect(try text("pets@3", place) == text("rows", place))
  }

  @Test func `before any cleaning lets the row be removed again`() throws {
    let place = try Place()
    _ = try place.publish()
    let ground = try place.upheld(try remove([3], place))
    _ = try place.session().reinstate(
      Place.release, removals: [], grounds: [ground], rows: [place.row(3)])
    _ = try remove([3], place)
    #expect(throws: WorkflowFailure.self) { try remove([3], place) }
    #expect(
      try place.session().cleaningPlan(Place.release, to: VersionedName("pets@next")!).removed
        == Tally(keys: 1, rows: 1))
    #expect(try place.clean().removed == Tally(keys: 1, rows: 1))
  }

  @Test func `brings all rows of a key back`() throws {
    let place = try Place()
    try Directory.make("\(place.path)/rows")
    let same = "\(Place.url(1)),"
    let files = [
      try place.put("URL,TEXT\n\(same)one\n\(Place.url(2)),x\n\(same)two\n", "rows/0.csv"),
      try place.put("URL,TEXT\n\(same)one\n\(Place.url(3)),x\n", "rows/1.csv"),
    ]
    _ = try place.session().publishRelease(Place.release, files: files)
    let removal = try remove([1], place)
    #expect(try place.clean().removed == Tally(keys: 1, rows: 3))
    let ground = try place.upheld(removal)
    let done = try place.session().reinstate(
      Place.cleaned, removals: [removal], grounds: [ground], rows: [])
    #expect(done.tally == Tally(keys: 1, rows: 3))
    let cleaned = try clean(place)
    #expect(cleaned.added == Tally(keys: 1, rows: 3))
    #expect(
      cleaned.publication.root
        == (try place.session().release(Place.release)).publication.root)
    #expect(try text("pets@3", place) == text("rows", place))
  }

  @Test func `before the cleaning keeps rows from going`() throws {
    let place = try Place()
    _ = try place.publish()
    let removal = try remove([3, 4], place)
    let ground = try place.upheld(removal)
    _ = try place.session().reinstate(
      Place.release, removals: [removal], grounds: [ground], rows: [place.row(3)])
    let done = try place.clean()
    #expect(done.removed == Tally(keys: 1, rows: 1))
    #expect(done.added == Tally(keys: 0, rows: 0))
    #expect(try place.session().ledger.verify().isIntact)
  }

  @Test func `is applied together with a removal of other rows`() throws {
    let place = try Place()
    _ = try place.publish()
    let removal = try remove([3, 4], place)
    _ = try place.clean()
    let ground = try place.upheld(removal)
    _ = try place.session().reinstate(
      Place.cleaned, removals: [removal], grounds: [ground], rows: [place.row(3)])
    _ = try remove([30], place, on: Place.cleaned)
    let done = try clean(place)
    #expect(done.removed == Tally(keys: 1, rows: 1))
    #expect(done.added == Tally(keys: 1, rows: 1))
    let lines = ["\(Place.url(4)),row 4\n", "\(Place.url(30)),row 30\n"]
    let expected = try text("rows", place).map { text in
      lines.reduce(text) { $0.replacing($1, with: "") }
    }
    #expect(try text("pets@3", place) == expected)
  }

  @Test func `of rows that are removed again lets them go again`() throws {
    let place = try Place()
    _ = try place.publish()
    let removal = try remove([3], place)
    _ = try place.clean()
    let ground = try place.upheld(removal)
    _ = try place.session().reinstate(
      Place.cleaned, removals: [removal], grounds: [ground], rows: [])
    _ = try clean(place)
    _ = try remove([3], place, on: Self.second)
    let done = try clean(place, Self.second, to: VersionedName("pets@4")!)
    #expect(done.removed == Tally(keys: 1, rows: 1))
    #expect(try text("pets@4", place) == text("out", place))
    #expect(try place.session().ledger.verify().isIntact)
  }

  @Test func `needs the files of the release that had the rows as they were`() throws {
    let place = try Place()
    _ = try place.publish()
    let removal = try remove([3], place)
    _ = try place.clean()
    let ground = try place.upheld(removal)
    _ = try place.session().reinstate(
      Place.cleaned, removals: [removal], grounds: [ground], rows: [])
    try place.put("URL,TEXT\nhttps://example.org/else,x\n", "rows/0.csv")
    let events = try place.events()
    #expect(throws: (any Error).self) { try clean(place) }
    #expect(try place.events() == events)
    #expect(!Directory.holds("\(place.path)/pets@3/0.csv"))
    #expect(!Directory.holds(place.directory.index(of: Self.second)))
  }

  @Test func `is refused for rows that nobody removed, or without a ground`() throws {
    let place = try Place()
    _ = try place.publish()
    let removal = try remove([3], place)
    _ = try place.clean()
    let ground = try place.upheld(removal)
    #expect(throws: WorkflowFailure.self) {
      try place.session().reinstate(
        Place.cleaned, removals: [], grounds: [ground], rows: [place.row(8)])
    }
    #expect(throws: Refusal.self) {
      try place.session().reinstate(
        Place.cleaned, removals: [removal], grounds: [removal], rows: [])
    }
  }

  @Test func `of class illegal rows is sealed as what left is`() throws {
    let place = try Place()
    _ = try place.publish()
    _ = try place.addList([3, 7])
    _ = try place.match()
    let removal = try place.sequence(place.remove(.illegal))
    #expect(try place.clean().disclosure == .sealed)
    let ground = try place.upheld(removal)
    _ = try place.session().reinstate(
      Place.cleaned, removals: [], grounds: [ground], rows: [place.row(3)])
    let done = try clean(place)
    #expect(done.disclosure == .sealed)
    #expect(done.added == Tally(keys: 1, rows: 1))
    #expect(throws: WorkflowFailure.self) {
      try place.session().proveTransition(from: Place.cleaned, to: Self.second)
    }
  }

  @Test func `tried again under its nonce adds nothing`() throws {
    let place = try Place()
    _ = try place.publish()
    let removal = try remove([3], place)
    _ = try place.clean()
    let ground = try place.upheld(removal)
    let nonce = [UInt8](repeating: 3, count: 16)
    for isNew in [true, false] {
      let done = try place.session(nonce: nonce).reinstate(
        Place.cleaned, removals: [removal], grounds: [ground], rows: [])
      #expect(done.recorded[0].receipt.isNew == isNew)
    }
  }

  @Test func `has a cleaning planned once more for a removal that is decided meanwhile`() throws {
    let place = try Place()
    _ = try place.publish()
    _ = try remove([3], place)
    let decided = Mutex(false)
    let progress = Progress(
      report: { step, _, _, _ in
        guard step == "clean" else { return }
        decided.withLock { isDone in
          guard !isDone else { return }
          isDone = true
          _ = try? self.remove([9], place)
        }
      }, isCancelled: { false })
    let passphrase = place.passphrase
    let session = try Workplace(
      directory: place.directory, actor: ActorName("publisher")!, passphrase: { passphrase },
      progress: progress)
    let done = try session.clean(Place.release, to: Place.cleaned, out: "\(place.path)/out")
    #expect(decided.withLock { $0 })
    #expect(done.removed == Tally(keys: 2, rows: 2))
    #expect(try place.session().verifyRelease(Place.cleaned, files: []).matches)
  }
}
