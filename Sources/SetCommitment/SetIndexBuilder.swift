internal import LedgerCrypto

/// Builds the upper level of an index, and its root, from entries in ascending order of keys.
///
/// Nodes come out as they are finished, to be written to a file: memory holds the stack and what
/// ``takeNodes()`` has not taken.
package struct SetIndexBuilder: Sendable {
  private var stack = PrefixStack<IndexPart>()
  private var output: IndexOutput
  private var lastKey: Digest?

  /// The kind of set.
  package let kind: SetKind
  /// Rows pushed so far.
  package private(set) var rows: UInt64 = 0
  /// Records pushed so far.
  package private(set) var count = 0

  /// Starts an index without records; `blockSize` is at least 1 and decides only what is stored.
  package init(_ kind: SetKind, blockSize: Int = SetIndexLayout.blockSize) {
    self.kind = kind
    output = IndexOutput(blockSize: max(1, blockSize))
  }

  /// Takes the next entry.
  package mutating func push(_ entry: SetEntry) throws(SetBuildError) {
    guard entry.isWellFormed(in: kind) else { throw .entryMalformed(entry) }
    if let lastKey, entry.key <= lastKey { throw .keysNotAscending(entry.key) }
    let (sum, overflows) = rows.addingReportingOverflow(entry.rows)
    if overflows { throw .rowsOverflow }
    rows = sum
    lastKey = entry.key
    let part = IndexPart(
      key: entry.key, rows: entry.rows, hash: SetHash.leaf(entry), first: count, count: 1)
    stack.push(entry.key, part, into: &output, combine: IndexOutput.combine)
    count += 1
  }

  /// The nodes that were finished since the last call, in the order of the file.
  package mutating func takeNodes() -> [SetIndexNode] {
    let nodes = output.nodes
    output.nodes = []
    return nodes
  }

  /// Ends the index: what ``takeNodes()`` gives then are its last nodes.
  package mutating func finish() -> SetRoot {
    var top = SetHash.empty
    if var part = stack.finish(into: &output, combine: IndexOutput.combine) {
      output.write(&part)
      top = part.hash
    }
    return SetRoot(kind: kind, rows: rows, keys: UInt64(count), top: top)
  }
}

/// A subtree that is finished, and its number once it is written.
struct IndexPart {
  let key: Digest
  let rows: UInt64
  let hash: Digest
  let first: Int
  let count: Int
  var number: Int?
}

/// Where finished nodes go: a subtree is written when its parent holds more than a block.
struct IndexOutput {
  let blockSize: Int
  var nodes: [SetIndexNode] = []
  var written = 0

  init(blockSize: Int) {
    self.blockSize = blockSize
  }

  @discardableResult
  mutating func write(_ part: inout IndexPart) -> Int {
    if let number = part.number { return number }
    part.number = written
    append(part, .frontier, prefix: part.key)
    return written - 1
  }

  private mutating func append(
    _ part: IndexPart, _ content: SetIndexNode.Content, prefix: Digest
  ) {
    nodes.append(
      SetIndexNode(
        prefix: prefix, hash: part.hash, rows: part.rows, first: part.first, count: part.count,
        content: content))
    written += 1
  }

  static func combine(
    _ output: inout IndexOutput, _ bit: Int, _ prefix: Digest, _ left: IndexPart,
    _ right: IndexPart
  ) -> IndexPart {
    var part = IndexPart(
      key: left.key, rows: left.rows + right.rows,
      hash: SetHash.node(
        bit: bit, prefix: prefix, rowsLeft: left.rows, rowsRight: right.rows, left: left.hash,
        right: right.hash),
      first: left.first, count: left.count + right.count)
    if part.count > output.blockSize {
      var (left, right) = (left, right)
      let leftNumber = output.write(&left)
      let rightNumber = output.write(&right)
      part.number = output.written
      output.append(part, .inner(bit: bit, left: leftNumber, right: rightNumber), prefix: prefix)
    }
    return part
  }
}
