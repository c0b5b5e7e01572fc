internal import LedgerCrypto
package import Provenance
package import SetCommitment

/// What changed from one release to another, read from their indexes in one pass.
package struct IndexDiff: Sendable {
  package let lists: TransitionLists
  package let removed: Tally
  package let added: Tally
  package let changed: ChangedTally

  /// Compares two indexes of one dataset.
  ///
  /// Cost: linear in both, memory in what changed.
  package init(from old: SetSource, to new: SetSource, progress: Progress = .silent) throws {
    var before = EntryCursor(old)
    var after = EntryCursor(new)
    var removedKeys: [Digest] = []
    var removedRows: UInt64 = 0
    var changedEntries: [SetEntry] = []
    var rowsBefore: UInt64 = 0
    var rowsAfter: UInt64 = 0
    var addedEntries: [SetEntry] = []
    var addedRows: UInt64 = 0
    while true {
      if before.isAtBlock, progress.isCancelled() { throw WorkflowFailure.cancelled }
      switch (try before.peek(), try after.peek()) {
      case (nil, nil):
        lists = try TransitionLists(
          removed: removedKeys, changed: changedEntries, added: addedEntries)
        removed = Tally(keys: UInt64(removedKeys.count), rows: removedRows)
        added = Tally(keys: UInt64(addedEntries.count), rows: addedRows)
        changed = ChangedTally(
          keys: UInt64(changedEntries.count), rowsBefore: rowsBefore, rowsAfter: rowsAfter)
        return
      case (let a?, let b?) where a.key == b.key:
        if a != b {
          changedEntries.append(b)
          try rowsBefore.add(rowsOf: a)
          try rowsAfter.add(rowsOf: b)
        }
        before.advance()
        after.advance()
      case (let a?, let b) where b.map({ a.key < $0.key }) ?? true:
        removedKeys.append(a.key)
        try removedRows.add(rowsOf: a)
        before.advance()
      case (_, let b?):
        addedEntries.append(b)
        try addedRows.add(rowsOf: b)
        after.advance()
      case (_?, nil): before.advance()
      }
    }
  }
}

extension UInt64 {
  /// Adds the rows of an entry as an index has it.
  fileprivate mutating func add(rowsOf entry: SetEntry) throws(SetSourceFailure) {
    let (sum, overflows) = addingReportingOverflow(entry.rows)
    guard !overflows else { throw .damaged("the rows of its records pass 2^64−1") }
    self = sum
  }
}

/// The entries of an index one after the other, read in blocks.
struct EntryCursor {
  private let source: SetSource
  private var block: [SetEntry] = []
  private var offset = 0
  private var next = 0
  private static let blockSize = 4096

  init(_ source: SetSource) {
    self.source = source
  }

  var isAtBlock: Bool { offset == block.count }

  mutating func peek() throws -> SetEntry? {
    if offset == block.count {
      guard next < source.count else { return nil }
      let end = min(source.count, next + Self.blockSize)
      block = try source.entries(next..<end)
      next = end
      offset = 0
    }
    return offset < block.count ? block[offset] : nil
  }

  mutating func advance() { offset += 1 }
}
