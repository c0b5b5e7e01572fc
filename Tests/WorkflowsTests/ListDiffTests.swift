import Files
import LedgerCrypto
import LedgerStore
import Provenance
import SetCommitment
import Testing

@testable import Workflows

/// Which removals lost their ground when a list changed.
@Suite struct `A list that changed` {
  let place: Place
  static let older = VersionedName("hot@1")!
  static let newer = VersionedName("hot@2")!
  static let other = VersionedName("cold@1")!

  init() throws {
    place = try Place()
    _ = try place.publish()
    _ = try place.session().grant(.matcher, to: ActorName("publisher")!)
  }

  /// Registers a list of rows and matches the release with it; gives the match's sequence.
  @discardableResult private func match(
    _ list: VersionedName, _ rows: some Sequence<Int>, nonce: [UInt8]? = nil
  ) throws -> UInt64 {
    if try place.session().view().state.catalog.lists[list] == nil {
      _ = try place.addList(rows, list)
    }
    return try #require(try place.match(list).recorded.last).receipt.sequence
  }

  private func diff(
    _ from: VersionedName = older, _ to: VersionedName = newer
  ) throws -> ListDiff {
    try ListDiff(
      from: from, ListFile("\(place.path)/\(from).txt"), to: to,
      ListFile("\(place.path)/\(to).txt"), place.session().shelf())
  }

  private func lost(_ diff: ListDiff) -> [UInt64] {
    diff.releases.flatMap(\.grounds).map(\.lost.rows)
  }

  @Test func `is counted by its hashes`() throws {
    try match(Self.older, 0..<5)
    try match(Self.newer, 3..<10)
    let diff = try diff()
    #expect([diff.added, diff.dropped, diff.kept] == [5, 3, 2])
    #expect([diff.older.hashes, diff.newer.hashes] == [5, 7])
    #expect(diff.releases.count == 1 && lost(diff) == [] && diff.missing == [])
  }

  @Test func `leaves what it dropped without ground, and nothing else`() throws {
    try match(Self.older, 0..<5)
    _ = try place.remove()
    try match(Self.newer, 3..<10)
    let diff = try diff()
    #expect(lost(diff) == [3])
    #expect(diff.releases[0].grounds[0].removed == Tally(keys: 5, rows: 5))
    #expect(diff.unmatched == [])
    // The other way round nothing rests on it.
    #expect(lost(try self.diff(Self.newer, Self.older)) == [])
  }

  @Test func `leaves no ground to what other sources do not hold`() throws {
    let first = try match(Self.older, 0..<5)
    let second = try match(Self.other, 1..<3)
    _ = try place.remove(matches: [first, second])
    _ = try place.remove(.rights, matches: [first])
    try match(Self.newer, 4..<5)
    #expect(lost(try diff()) == [2, 4])
  }

  @Test func `speaks of no removal that rests on others alone`() throws {
    try match(Self.older, 0..<5)
    let second = try match(Self.other, 0..<3)
    _ = try place.remove(matches: [second])
    try match(Self.newer, 9..<10)
    let diff = try diff()
    #expect(diff.releases[0].grounds.isEmpty)
  }

  @Test func `is compared by its newest match`() throws {
    let first = try match(Self.older, 0..<5)
    _ = try place.remove(matches: [first])
    try match(Self.newer, 0..<2)
    let again = try match(Self.newer, 0..<2)
    let diff = try diff()
    #expect(diff.releases[0].pairs.map(\.newer) == [again] && lost(diff) == [3])
  }

  @Test func `says nothing of a release that was not matched with it`() throws {
    try match(Self.older, 0..<5)
    #expect(try diffOfUnmatched().unmatched == [])
    _ = try place.remove()
    let diff = try diffOfUnmatched()
    #expect(diff.releases.isEmpty && diff.unmatched == [Place.release])
  }

  private func diffOfUnmatched() throws -> ListDiff {
    if try place.session().view().state.catalog.lists[Self.newer] == nil {
      _ = try place.addList(0..<2, Self.newer)
    }
    return try diff()
  }

  @Test func `does not take back what was taken back`() throws {
    try match(Self.older, 0..<5)
    let removal = try place.sequence(try place.remove())
    try match(Self.newer, 3..<10)
    #expect(lost(try diff()) == [3])
    _ = try place.clean()
    let ground = try place.upheld(removal)
    let row = HeldRow(json: Array("{\"URL\":\"\(Place.url(0))\"}".utf8), secret: nil)
    _ = try place.session().reinstate(
      Place.cleaned, removals: [removal], grounds: [ground], rows: [row])
    #expect(lost(try diff()) == [2])
  }

  @Test func `names what is not here, and counts nothing for it`() throws {
    try match(Self.older, 0..<5)
    _ = try place.remove()
    let sequence = try match(Self.newer, 3..<10)
    let event = try place.session().event(sequence)
    let attachment = try #require(event.statement.attachments.first?.reference)
    let secret =
      "\(place.directory.secrets)/\(SecretDirectory.attachmentName(attachment.sha256))"
    try Directory.move(secret, to: "\(place.path)/kept")
    let diff = try diff()
    #expect(diff.missing == [.members(sequence)] && lost(diff) == [])
    try Directory.move("\(place.path)/kept", to: secret)
    let index = place.directory.index(of: Place.release)
    try Directory.move(index, to: "\(place.path)/kept")
    #expect(try self.diff().missing == [.index(Place.release)])
  }

  @Test func `is not compared with another file, list or kind of list`() throws {
    try match(Self.older, 0..<5)
    try match(Self.newer, 3..<10)
    let shelf = try place.session().shelf()
    let file = { (list: VersionedName) in ListFile("\(place.path)/\(list).txt") }
    #expect {
      _ = try ListDiff(
        from: Self.older, file(Self.newer), to: Self.newer, file(Self.newer), shelf)
    } throws: {
      if case WorkflowFailure.listDiffers(Self.older) = $0 { true } else { false }
    }
    #expect {
      _ = try ListDiff(
        from: Self.older, file(Self.older), to: Self.other, file(Self.newer), shelf)
    } throws: {
      if case WorkflowFailure.listUnknown(Self.other) = $0 { true } else { false }
    }
    for (algorithm, subject) in [(.md5, .image), (.sha1, .url)] as [(HashAlgorithm, HashedThing)] {
      let list = VersionedName("\(algorithm.rawValue)-\(subject.rawValue)@1")!
      let digits = String(repeating: "1f", count: algorithm == .md5 ? 16 : 20)
      let path = try place.put(digits + "\n", "\(list).txt")
      _ = try place.session().addHashList(
        list, file: path, algorithm: algorithm, of: subject, issuer: ActorName("publisher")!,
        asOf: nil)
      #expect {
        _ = try ListDiff(from: Self.older, file(Self.older), to: list, ListFile(path), shelf)
      } throws: {
        if case WorkflowFailure.listUnknown(list) = $0 { true } else { false }
      }
      #expect {
        _ = try ListDiff(
          from: Self.older, file(Self.older), to: list, ListFile(path),
          place.session().shelf())
      } throws: {
        if case WorkflowFailure.listsUnlike(Self.older, list) = $0 { true } else { false }
      }
    }
  }

  @Test func `gives its rows to who may read them, as they were asked of the files`() throws {
    try match(Self.older, 0..<5)
    let removal = try place.sequence(try place.remove())
    try match(Self.newer, 3..<10)
    let shelf = try place.session().shelf()
    let path = "\(place.path)/lost.jsonl"
    #expect(try diff().writeRows(to: OutputTarget(path), shelf) == 3)
    let lines = try String(decoding: OpenFile.readAll(path, maxBytes: 1 << 20), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    let expected = (0..<3).map {
      #"{"URL":"\#(Place.url($0))","winnow":{"release":"pets@1","removals":[\#(removal)]}}"#
    }
    #expect(lines.sorted() == expected)
    try place.put("URL,TEXT\n", "rows/0.csv")
    #expect(throws: (any Error).self) {
      try diff().writeRows(to: OutputTarget("\(place.path)/more.jsonl"), shelf)
    }
    #expect(!Directory.holds("\(place.path)/more.jsonl"))
  }
}
