internal import LedgerCrypto

/// Derives the index of a release from its parent's records, of which some go and to which others are
/// added, and makes the parent's own hash in the same fold.
///
/// A node below which nothing changes is hashed once for both: two hashes a record and few more.
package struct SetDerivation: Sendable {
  /// What becomes of a record.
  package enum Change: Sendable {
    /// Both have it.
    case kept
    /// The parent alone has it.
    case removed
    /// The derived release alone has it.
    case added
  }

  /// One subtree of both: nothing of it is left of a set that has none of its keys.
  ///
  /// Small enough to be moved without a call: the parent's side, where it is another, lies in
  /// ``Sides``.
  private struct Both {
    var derived: IndexPart?
    let isSame: Bool
  }

  private struct Sides {
    var output: IndexOutput
    /// The parent's side of each subtree on the stack that differs, in their order.
    var parents: [SubtreePart?] = []

    /// The parent's side of the last subtree that has not been taken.
    mutating func takeParent(of both: Both) -> SubtreePart? {
      guard both.isSame else { return parents.removeLast() }
      return both.derived.map { SubtreePart(rows: $0.rows, hash: $0.hash) }
    }
  }

  private var stack = PrefixStack<Both>()
  private var sides: Sides
  private var lastKey: Digest?
  private var count = 0
  private var parentKeys: UInt64 = 0
  private var parentRows: UInt64 = 0
  private var rows: UInt64 = 0

  /// Starts without records; `blockSize` is at least 1 and decides only what is stored.
  package init(blockSize: Int = SetIndexLayout.blockSize) {
    sides = Sides(output: IndexOutput(blockSize: max(1, blockSize)))
  }

  /// Takes the next record; keys ascend whatever becomes of them, and a key comes once.
  ///
  /// - Throws: ``SetBuildError``; nothing is then taken.
  package mutating func push(_ entry: SetEntry, _ change: Change) throws(SetBuildError) {
    guard entry.isWellFormed(in: .release) else { throw .entryMalformed(entry) }
    if let lastKey, entry.key <= lastKey { throw .keysNotAscending(entry.key) }
    let before = parentRows.addingReportingOverflow(change == .added ? 0 : entry.rows)
    let after = rows.addingReportingOverflow(change == .removed ? 0 : entry.rows)
    if before.overflow || after.overflow { throw .rowsOverflow }
    (parentRows, rows) = (before.partialValue, after.partialValue)
    lastKey = entry.key
    let hash = SetHash.leaf(entry)
    var derived: IndexPart?
    if change != .removed {
      derived = IndexPart(key: entry.key, rows: entry.rows, hash: hash, first: count, count: 1)
      count += 1
    }
    if change != .added { parentKeys += 1 }
    stack.push(
      entry.key, Both(derived: derived, isSame: change == .kept), into: &sides,
      combine: Self.combine)
    switch change {
    case .kept: break
    case .removed: sides.parents.append(SubtreePart(rows: entry.rows, hash: hash))
    case .added: sides.parents.append(nil)
    }
  }

  /// The parent's subtree of all that was pushed, whose keys have `prefix`, and the nodes of the derived
  /// release's, numbered as if it were alone.
  package mutating func finish(
    within prefix: KeyPrefix
  ) -> (parent: SubtreeSummary, nodes: [SetIndexNode]) {
    let top = stack.finish(into: &sides, combine: Self.combine)
    let hash = top.flatMap { sides.takeParent(of: $0)?.hash }
    if var part = top?.derived { sides.output.write(&part) }
    let parent = SubtreeSummary(
      kind: .release, prefix: prefix, rows: parentRows, keys: parentKeys, hash: hash)
    return (parent, sides.output.nodes)
  }

  private static func combine(
    _ sides: inout Sides, _ bit: Int, _ prefix: Digest, _ left: Both, _ right: Both
  ) -> Both {
    let isSame = left.isSame && right.isSame
    if !isSame {
      // The right one was put there last.
      let b = sides.takeParent(of: right)
      let a = sides.takeParent(of: left)
      var parent = a ?? b
      if let a, let b {
        var none: Void = ()
        parent = SubtreePart.combine(&none, bit, prefix, a, b)
      }
      sides.parents.append(parent)
    }
    var derived = left.derived ?? right.derived
    if let a = left.derived, let b = right.derived {
      derived = IndexOutput.combine(&sides.output, bit, prefix, a, b)
    }
    return Both(derived: derived, isSame: isSame)
  }
}
