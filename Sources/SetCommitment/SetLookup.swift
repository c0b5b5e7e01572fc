package import LedgerCrypto

/// What a witness shows about one key of a set.
package enum SetLookup: Hashable, Sendable {
  /// The set holds the key, with this n and D.
  case present(rows: UInt64, value: Digest)
  /// The set does not hold the key.
  case absent
  /// The witness shows nothing.
  case failed(WitnessFailure)

  /// Looks `key` up in `witness`, which must be of the set with this `root` and `kind`.
  ///
  /// The whole witness is read and its root recomputed before anything is said. Cost: two SHA-256
  /// blocks for each opened part; memory: a path of at most 256 nodes.
  package static func check(
    _ witness: [UInt8], root: Digest, kind: SetKind, key: Digest
  ) -> SetLookup {
    do throws(WitnessFailure) {
      var bytes = WitnessBytes(witness)
      let (found, rows, top) = try read(&bytes, kind: kind, key: key)
      let computed = SetHash.root(kind, count: rows, top: top)
      return computed == root ? found : .failed(.rootDiffers(computed))
    } catch {
      return .failed(error)
    }
  }

  /// Reads a witness for its root alone: what it opens is checked, and nothing is looked up.
  ///
  /// - Throws: ``WitnessFailure`` for bytes that are not a witness of a set of `kind`.
  package static func root(
    of bytes: consuming WitnessBytes, kind: SetKind
  ) throws(WitnessFailure) -> (root: Digest, rows: UInt64) {
    let (_, rows, top) = try read(&bytes, kind: kind, key: .zero)
    return (SetHash.root(kind, count: rows, top: top), rows)
  }

  private static func read(
    _ bytes: inout WitnessBytes, kind: SetKind, key: Digest
  ) throws(WitnessFailure) -> (found: SetLookup, rows: UInt64, top: Digest) {
    var path = WitnessPath<Void>()
    var found = SetLookup.absent
    while true {
      var done: SubtreePart
      let place = path.place
      let leadsHere = place.low <= key && key <= place.high
      switch try path.next(&bytes, kind: kind) {
      case .empty:
        done = SubtreePart(rows: 0, hash: SetHash.empty)
      case .leaf(let entry):
        if entry.key == key { found = .present(rows: entry.rows, value: entry.value) }
        done = SubtreePart(rows: entry.rows, hash: SetHash.leaf(entry))
      case .node(let bit, let prefix):
        // A node whose prefix the key leaves decides absence: neither side's place holds the key.
        path.open(bit: bit, prefix: prefix)
        continue
      case .opaque(let rows, let hash):
        if leadsHere { found = .failed(.undecided(key)) }
        done = SubtreePart(rows: rows, hash: hash)
      }
      while let frame = path.frames.last, frame.left != nil {
        done = try path.close(right: done)
      }
      if path.frames.isEmpty {
        try bytes.finish()
        return (found, done.rows, done.hash)
      }
      path.keepLeft(done, ())
    }
  }
}
