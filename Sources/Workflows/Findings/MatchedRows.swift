internal import LedgerCrypto
internal import Rows
internal import SetCommitment

/// Rows of a release that one or several lists found.
struct MatchedRows {
  /// Keys of which some row was found.
  private(set) var keys: EntrySet
  /// Of keys of which not all rows may have been found, how often a row with each digest was.
  private var parts: [Digest: [Digest: UInt64]] = [:]

  init(_ found: FoundMembers) {
    keys = found.keys
    for row in found.parts { parts[row.key, default: [:]][row.digest, default: 0] += 1 }
  }

  /// Adds what another list found, each row once.
  ///
  /// Rows of one key and content are alike: a list finds all of them, or none.
  mutating func unite(with other: MatchedRows) {
    for key in parts.keys where other.keys.contains(key) && other.parts[key] == nil {
      parts[key] = nil
    }
    for (key, rows) in other.parts {
      if let own = parts[key] {
        parts[key] = own.merging(rows, uniquingKeysWith: max)
      } else if !keys.contains(key) {
        parts[key] = rows
      }
    }
    keys = keys.union(other.keys)
  }

  /// How many rows these are, where `all` is how many their keys have and `rows` how many one has.
  func count(all: UInt64, rows: (Digest) throws -> UInt64?) rethrows -> UInt64? {
    var count = all
    for (key, found) in parts {
      let sum = found.values.reduce(0, +)
      guard let there = try rows(key), sum <= there else { return nil }
      count -= there - sum
    }
    return count
  }
}
