internal import LedgerCrypto

/// The opened nodes above the part of a witness that is being read: at most 256.
///
/// Refuses every part that stands where its prefix does not belong, so that what lies below an
/// opened node is known to extend that node's prefix on the right side. `Extra` is what the reader
/// remembers of a finished left side.
struct WitnessPath<Extra> {
  /// An opened node whose right side is not finished.
  struct Frame {
    let prefix: Digest
    let bit: Int
    /// The finished left side, or `nil` while it is being read.
    var left: (part: SubtreePart, extra: Extra)?

    /// The lowest key of the side that is being read.
    var low: Digest { left == nil ? prefix : prefix.setting(bit) }
  }

  private(set) var frames: [Frame] = []

  init() {
    frames.reserveCapacity(64)
  }

  /// The lowest and the highest key of the place to be filled next.
  var place: (low: Digest, high: Digest) {
    guard let above = frames.last else { return (.zero, Digest.zero.filled(0)) }
    return (above.low, above.low.filled(above.bit + 1))
  }

  /// Reads the next part, and refuses one that the kind of set forbids or that does not belong in
  /// the next place.
  func next(_ bytes: inout WitnessBytes, kind: SetKind) throws(WitnessFailure) -> WitnessPart {
    let part = try bytes.next()
    switch part {
    case .empty:
      guard frames.isEmpty else { throw .emptyBelowNode }
    case .leaf(let entry):
      if entry.rows == 0 { throw .withoutRows }
      guard entry.isWellFormed(in: kind) else { throw .leafMalformed(entry) }
      try check(entry.key, bit: 256)
    case .node(let bit, let prefix):
      guard prefix == prefix.prefix(bit) else { throw .prefixTooLong(prefix) }
      try check(prefix, bit: bit)
    case .opaque(let rows, _):
      if rows == 0 { throw .withoutRows }
    }
    return part
  }

  private func check(_ prefix: Digest, bit: Int) throws(WitnessFailure) {
    guard let above = frames.last else { return }
    if bit <= above.bit { throw .bitDoesNotIncrease(bit) }
    guard prefix.extends(above.low, above.bit + 1) else { throw .misplaced(prefix) }
  }

  /// Opens a node that ``next(_:kind:)`` read.
  mutating func open(bit: Int, prefix: Digest) {
    frames.append(Frame(prefix: prefix, bit: bit))
  }

  /// Keeps the finished left side of the last node.
  mutating func keepLeft(_ part: SubtreePart, _ extra: Extra) {
    frames[frames.count - 1].left = (part, extra)
  }

  /// Finishes the last node, whose left side is kept, with its right side.
  mutating func close(right: SubtreePart) throws(WitnessFailure) -> SubtreePart {
    guard let frame = frames.popLast(), let left = frame.left?.part else { return right }
    let (rows, overflows) = left.rows.addingReportingOverflow(right.rows)
    if overflows { throw .rowsOverflow }
    let hash = SetHash.node(
      bit: frame.bit, prefix: frame.prefix, rowsLeft: left.rows, rowsRight: right.rows,
      left: left.hash, right: right.hash)
    return SubtreePart(rows: rows, hash: hash)
  }
}
