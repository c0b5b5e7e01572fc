internal import Files
internal import LedgerCrypto

/// What a chunk leaves.
struct CleanedChunk: Sendable {
  /// The rows that stay.
  enum Content: Sendable {
    /// All of them, as they are.
    case same
    case rows([UInt8])
    /// As one member or frame.
    case packed([UInt8])
    /// Of a shard that gets rows back: where its rows begin.
    case marked([UInt8], RowInsertion.Marks)
    /// All but these of so many rows, counted from 0 in the chunk, of a file that is rewritten as a whole;
    /// and where its rows are, when it gets rows back.
    case without([Int], of: Int, RowInsertion.Marks?)
  }

  let content: Content
  /// How many rows went.
  let removed: UInt64

  /// Whether nothing of the chunk changes.
  var isWhole: Bool { if case .same = content { true } else { false } }
}

/// One shard of a cleaned release, whose rows are known and whose file is not yet read back.
struct CleanedShard: Sendable {
  let source: Shard
  let target: Shard
  /// Whether its file may stay open until it gets its name.
  let staysOpen: Bool
  /// The file and the digest of what was written; `nil` for a shard without a change.
  let written: (file: AtomicFile, sha256: Digest)?
  /// What rewrites it, where it cannot be written row by row.
  let rewrite: ParquetRewrite?
  let removed: UInt64
  let returned: UInt64

  /// The shard as it is written, still without its name.
  struct Settled: Sendable {
    let file: AtomicFile
    let facts: ShardFacts
  }

  /// Copies a shard without a change, syncs the file, and reads back that it holds what it should.
  ///
  /// A copy, not a second name of the parent's file: later edits of one would be edits of both.
  func settled(_ facts: ShardFacts, _ work: Work) throws(DatasetFailure) -> Settled {
    let file: AtomicFile
    var expected: Digest? = facts.sha256
    if let written {
      (file, expected) = written
    } else if let rewrite {
      file = try onDisk { () throws(FileFailure) in try AtomicFile(path: target.path) }
      // It holds what it wrote against the original row by row.
      try rewrite.write(file, scratch: Directory.parent(of: target.path))
      expected = nil
    } else {
      file = try copy(work)
    }
    try onDisk { () throws(FileFailure) in
      if staysOpen { try file.seal() } else { try file.setAside() }
    }
    let found = try digest(file, work)
    guard found == expected ?? found else {
      throw .file(.changed(path: written == nil ? source.path : target.path))
    }
    return Settled(
      file: file,
      facts: ShardFacts(
        name: target.name, size: file.size, sha256: found,
        rows: facts.rows - removed + returned))
  }

  private func copy(_ work: Work) throws(DatasetFailure) -> AtomicFile {
    let file = try onDisk { () throws(FileFailure) in try AtomicFile(path: target.path) }
    try read(source.path, work) { (bytes) throws(FileFailure) in try file.write(bytes) }
    return file
  }

  private func digest(_ file: AtomicFile, _ work: Work) throws(DatasetFailure) -> Digest {
    var hasher = SHA256()
    try read(file.readingPath, work) { (bytes) throws(FileFailure) in hasher.update(bytes) }
    return hasher.digest()
  }

  /// Reads a file by pieces of 1 MiB.
  private func read(
    _ path: String, _ work: Work, _ body: (Span<UInt8>) throws(FileFailure) -> Void
  ) throws(DatasetFailure) {
    do throws(FileFailure) {
      let file = try OpenFile(path: path)
      var buffer = [UInt8](repeating: 0, count: max(1, min(1 << 20, file.size)))
      var offset = 0
      while offset < file.size {
        if work.isCancelled() { break }
        let count = try file.read(
          into: &buffer, count: min(buffer.count, file.size - offset), from: offset)
        if count == 0 { break }
        try body(buffer.span.extracting(0..<count))
        offset += count
      }
    } catch {
      throw .file(error)
    }
    if work.isCancelled() { throw .cancelled }
  }
}
