internal import LedgerCrypto
internal import Provenance
internal import SetCommitment

/// How many rows some keys of a release have, by its index.
struct RowCount {
  private let release: ReleaseRecord
  private(set) var rows: UInt64 = 0

  init(of release: ReleaseRecord) { self.release = release }

  /// Counts the rows of one more key.
  ///
  /// - Throws: ``WorkflowFailure/indexDiffers(_:)`` past the rows that the release has: only a damaged
  /// index says so.
  mutating func add(_ entry: SetEntry) throws(WorkflowFailure) {
    let (sum, overflows) = rows.addingReportingOverflow(entry.rows)
    guard !overflows, sum <= release.publication.tally.rows else {
      throw .indexDiffers(release.publication.release)
    }
    rows = sum
  }
}

extension SetSource {
  /// What the set has of a key.
  func entry(of key: Digest) throws -> SetEntry? {
    let place = try lowerBound(key)
    guard place < count, let entry = try entries(place..<place + 1).first, entry.key == key else {
      return nil
    }
    return entry
  }

  /// Whether a key is in the set.
  func holds(_ key: Digest) throws -> Bool { try entry(of: key) != nil }
}
