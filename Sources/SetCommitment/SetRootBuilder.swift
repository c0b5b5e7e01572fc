package import LedgerCrypto

/// Builds a root from entries in ascending order of keys, in constant memory.
///
/// Two hashes an entry; a stack of at most 257 subtrees. A builder restricted to a ``KeyPrefix``
/// gives a ``SubtreeSummary``, and summaries of disjoint prefixes, built anywhere and in any order,
/// combine to the same root when they are pushed in ascending order.
package struct SetRootBuilder: Sendable {
  private var stack = PrefixStack<SubtreePart>()
  private var highest: Digest?

  /// The kind of set.
  package let kind: SetKind
  /// The keys that may be pushed.
  package let prefix: KeyPrefix
  /// Rows pushed so far.
  package private(set) var rows: UInt64 = 0
  /// Keys pushed so far.
  package private(set) var keys: UInt64 = 0

  /// Starts a set without keys.
  package init(_ kind: SetKind, within prefix: KeyPrefix = .all) {
    self.kind = kind
    self.prefix = prefix
  }

  /// Takes the next entry.
  ///
  /// - Throws: ``SetBuildError/keysNotAscending(_:)``, ``SetBuildError/entryMalformed(_:)``,
  ///   ``SetBuildError/outsidePrefix(_:)`` or ``SetBuildError/rowsOverflow``; nothing is then taken.
  package mutating func push(_ entry: SetEntry) throws(SetBuildError) {
    guard entry.isWellFormed(in: kind) else { throw .entryMalformed(entry) }
    guard prefix.contains(entry.key) else { throw .outsidePrefix(entry.key) }
    try advance(from: entry.key, to: entry.key, rows: entry.rows, keys: 1)
    add(entry.key, SubtreePart(rows: entry.rows, hash: SetHash.leaf(entry)))
  }

  /// Takes the next key of an entry set.
  package mutating func push(member key: Digest) throws(SetBuildError) {
    try push(SetEntry(member: key))
  }

  /// Takes a subtree built elsewhere, whose whole prefix must lie above all that was pushed.
  package mutating func push(_ subtree: SubtreeSummary) throws(SetBuildError) {
    guard subtree.kind == kind else { throw .kindDiffers }
    guard prefix.contains(subtree.prefix) else { throw .outsidePrefix(subtree.prefix.bits) }
    guard (subtree.hash == nil) == (subtree.rows == 0), (subtree.keys == 0) == (subtree.rows == 0)
    else { throw .summaryInconsistent(subtree.prefix.bits) }
    try advance(
      from: subtree.prefix.bits, to: subtree.prefix.last, rows: subtree.rows, keys: subtree.keys)
    guard let hash = subtree.hash else { return }
    add(subtree.prefix.bits, SubtreePart(rows: subtree.rows, hash: hash))
  }

  /// The subtree of all that was pushed, as a part of a larger set.
  package consuming func finishSubtree() -> SubtreeSummary {
    var none: Void = ()
    let part = stack.finish(into: &none, combine: SubtreePart.combine)
    return SubtreeSummary(kind: kind, prefix: prefix, rows: rows, keys: keys, hash: part?.hash)
  }

  /// The root of all that was pushed.
  package consuming func finish() -> SetRoot {
    var none: Void = ()
    let part = stack.finish(into: &none, combine: SubtreePart.combine)
    return SetRoot(kind: kind, rows: rows, keys: keys, top: part?.hash ?? SetHash.empty)
  }

  private mutating func advance(
    from first: Digest, to last: Digest, rows more: UInt64, keys moreKeys: UInt64
  ) throws(SetBuildError) {
    if let highest, first <= highest { throw .keysNotAscending(first) }
    let (sum, overflows) = rows.addingReportingOverflow(more)
    let (keySum, keysOverflow) = keys.addingReportingOverflow(moreKeys)
    if overflows || keysOverflow { throw .rowsOverflow }
    rows = sum
    keys = keySum
    highest = last
  }

  private mutating func add(_ key: Digest, _ part: SubtreePart) {
    var none: Void = ()
    stack.push(key, part, into: &none, combine: SubtreePart.combine)
  }
}

/// A finished subtree as its parent hashes it.
struct SubtreePart: Sendable {
  let rows: UInt64
  let hash: Digest

  /// The node over two sides; the sum of their rows was checked when they were pushed.
  static func combine(
    _ context: inout Void, _ bit: Int, _ prefix: Digest, _ left: SubtreePart, _ right: SubtreePart
  ) -> SubtreePart {
    SubtreePart(
      rows: left.rows + right.rows,
      hash: SetHash.node(
        bit: bit, prefix: prefix, rowsLeft: left.rows, rowsRight: right.rows, left: left.hash,
        right: right.hash))
  }
}

extension SetRoot {
  /// The root of `entries`, whose keys must be strictly ascending.
  package init(_ kind: SetKind, of entries: [SetEntry]) throws(SetBuildError) {
    var builder = SetRootBuilder(kind)
    for entry in entries { try builder.push(entry) }
    self = builder.finish()
  }
}
