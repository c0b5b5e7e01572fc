internal import Files
internal import LedgerCrypto
internal import SetCommitment

/// Puts the parts of a set together to its root and, where a path is given, its index file.
///
/// There are 2^`bits` parts, one for each prefix of `bits` bits, and they come in that order. Memory:
/// one summary for each bit.
final class IndexWriter {
  /// A finished subtree and its place in the index.
  private struct Top {
    let rows: UInt64
    let hash: Digest
    let first: Int
    let count: Int
    let number: Int
  }

  private let kind: SetKind
  private let bits: Int
  private let file: AtomicFile?
  /// Nodes wait here until the last record is written.
  private let nodes: ScratchFile
  private var keys = 0
  private var nodeCount = 0
  private var part = 0
  /// For each level, 0 the widest, the left side that waits for its right one, which may be empty.
  private var waiting: [Top?]
  private var whole: Top?

  /// Starts; without a `path` nothing but the root is made.
  init(_ kind: SetKind, bits: Int, path: String?, scratch: String) throws(DatasetFailure) {
    self.kind = kind
    self.bits = bits
    waiting = Array(repeating: nil, count: bits)
    nodes = try onDisk { () throws(FileFailure) in try ScratchFile(directory: scratch) }
    guard let path else {
      file = nil
      return
    }
    file = try onDisk { () throws(FileFailure) in
      let file = try AtomicFile(path: path)
      try file.write([UInt8](repeating: 0, count: IndexFormat.headerSize))
      return file
    }
  }

  /// Takes the next part.
  func append(_ part: IndexPart) throws(DatasetFailure) {
    var bytes: [UInt8] = []
    var top: Top?
    for node in part.nodes {
      guard let moved = node.moved(records: keys, nodes: nodeCount) else {
        throw .set(.rowsOverflow)
      }
      SetIndexLayout.append(moved, to: &bytes)
    }
    if let last = part.nodes.last {
      top = Top(
        rows: last.rows, hash: last.hash, first: keys, count: last.count,
        number: nodeCount + part.nodes.count - 1)
    }
    nodeCount += part.nodes.count
    keys += part.count
    try onDisk { () throws(FileFailure) in
      try file?.write(words: part.records.span)
      _ = try nodes.append(bytes.span)
    }
    try fold(top)
  }

  /// Joins a finished part with the left sides that wait for it.
  private func fold(_ part: Top?) throws(DatasetFailure) {
    var right = part
    let number = UInt64(self.part)
    var level = bits
    while level > 0 {
      level -= 1
      let isRight = number >> UInt64(bits - 1 - level) & 1 == 1
      guard isRight else {
        waiting[level] = right
        self.part += 1
        return
      }
      right = try join(waiting[level], right, bit: level, number >> UInt64(bits - level))
      waiting[level] = nil
    }
    self.part += 1
    whole = right
  }

  private func join(
    _ left: Top?, _ right: Top?, bit: Int, _ prefix: UInt64
  ) throws(DatasetFailure) -> Top? {
    guard let left, let right else { return left ?? right }
    let (rows, overflows) = left.rows.addingReportingOverflow(right.rows)
    if overflows { throw .set(.rowsOverflow) }
    let prefix = Digest(bit == 0 ? 0 : prefix << UInt64(64 - bit), 0, 0, 0)
    let hash = SetHash.node(
      bit: bit, prefix: prefix, rowsLeft: left.rows, rowsRight: right.rows, left: left.hash,
      right: right.hash)
    let top = Top(
      rows: rows, hash: hash, first: left.first, count: left.count + right.count,
      number: nodeCount)
    var bytes: [UInt8] = []
    prefix.append(to: &bytes)
    hash.append(to: &bytes)
    for word in [
      rows, UInt64(top.first), UInt64(top.count), UInt64(left.number), UInt64(right.number),
    ] {
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    bytes.append(UInt8(bit))
    nodeCount += 1
    _ = try onDisk { () throws(FileFailure) in try nodes.append(bytes.span) }
    return top
  }

  /// The root, and the index file whole and synced but still without its name.
  func finish() throws(DatasetFailure) -> IndexResult {
    precondition(part == 1 << bits, "an index is finished after its last part")
    let subtree = SubtreeSummary(
      kind: kind, prefix: .all, rows: whole?.rows ?? 0, keys: UInt64(keys), hash: whole?.hash)
    let root = try committing { () throws(SetBuildError) in
      try SetRoot(combining: [subtree], kind: kind)
    }
    guard let file else { return IndexResult(root: root, file: nil) }
    let header = IndexHeader(root, nodes: UInt64(nodeCount))
    var hasher = SHA256()
    hasher.update(header.bytes)
    var buffer: [UInt8] = []
    var offset = 0
    while offset < nodes.size {
      let count = min(1 << 18, nodes.size - offset)
      if buffer.count != count { buffer = [UInt8](repeating: 0, count: count) }
      try onDisk { () throws(FileFailure) in
        try nodes.read(into: &buffer, 0..<count, from: offset)
      }
      hasher.update(buffer)
      try onDisk { () throws(FileFailure) in try file.write(buffer) }
      offset += count
    }
    try onDisk { () throws(FileFailure) in
      try file.write(hasher.digest().bytes)
      try file.overwrite(at: 0, header.bytes)
      try file.seal()
    }
    return IndexResult(root: root, file: file)
  }
}

/// Runs `body`; pairs come sorted by us, so only sizes beyond 2^64 or a digest of zeros can fail it.
func committing<Result>(
  _ body: () throws(SetBuildError) -> Result
) throws(DatasetFailure) -> Result {
  do throws(SetBuildError) {
    return try body()
  } catch {
    throw .set(error)
  }
}
