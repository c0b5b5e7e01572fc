import Files
import LedgerCrypto
import LedgerStore
import Provenance
import Testing
import Workflows

/// Which content a row comes back with, and from which files.
@Suite struct `A row that comes back` {
  let place: Place
  init() throws { place = try Place() }

  private func name(_ version: Int) -> VersionedName { VersionedName("pets@\(version)")! }

  /// Publishes rows, each a number and a text, by hand.
  private func publish(_ version: Int, _ rows: [(Int, String)], parent: Int? = nil) throws {
    let text = "URL,TEXT\n" + rows.map { "\(Place.url($0.0)),\($0.1)\n" }.joined()
    _ = try place.session().publishRelease(
      name(version), files: [try place.put(text, "h\(version).csv")], parent: parent.map(name))
  }

  private func remove(_ rows: [Int], of version: Int) throws -> UInt64 {
    try place.sequence(
      place.session().remove(
        name(version), RemovalChoice(rows: .held(rows.map(place.row))), basis: .request,
        reasonClass: .privacy))
  }

  private func reinstate(_ rows: [Int], on version: Int, of removals: [UInt64]) throws {
    let grounds = try removals.map { try place.upheld($0) }
    _ = try place.session().reinstate(
      name(version), removals: [], grounds: grounds, rows: rows.map(place.row))
  }

  /// Cleans, and gives the rows of the one file that was written.
  private func clean(_ version: Int, file: String) throws -> [String] {
    let target = name(version + 1)
    let plan = try place.session().cleaningPlan(name(version), to: target)
    let out = "\(place.path)/o\(version + 1)"
    let done = try place.session().clean(name(version), to: target, out: out)
    #expect(plan.removed == done.removed && plan.added == done.added)
    let bytes = try OpenFile.readAll("\(out)/\(file)", maxBytes: 1 << 20)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map {
      String($0.dropFirst("https://example.org/".count))
    }
  }

  @Test func `has the content that it had when it left, not an older one`() throws {
    try publish(1, [(1, "old"), (2, "x"), (3, "x")])
    let first = try remove([2], of: 1)
    _ = try clean(1, file: "h1.csv")
    try publish(3, [(1, "NEW"), (3, "x")], parent: 2)
    let second = try remove([1], of: 3)
    #expect(try clean(3, file: "h3.csv") == ["3.jpg,x"])
    try reinstate([1, 2], on: 4, of: [first, second])
    #expect(try Set(clean(4, file: "h3.csv")) == ["1.jpg,NEW", "2.jpg,x", "3.jpg,x"])
    #expect(try place.session().ledger.verify().isIntact)
  }

  @Test func `is read from the release that has it, whatever leaves now`() throws {
    try publish(1, [(1, "a"), (2, "b"), (3, "c")])
    let first = try remove([1], of: 1)
    _ = try clean(1, file: "h1.csv")
    try publish(3, [(2, "b"), (3, "c"), (4, "d")], parent: 2)
    _ = try remove([4], of: 3)
    try reinstate([1], on: 3, of: [first])
    #expect(try clean(3, file: "h3.csv") == ["1.jpg,a", "2.jpg,b", "3.jpg,c"])
  }

  @Test func `keeps its place among the rows that stayed`() throws {
    try publish(1, (1...6).map { ($0, "row") })
    let removals = [try remove([1, 3], of: 1), try remove([6], of: 1)]
    #expect(try clean(1, file: "h1.csv") == [2, 4, 5].map { "\($0).jpg,row" })
    try reinstate([3, 6], on: 2, of: removals)
    #expect(try clean(2, file: "h1.csv") == [2, 3, 4, 5, 6].map { "\($0).jpg,row" })
    try reinstate([1], on: 3, of: [removals[0]])
    #expect(try clean(3, file: "h1.csv") == (1...6).map { "\($0).jpg,row" })
  }

  @Test func `needs the files that had it so, and says whose`() throws {
    try publish(1, [(1, "a"), (2, "b")])
    let removal = try remove([1], of: 1)
    _ = try clean(1, file: "h1.csv")
    try reinstate([1], on: 2, of: [removal])
    try Directory.remove(file: "\(place.path)/h1.csv")
    let events = try place.events()
    for attempt in [
      { _ = try place.session().cleaningPlan(name(2), to: name(3)) },
      { _ = try place.session().clean(name(2), to: name(3), out: "\(place.path)/o3") },
    ] {
      do {
        try attempt()
        Issue.record("nothing was refused")
      } catch WorkflowFailure.filesNeeded(let release) {
        #expect(release == name(1))
      }
    }
    #expect(try place.events() == events)
  }
  @Test func `is not promised where no file has it any more, and can be removed again`() throws {
    try publish(1, [(1, "a"), (2, "b"), (3, "c")])
    let removal = try remove([1], of: 1)
    _ = try clean(1, file: "h1.csv")
    let ground = try place.upheld(removal)
    func reinstate() throws {
      _ = try place.session().reinstate(
        name(2), removals: [], grounds: [ground], rows: [place.row(1)])
    }
    let kept = try OpenFile.readAll("\(place.path)/h1.csv", maxBytes: 1 << 20)
    try Directory.remove(file: "\(place.path)/h1.csv")
    #expect(throws: WorkflowFailure.self) { try reinstate() }
    try AtomicFile.write(kept, to: "\(place.path)/h1.csv")
    try reinstate()
    try Directory.remove(file: "\(place.path)/h1.csv")
    // What was decided on the older release once more holds it again, and the line goes on.
    _ = try remove([1], of: 1)
    _ = try remove([3], of: 2)
    #expect(try clean(2, file: "h1.csv") == ["2.jpg,b"])
  }

  @Test func `is one that a cleaning took`() throws {
    try publish(1, [(1, "a"), (2, "b")])
    try publish(2, [(2, "b")], parent: 1)
    let removal = try remove([1], of: 1)
    #expect(try clean(2, file: "h2.csv") == ["2.jpg,b"])
    let ground = try place.upheld(removal)
    #expect(throws: WorkflowFailure.self) {
      try place.session().reinstate(
        name(3), removals: [], grounds: [ground], rows: [place.row(1)])
    }
  }
  @Test func `is taken back once on a line, on whichever release that was decided`() throws {
    try publish(1, [(1, "a"), (2, "b")])
    let removal = try remove([1], of: 1)
    _ = try clean(1, file: "h1.csv")
    try reinstate([1], on: 2, of: [removal])
    let ground = try place.upheld(removal)
    for isBack in [false, true] {
      if isBack { #expect(try clean(2, file: "h1.csv") == ["1.jpg,a", "2.jpg,b"]) }
      for version in [1, 2] {
        #expect(throws: WorkflowFailure.self, "\(version)") {
          try place.session().reinstate(
            name(version), removals: [], grounds: [ground], rows: [place.row(1)])
        }
      }
    }
    // The line goes on.
    _ = try remove([2], of: 3)
    #expect(try clean(3, file: "h1.csv") == ["1.jpg,a"])
  }
}
