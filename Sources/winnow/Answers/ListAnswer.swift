internal import CanonicalJSON
internal import Datasets
internal import LedgerCrypto
internal import Provenance

/// What `hashlist add` says of a list's file.
extension ListCounts {
  var json: JSON {
    [
      "read": JSON(read), "repeated": JSON(repeated), "withoutHash": JSON(withoutHash),
      "ofNothing": JSON(ofNothing), "belowQuality": JSON(belowQuality), "deleted": JSON(deleted),
      "disputed": JSON(disputed),
    ]
  }

  func lines(_ algorithm: HashAlgorithm) -> [String] {
    var lines: [String] = []
    func say(_ count: UInt64, _ one: String, _ many: String) {
      if count > 0 { lines.append("\(count.grouped) \(count == 1 ? one : many).") }
    }
    let name = algorithm.rawValue
    say(withoutHash, "entry has no \(name)", "entries have no \(name)")
    say(
      ofNothing, "entry is the hash of an empty file or of zeros, and is never matched",
      "entries are the hash of an empty file or of zeros, and are never matched")
    say(
      belowQuality, "entry has a quality below \(Self.leastQuality), and is never matched",
      "entries have a quality below \(Self.leastQuality), and are never matched")
    say(repeated, "entry repeats a hash", "entries repeat a hash")
    say(deleted, "entry was deleted", "entries were deleted")
    say(disputed, "entry is disputed by members", "entries are disputed by members")
    say(comments, "comment was skipped", "comments were skipped")
    say(headers, "header line was skipped", "header lines were skipped")
    return lines
  }
}
