package import LedgerCrypto

/// Takes the row digests of one key in ascending order and gives D, in constant memory.
///
/// D is the digest itself for one row, else H(15 ‖ d1 ‖ … ‖ dn), duplicates kept.
package struct RowValue: Sendable {
  private static let started: SHA256 = {
    var hasher = SHA256()
    hasher.update([0x15])
    return hasher
  }()

  private var hasher = SHA256()
  private var last = Digest.zero

  /// How many digests were taken.
  package private(set) var rows: UInt64 = 0

  /// Starts a key without rows.
  package init() {}

  /// Takes the next row digest.
  ///
  /// - Throws: ``SetBuildError/digestsNotAscending(_:)`` when it is below the one before.
  package mutating func push(_ digest: Digest) throws(SetBuildError) {
    switch rows {
    case 0: break
    case UInt64.max: throw .rowsOverflow
    default:
      if digest < last { throw .digestsNotAscending(digest) }
      if rows == 1 {
        hasher = Self.started
        hasher.update(last)
      }
      hasher.update(digest)
    }
    last = digest
    rows += 1
  }

  /// D of the digests taken, or `nil` when there were none.
  package var value: Digest? {
    switch rows {
    case 0: nil
    case 1: last
    default: hasher.digest()
    }
  }
}

extension SetHash {
  /// D of a key's row digests, which must be ascending (duplicates kept) and at least one.
  package static func rowValue(digests: [Digest]) throws(SetBuildError) -> Digest {
    var value = RowValue()
    for digest in digests { try value.push(digest) }
    guard let value = value.value else { throw .keyWithoutRows }
    return value
  }
}
