import Foundation
import LedgerCrypto
import LedgerStore
import Provenance
import SetCommitment
import Testing
import Workflows

/// What tells a row of class `illegal` from those that are to hide it, though counts do not.
@Suite struct `A list beside what else is public` {
  let place: Place

  init() throws {
    place = try Place()
    _ = try place.session().set(
      Charter(rules: Charter.initial.rules, minimumDilution: 4, allowsUnreconciled: false))
    _ = try place.publish()
  }

  private func plan(
    _ release: VersionedName, _ decoys: UInt64? = nil
  ) throws -> Session.CleaningPlan {
    try place.session().cleaningPlan(
      release, to: VersionedName("\(release.name)@99")!, decoys: decoys)
  }

  private func clean(
    _ release: VersionedName, _ target: String, _ decoys: UInt64? = nil
  ) throws -> Session.CleanDone {
    try place.session().clean(
      release, to: VersionedName(target)!, out: "\(place.path)/\(target)", decoys: decoys)
  }

  /// A release of some rows, each alone under its URL but for those that stand in `twice`.
  private func publish(
    _ name: String, _ rows: some Sequence<Int>, twice: Int? = nil, parent: VersionedName? = nil
  ) throws -> Session.ReleaseDone {
    let text = rows.map { "\(Place.url($0)),row \($0)\n" }.joined()
    let more = twice.map { "\(Place.url($0)),again\n" } ?? ""
    let file = try place.put("URL,TEXT\n\(text)\(more)", "\(name).csv")
    return try place.session().publishRelease(VersionedName(name)!, files: [file], parent: parent)
  }

  @discardableResult private func remove(
    _ rows: [Int], _ release: VersionedName, _ reason: ReasonClass = .illegal
  ) throws -> UInt64 {
    try place.session().remove(
      release, RemovalChoice(rows: rows.map(place.row)), basis: .report, reasonClass: reason
    ).recorded.removal.receipt.sequence
  }

  private func isShown(_ parent: VersionedName, _ child: String) throws -> Bool {
    let session = try place.session()
    _ = try session.checkpoint()
    do {
      _ = try session.proveTransition(from: parent, to: VersionedName(child)!)
      return true
    } catch WorkflowFailure.transitionSealed {
      return false
    }
  }

  @Test func `draws decoys from the rows that came when those came`() throws {
    let second = VersionedName("pets@2")!
    _ = try publish("pets@2", 0..<50, parent: Place.release)
    try remove([41, 45], second)
    #expect(try plan(second).decoysNeeded == 6)
    let done = try clean(second, "pets@3", 6)
    #expect(done.disclosure == .open)
    let left = try String(contentsOfFile: "\(place.path)/pets@3/pets@2.csv", encoding: .utf8)
    for row in 0..<40 { #expect(left.contains("\(Place.url(row)),")) }
    #expect(try isShown(second, "pets@3"))
  }

  @Test func `stays sealed where too few came with them`() throws {
    let second = VersionedName("pets@2")!
    _ = try publish("pets@2", 0..<50, parent: Place.release)
    try remove([41, 45, 47], second)
    #expect(try plan(second).decoysNeeded == nil)
    #expect(throws: WorkflowFailure.self) { try plan(second, 30) }
    // Others that leave hide none of them.
    try remove(Array(0..<30), second, .privacy)
    #expect(try clean(second, "pets@3").disclosure == .sealed)
  }

  @Test func `stays sealed where a match could not compare every row`() throws {
    let third = VersionedName("pets@3")!
    let file = try place.put(
      "URL,TEXT\n" + (0..<40).map { "\(Place.url($0)),row\n" }.joined(), "pets@3.csv")
    _ = try place.session().publishRelease(third, files: [file])
    _ = try place.addList([1])
    let match = try place.match(on: third).recorded
    guard
      case .matchCompleted(let found) = try place.session().ledger.event(id: match.receipt.id)?
        .statement.body
    else { throw WorkflowFailure.noEvent("match") }
    let partial = try place.session().record { _ in
      .matchCompleted(
        MatchCompleted(
          release: third, list: found.list, column: found.column,
          scannedRows: found.scannedRows, rowsWithoutHash: 20, matched: found.matched,
          hashesAsOf: found.hashesAsOf, set: found.set))
    }
    _ = try place.remove(.illegal, matches: [partial.receipt.sequence], on: third)
    #expect(try plan(third).decoysNeeded == nil)
  }

  @Test func `stays sealed where a row got others under its key`() throws {
    try remove([7], Place.release)
    let second = VersionedName("pets@2")!
    _ = try publish("pets@2", 0..<40, twice: 7, parent: Place.release)
    #expect(try plan(second).decoysNeeded == nil)
  }

  @Test func `stays sealed where a release beside it lost rows by hand`() throws {
    try remove([7, 11], Place.release)
    #expect(try plan(Place.release).decoysNeeded == 6)
    _ = try publish("pets@2", (0..<40).filter { $0 != 7 && $0 != 11 }, parent: Place.release)
    #expect(try plan(Place.release).decoysNeeded == nil)
    #expect(try clean(Place.release, "pets@3").disclosure == .sealed)
  }

  @Test func `stays sealed where a release of no parent lacks them`() throws {
    try remove([7, 11], Place.release)
    _ = try publish("pets@2", (0..<40).filter { $0 != 7 && $0 != 11 })
    #expect(try plan(Place.release).decoysNeeded == nil)
  }

  @Test func `stays sealed where another dataset has the same rows`() throws {
    _ = try place.session().registerDataset(
      Name("dogs")!, identity: ["URL"], content: nil, tagging: .plain)
    let other = VersionedName("dogs@1")!
    _ = try publish("dogs@1", 0..<40)
    try remove([7, 8], other, .privacy)
    #expect(try plan(other).disclosure == .open)
    try remove([7, 8], Place.release)
    // As the log alone can tell, so that the seal says nothing about these rows.
    #expect(try plan(other).disclosure == .sealed)
    #expect(try clean(Place.release, "pets@2").disclosure == .sealed)
    #expect(try clean(other, "dogs@2").disclosure == .sealed)
    #expect(try place.session().verifyLedger(remembered: nil).isIntact)
  }

  @Test func `stays sealed where an open set names the others`() throws {
    try remove([7, 11], Place.release)
    try remove([1, 2, 3, 4, 5, 6], Place.release, .quality)
    #expect(try plan(Place.release).disclosure == .open)
    let session = try place.session()
    let dataset = try session.ledger.state.catalog.datasets[Name("pets")!]!
    let keys = EntrySet(try (1...6).map { try session.key(of: place.row($0), in: dataset) })
    let attempt = try session.attempt()
    let members = try session.attachOpen(
      keys.file, mediaType: "application/vnd.winnow.set", kind: .filterCompleted, field: "set",
      attempt: attempt)
    let filter = try session.attach(
      text: "rows of poor quality", kind: .filterCompleted, field: "filter", attempt: attempt)
    _ = try session.record(
      { _ in
        .filterCompleted(
          FilterCompleted(
            release: Place.release, filter: filter, scannedRows: 40,
            matched: Tally(keys: 6, rows: 6),
            set: SetReference(
              root: keys.root.root, keys: 6, disclosure: .open, members: members)))
      }, attempt: attempt)
    #expect(try plan(Place.release).disclosure == .sealed)
  }

  @Test func `is not seen through by what comes back`() throws {
    try remove([7, 11], Place.release)
    let removal = try remove(Array(20..<27), Place.release, .privacy)
    _ = try clean(Place.release, "pets@2")
    #expect(try isShown(Place.release, "pets@2"))
    let second = VersionedName("pets@2")!
    let session = try place.session()
    let ground = try place.upheld(removal)
    #expect(throws: WorkflowFailure.self) {
      try session.reinstate(second, removals: [], grounds: [ground], rows: [20, 21].map(place.row))
    }
    // One of seven: eight of nine are left to hide two.
    _ = try session.reinstate(second, removals: [], grounds: [ground], rows: [place.row(20)])
    #expect(try clean(second, "pets@3").exposed == [])
    #expect(try isShown(Place.release, "pets@2"))
  }

  @Test func `is not seen through by decoys that come back`() throws {
    try remove([7, 11], Place.release)
    let removal = try #require(try clean(Place.release, "pets@2", 6).decoys).recorded.removal
      .receipt.sequence
    let session = try place.session()
    let ground = try place.upheld(removal)
    #expect(throws: (any Error).self) {
      try session.reinstate(
        VersionedName("pets@2")!, removals: [removal], grounds: [ground], rows: [])
    }
  }

  @Test func `is sealed from when a release has its rows again`() throws {
    try remove([7, 11], Place.release)
    _ = try clean(Place.release, "pets@2", 6)
    #expect(try isShown(Place.release, "pets@2"))
    let done = try publish(
      "pets@3", (0..<40).filter { $0 != 7 && $0 != 11 }, parent: VersionedName("pets@2")!)
    #expect(done.exposed == [VersionedName("pets@2")!])
    #expect(done.publication.derivation?.disclosure == .sealed)
    #expect(try !isShown(Place.release, "pets@2"))
    #expect(try place.session().verifyLedger(remembered: nil).isIntact)
  }

  @Test func `names nothing that comes back as illegal`() throws {
    let removal = try remove([7, 11], Place.release)
    _ = try clean(Place.release, "pets@2")
    let second = VersionedName("pets@2")!
    let session = try place.session()
    let ground = try place.upheld(removal)
    _ = try session.reinstate(second, removals: [], grounds: [ground], rows: [place.row(11)])
    try remove([20], second)
    #expect(try plan(second).decoysNeeded == nil)
    try remove(Array(21..<40), second, .privacy)
    #expect(try clean(second, "pets@3").disclosure == .sealed)
  }
}
