internal import GRDB
package import LedgerCrypto
internal import Provenance
package import TransparencyLog

extension Ledger {
  /// The size and root of the tree over the first `size` entries, by default over all.
  ///
  /// - Throws: ``LedgerFailure/outsideLog(_:size:)`` for a size that the log has not reached.
  package func treeHead(size: UInt64? = nil) throws -> TreeHead {
    try reading { db, snapshot in
      guard let size, size != snapshot.state.size else { return snapshot.frontier.head }
      return try Self.treeHead(db, size: size, of: snapshot)
    }
  }

  static func treeHead(_ db: Database, size: UInt64, of snapshot: Snapshot) throws -> TreeHead {
    let treeSize = try within(size, snapshot)
    let root = try TreeRows.reading {
      try TreeProof.root(size: treeSize) { try TreeRows.read(db, $0) }
    }
    return TreeHead(size: treeSize, root: root)
  }

  /// The proof that the entry at `sequence` is in the tree of `size` entries.
  package func inclusionProof(sequence: UInt64, size: UInt64) throws -> InclusionProof {
    if let proof = try knownInclusionProof(sequence: sequence, size: size) { return proof }
    return try reading { db, snapshot in
      let treeSize = try Self.within(size, snapshot)
      guard sequence < size else { throw LedgerFailure.outsideLog(sequence, size: size) }
      return try TreeRows.reading {
        try TreeProof.inclusionProof(leaf: sequence, size: treeSize) {
          try TreeRows.read(db, $0, memory.hashes)
        }
      }
    }
  }

  /// The proof out of hashes that were read before, without a look at the file; `nil` when one is not
  /// among them.
  private func knownInclusionProof(sequence: UInt64, size: UInt64) throws -> InclusionProof? {
    guard let snapshot = memory.snapshot, sequence < size, size <= snapshot.state.size,
      let treeSize = TreeSize(size)
    else { return nil }
    var isKnown = true
    let proof = try TreeRows.reading {
      try TreeProof.inclusionProof(leaf: sequence, size: treeSize) { positions in
        if let hashes = memory.hashes.all(positions) { return hashes }
        isKnown = false
        return positions.map { _ in Digest.zero }
      }
    }
    return isKnown ? proof : nil
  }

  /// The proof that the tree of `size` entries begins with the tree of `older` entries.
  package func consistencyProof(from older: UInt64, to size: UInt64) throws -> ConsistencyProof {
    try reading { db, snapshot in
      let from = try Self.within(older, snapshot)
      let to = try Self.within(size, snapshot)
      guard older <= size else { throw LedgerFailure.outsideLog(older, size: size) }
      return try TreeRows.reading {
        try TreeProof.consistencyProof(from: from, to: to) { try TreeRows.read(db, $0) }
      }
    }
  }

  /// The stored hashes at the dense places asked for, in that order: a `HashReader`, as for tiles.
  package func treeHashes(at positions: [UInt64]) throws -> [Digest] {
    try storing { try database.read { try TreeRows.read($0, positions) } }
  }

  private static func within(_ size: UInt64, _ snapshot: Snapshot) throws -> TreeSize {
    guard size <= snapshot.state.size, let treeSize = TreeSize(size) else {
      throw LedgerFailure.outsideLog(size, size: snapshot.state.size)
    }
    return treeSize
  }
}
