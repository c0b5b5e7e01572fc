internal import LedgerCrypto

/// Folds ascending disjoint subtrees into the compressed binary tree over their keys.
///
/// Only the left siblings of the path to the last key are held: at most 256, and the last subtree.
/// Every subtree is named by a key of its own; two neighbours part at the first bit in which these
/// differ, so any key of a subtree serves as long as no other subtree lies within its prefix.
struct PrefixStack<Item> {
  struct Left {
    let item: Item
    let bit: Int
  }

  private var lefts: [Left] = []
  private var current: Item?
  private var lastKey = Digest.zero

  init() {
    lefts.reserveCapacity(64)
  }

  /// Adds the next subtree, whose `key` must be above that of the one before.
  ///
  /// `combine` makes a node from its bit, its prefix and its two sides, left first.
  mutating func push<Context>(
    _ key: Digest, _ item: Item, into context: inout Context,
    combine: (inout Context, Int, Digest, Item, Item) -> Item
  ) {
    if var right = current {
      let bit = lastKey.firstDifferingBit(from: key)
      while let left = lefts.last, left.bit > bit {
        lefts.removeLast()
        right = combine(&context, left.bit, lastKey.prefix(left.bit), left.item, right)
      }
      lefts.append(Left(item: right, bit: bit))
    }
    current = item
    lastKey = key
  }

  /// The whole tree, or `nil` when nothing was pushed; the stack is then empty again.
  mutating func finish<Context>(
    into context: inout Context, combine: (inout Context, Int, Digest, Item, Item) -> Item
  ) -> Item? {
    guard var right = current else { return nil }
    while let left = lefts.popLast() {
      right = combine(&context, left.bit, lastKey.prefix(left.bit), left.item, right)
    }
    current = nil
    return right
  }
}

extension PrefixStack: Sendable where Item: Sendable {}
extension PrefixStack.Left: Sendable where Item: Sendable {}
