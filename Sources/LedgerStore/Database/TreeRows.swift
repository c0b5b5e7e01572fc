internal import GRDB
internal import LedgerCrypto
internal import TransparencyLog

/// The rows of tree hashes.
enum TreeRows {
  /// The stored hashes at `positions`, in that order.
  ///
  /// Those that `known` has are not read again, and those read are kept there.
  static func read(
    _ db: Database, _ positions: [UInt64], _ known: KnownHashes? = nil
  ) throws -> [Digest] {
    let statement = try db.cachedStatement(sql: "SELECT hash FROM tree_hash WHERE position = ?")
    var hashes: [Digest] = []
    hashes.reserveCapacity(positions.count)
    for position in positions {
      if let hash = known?[position] {
        hashes.append(hash)
        continue
      }
      guard let hash = try Row.fetchOne(statement, arguments: [position.stored])?.digest(0) else {
        throw LedgerFailure.damaged("tree hash \(position)")
      }
      hashes.append(hash)
      known?.keep(position, hash)
    }
    return hashes
  }

  /// The right edge of the tree of `size` leaves.
  static func frontier(_ db: Database, size: UInt64) throws -> TreeFrontier {
    let size = try treeSize(size)
    return try reading { try TreeFrontier(size: size) { try read(db, $0) } }
  }

  /// The size as the log's formats have it.
  static func treeSize(_ size: UInt64) throws -> TreeSize {
    guard let size = TreeSize(size) else { throw LedgerFailure.damaged("size \(size)") }
    return size
  }

  /// Unwraps what a reader of stored hashes threw.
  static func reading<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as TreeReadError<any Error> {
      if case .reading(let inner) = error { throw inner }
      throw LedgerFailure.damaged(error.description)
    }
  }
}
