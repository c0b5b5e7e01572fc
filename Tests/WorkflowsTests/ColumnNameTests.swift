import LedgerCrypto
import Provenance
import Testing
import Workflows

/// Names that are one in Unicode's normal forms and two in bytes.
@Suite struct `Two columns that look alike` {
  private static let (one, two) = ("caf\u{e9}", "cafe\u{301}")
  let place: Place

  init() throws { place = try Place() }

  @Test func `are matched each by its own name`() throws {
    let file = try place.put("\(Self.one),\(Self.two),URL\nx,y,https://example.org/1\n", "c.csv")
    _ = try place.session().publishRelease(Place.release, files: [file])
    for (column, text) in [(Self.one, "x"), (Self.two, "y")] {
      let list = VersionedName("list-\(text)@1")!
      let hash = Array(LegacyHash.paddedMD5(Array(text.utf8).span).bytes.prefix(16)).hex
      let path = try place.put(hash + "\n", "\(list).txt")
      _ = try place.session().addHashList(
        list, file: path, algorithm: .md5, of: .url, issuer: ActorName("publisher"), asOf: nil)
      let match = try place.session().match(
        Place.release, list: list, file: path, column: column, hashesAsOf: nil
      ).answer
      #expect(match.matched.rows == 1, "\(text)")
      #expect(Array(match.column.utf8) == Array(column.utf8), "\(text)")
    }
  }
}
