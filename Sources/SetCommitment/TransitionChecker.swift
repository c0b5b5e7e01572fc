internal import LedgerCrypto

/// Follows a witness and the lists in one pass, in the order of keys.
///
/// The set before is folded along the path of opened nodes. The set after is folded from its parts by
/// a ``PrefixStack``: every subtree that no listed key touches, every changed and every added leaf.
/// The tree of a set depends only on its keys, and an opaque part stays below the node that it was
/// below, since a node of which one side is gone must not hide the other: so this gives the same tree
/// as removing, changing and inserting one by one, and a subtree in both sets is hashed once.
struct TransitionChecker {
  /// A finished side of a node.
  private struct Side {
    /// Its own prefix, or that of its place when it is opaque.
    let low: Digest
    /// Whether no listed key lies in it: then it is one part of the set after.
    var unchanged = true
    /// Whether all its keys were removed.
    var gone = false
    /// Whether it is hidden.
    var opaque = false
  }

  private var witness: WitnessBytes
  private var names: TransitionMerge
  private var path = WitnessPath<Side>()
  /// The first so many nodes of the path hold a listed key: their parts go to the set after.
  private var touched = 0
  private var after = PrefixStack<SubtreePart>()
  private var rowsAfter: UInt64 = 0
  private var removedRows: UInt64 = 0
  private var addedRows: UInt64 = 0

  init(_ witness: consuming WitnessBytes, _ names: TransitionMerge) {
    self.witness = witness
    self.names = names
  }

  mutating func run() throws(TransitionRefusal) -> Transition {
    while true {
      var done: (part: SubtreePart, side: Side)
      switch try next() {
      case .empty:
        done = (SubtreePart(rows: 0, hash: SetHash.empty), Side(low: .zero, unchanged: false))
      case .leaf(let entry): done = try leaf(entry)
      case .opaque(let rows, let hash): done = try opaque(SubtreePart(rows: rows, hash: hash))
      case .node(let bit, let prefix):
        try takeGap(below: prefix)
        path.open(bit: bit, prefix: prefix)
        continue
      }
      while let frame = path.frames.last, let left = frame.left {
        done = try close(frame.prefix, frame.bit, left: left.extra, right: done)
      }
      if path.frames.isEmpty { return try finish(done.part, done.side) }
      if path.frames.count <= touched, done.side.unchanged { try add(done.side.low, done.part) }
      path.keepLeft(done.part, done.side)
    }
  }

  private mutating func next() throws(TransitionRefusal) -> WitnessPart {
    do throws(WitnessFailure) {
      return try path.next(&witness, kind: .release)
    } catch {
      throw .witness(error)
    }
  }

  private mutating func leaf(
    _ entry: SetEntry
  ) throws(TransitionRefusal) -> (part: SubtreePart, side: Side) {
    try takeGap(below: entry.key)
    var side = Side(low: entry.key)
    if names.key == entry.key {
      try touch()
      side.unchanged = false
      switch names.named {
      case .removed:
        // The nodes above, which add up all rows, are not finished yet.
        let (sum, overflows) = removedRows.addingReportingOverflow(entry.rows)
        if overflows { throw .witness(.rowsOverflow) }
        removedRows = sum
        side.gone = true
      case .changed(let new):
        if new == entry { throw .changedAlike(entry.key) }
        try add(new)
      case .added: throw .addedPresent(entry.key)
      case nil: break
      }
      try names.advance()
    }
    return (SubtreePart(rows: entry.rows, hash: SetHash.leaf(entry)), side)
  }

  private mutating func opaque(
    _ part: SubtreePart
  ) throws(TransitionRefusal) -> (part: SubtreePart, side: Side) {
    let place = path.place
    try takeGap(below: place.low)
    if let key = names.key, key <= place.high { throw .witness(.undecided(key)) }
    return (part, Side(low: place.low, opaque: true))
  }

  /// Finishes the last node of the path with its right side.
  private mutating func close(
    _ prefix: Digest, _ bit: Int, left: Side, right: (part: SubtreePart, side: Side)
  ) throws(TransitionRefusal) -> (part: SubtreePart, side: Side) {
    if (left.gone && right.side.opaque) || (right.side.gone && left.opaque) {
      throw .movedSideHidden(prefix)
    }
    // Keys that remain below this prefix lie after its last part: they touch the node too.
    let hasGap = names.key.map { $0.extends(prefix, bit) } ?? false
    if hasGap { try touch() }
    let isTouched = path.frames.count <= touched
    if isTouched, right.side.unchanged { try add(right.side.low, right.part) }
    if hasGap {
      while let key = names.key, key.extends(prefix, bit) { try takeAbsent() }
    }
    let part: SubtreePart
    do throws(WitnessFailure) {
      part = try path.close(right: right.part)
    } catch {
      throw .witness(error)
    }
    touched = min(touched, path.frames.count)
    return (
      part, Side(low: prefix, unchanged: !isTouched, gone: left.gone && right.side.gone)
    )
  }

  private mutating func finish(
    _ top: SubtreePart, _ side: Side
  ) throws(TransitionRefusal) -> Transition {
    do throws(WitnessFailure) {
      try witness.finish()
    } catch {
      throw .witness(error)
    }
    if side.unchanged { try add(side.low, top) }
    while names.key != nil { try takeAbsent() }
    var none: Void = ()
    let topAfter = after.finish(into: &none, combine: SubtreePart.combine)?.hash ?? SetHash.empty
    return Transition(
      rootBefore: SetHash.root(.release, count: top.rows, top: top.hash), rowsBefore: top.rows,
      rootAfter: SetHash.root(.release, count: rowsAfter, top: topAfter), rowsAfter: rowsAfter,
      removedKeys: names.counts.removed, changedKeys: names.counts.changed,
      addedKeys: names.counts.added, removedRows: removedRows, addedRows: addedRows)
  }

  /// Takes the keys below `low` that no part has taken: the opened nodes show that none is there.
  private mutating func takeGap(below low: Digest) throws(TransitionRefusal) {
    guard let key = names.key, key < low else { return }
    try touch()
    while let key = names.key, key < low { try takeAbsent() }
  }

  private mutating func takeAbsent() throws(TransitionRefusal) {
    switch names.named {
    case .removed(let key): throw .removedAbsent(key)
    case .changed(let entry): throw .changedAbsent(entry.key)
    case .added(let entry):
      addedRows &+= entry.rows  // add(_:) refuses the sum that would wrap
      try add(entry)
    case nil: break
    }
    try names.advance()
  }

  /// Gives the set after the finished left sides that were held back while nothing touched them.
  private mutating func touch() throws(TransitionRefusal) {
    while touched < path.frames.count {
      let frame = path.frames[touched]
      if let left = frame.left, left.extra.unchanged { try add(left.extra.low, left.part) }
      touched += 1
    }
  }

  private mutating func add(_ entry: SetEntry) throws(TransitionRefusal) {
    try add(entry.key, SubtreePart(rows: entry.rows, hash: SetHash.leaf(entry)))
  }

  private mutating func add(_ key: Digest, _ part: SubtreePart) throws(TransitionRefusal) {
    let (sum, overflows) = rowsAfter.addingReportingOverflow(part.rows)
    if overflows { throw .rowsOverflow }
    rowsAfter = sum
    var none: Void = ()
    after.push(key, part, into: &none, combine: SubtreePart.combine)
  }
}
