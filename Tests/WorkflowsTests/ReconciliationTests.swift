import Files
import LedgerCrypto
import Provenance
import Testing
import Workflows

/// Overlaps and unions are of the rows that matched, not of all rows that their keys have.
@Suite struct `A reconciliation` {
  /// What lists found in a release whose first key has two rows, by a column of MD5s.
  private func reconciled(_ lists: [[String]]) throws -> Reconciliation {
    let place = try Place()
    let rows = [("a", "one"), ("a", "two"), ("b", "three"), ("c", "four")]
    let hash = { (text: String) in
      Array(LegacyHash.paddedMD5(Array(text.utf8).span).bytes.prefix(16)).hex
    }
    let file = try place.put(
      "URL,md5\n" + rows.map { "https://example.org/\($0),\(hash($1))\n" }.joined(), "r.csv")
    let session = try place.session()
    _ = try session.publishRelease(Place.release, files: [file])
    _ = try session.grant(.matcher, to: ActorName("publisher")!)
    for (number, list) in lists.enumerated() {
      let name = VersionedName("list@\(number)")!
      let file = try place.put(list.map { hash($0) + "\n" }.joined(), "list-\(number).txt")
      _ = try place.session().addHashList(
        name, file: file, algorithm: .md5, of: .image, issuer: ActorName("publisher")!, asOf: nil)
      _ = try place.session().match(
        Place.release, list: name, file: file, column: nil, hashesAsOf: nil)
    }
    return try place.session().reconcile(Place.release)
  }

  @Test func `counts the rows that two lists share`() throws {
    let result = try reconciled([["three", "four"], ["three"]])
    #expect(result.sum == 3)
    #expect(result.overlap == 1)
    #expect(result.union == Tally(keys: 2, rows: 2))
  }

  @Test func `counts all rows of a key where all of them matched`() throws {
    let result = try reconciled([["one", "two"], ["one", "two", "three"]])
    #expect(result.sum == 5)
    #expect(result.overlap == 2)
    #expect(result.union == Tally(keys: 2, rows: 3))
  }

  @Test func `tells the rows of one key apart`() throws {
    for (lists, overlap, rows) in [
      ([["one"], ["one"]], 1, 1), ([["one"], ["two"]], 0, 2), ([["one", "two"], ["one"]], 1, 2),
      ([["one"], ["one", "two"]], 1, 2), ([["one"], ["one", "three"]], 1, 2),
      ([["one"], ["two"], ["one", "two"]], 2, 2), ([["one"], ["two"], ["one"]], 1, 2),
    ] as [([[String]], UInt64, UInt64)] {
      let result = try reconciled(lists)
      #expect(result.overlap == overlap, "\(lists)")
      #expect(result.union?.rows == rows, "\(lists)")
    }
  }

  @Test func `adds up what lists found apart, whatever rows their keys have`() throws {
    let result = try reconciled([["one"], ["three"]])
    #expect(result.overlap == 0)
    #expect(result.union == Tally(keys: 2, rows: 2))
  }
}
