internal import Files
internal import LedgerCrypto
internal import Rows

/// The files of a cleaned release while they are written, by one thread.
///
/// Nothing is written of a shard until something of it changes: whoever has no change is copied whole,
/// packed as it is. What comes before the first change is then read again, and must be what was
/// read before. A file is closed when it is whole where there are more than may be open.
final class CleanOutput {
  /// A shard of which something changed.
  private struct Changed {
    let file: AtomicFile
    var hasher = SHA256()
  }

  private let reader: ReleaseReader
  private let targets: [Shard]
  private let work: Work
  /// The rows that come back.
  let insertion: RowInsertion
  private var changed: [Changed?]
  /// Rows that went, by shard.
  private var removed: [UInt64]
  /// What is to be made of files that are rewritten as a whole.
  private var rewrites: [ParquetChange]
  /// How many files may stay open, and so without a name.
  private let mayBeOpen: Int

  init(
    of reader: ReleaseReader, to targets: [Shard], _ insertion: RowInsertion, _ work: Work
  ) {
    self.reader = reader
    self.targets = targets
    self.insertion = insertion
    self.work = work
    changed = Array(repeating: nil, count: targets.count)
    removed = Array(repeating: 0, count: targets.count)
    rewrites = Array(repeating: ParquetChange(), count: targets.count)
    mayBeOpen = AtomicFile.limitOfOpenFiles / 4
  }

  /// Takes what a chunk leaves; those of one shard come in their order.
  func take(_ left: CleanedChunk, of chunk: ReleaseChunk) throws(DatasetFailure) {
    let place = chunk.place.shard
    removed[place] += left.removed
    if case .without(let rows, let count, let marks) = left.content {
      rewrites[place].take(
        dropping: rows, of: count,
        inserting: marks.map { insertion.placed($0, ofShard: place) } ?? [])
      return
    }
    if changed[place] == nil {
      if left.isWhole { return }
      try begin(place, chunks: chunk.place.ordinal, hashed: chunk.hashedBefore)
    }
    switch left.content {
    case .same: try write(chunk.bytes.storage.span.extracting(0..<chunk.bytes.count), to: place)
    case .rows(let bytes): try write(bytes.span, to: place)
    case .packed(let bytes): try store(bytes.span, to: place)
    case .without: break
    case .marked(let bytes, let marks):
      try write(insertion.filled(bytes, marks, ofShard: place).span, to: place)
    }
  }

  /// What is to be made of each shard, once all have ended.
  func shards() -> [CleanedShard] {
    var shards: [CleanedShard] = []
    for (place, part) in reader.parts.enumerated() {
      shards.append(
        CleanedShard(
          source: part.shard, target: targets[place], staysOpen: place < mayBeOpen,
          written: changed[place].map { ($0.file, $0.hasher.digest()) },
          rewrite: rewrite(of: part, rewrites[place]), removed: removed[place],
          returned: insertion.count(ofShard: place)))
    }
    return shards
  }

  private func rewrite(of part: ReleaseReader.Part, _ change: ParquetChange) -> ParquetRewrite? {
    guard let parquet = part.parquet, !change.isEmpty else { return nil }
    return ParquetRewrite(part: part, parquet: parquet, change: change, work: work)
  }

  /// Ends a shard, all of whose chunks were taken.
  func end(_ place: Int) throws(DatasetFailure) {
    if reader.parts[place].parquet != nil {
      return rewrites[place].end(inserting: insertion.last(ofShard: place))
    }
    let rest = insertion.rest(ofShard: place)
    if !rest.isEmpty, changed[place] == nil {
      try begin(place, chunks: 0, hashed: SHA256())
    }
    guard let file = changed[place]?.file else { return }
    try write(rest.span, to: place)
    // A packed file has at least one member or frame, whatever was removed.
    if file.size == 0 {
      try store(targets[place].format.packing.packed([UInt8]().span).span, to: place)
    }
    if place >= mayBeOpen { try onDisk { () throws(FileFailure) in try file.setAside() } }
  }

  /// Starts the file of a shard with its first chunks as they are, which were `hashed` when they were
  /// read.
  private func begin(_ place: Int, chunks: Int, hashed: SHA256) throws(DatasetFailure) {
    let part = reader.parts[place]
    changed[place] = Changed(
      file: try onDisk { () throws(FileFailure) in
        try AtomicFile(path: targets[place].path)
      })
    if chunks == 0 { return }
    let packing = part.shard.format.packing
    var hasher = SHA256()
    let source = try part.source([], work) { hasher.update($0) }
    let spares = Spares<ByteSource.Chunk>()
    var left = chunks
    try Crew.work(width: packing == .plain ? 1 : work.workers) { (crew) throws(DatasetFailure) in
      try crew.inOrder(
        next: { () throws(DatasetFailure) -> ByteSource.Chunk? in
          if work.isCancelled() { throw .cancelled }
          if left == 0 { return nil }
          left -= 1
          var chunk = spares.take() ?? ByteSource.Chunk()
          let isThere = try onDisk { () throws(FileFailure) in
            try source.next(into: &chunk, boundary: part.shard.format.boundary)
          }
          guard isThere else { throw .file(.changed(path: part.shard.path)) }
          return chunk
        },
        work: { (chunk) throws(DatasetFailure) -> (ByteSource.Chunk, [UInt8]?) in
          (chunk, packing == .plain ? nil : chunk.withSpan { packing.packed($0) })
        },
        take: { (done) throws(DatasetFailure) in
          let (chunk, packed) = done
          if let packed {
            try store(packed.span, to: place)
          } else {
            try store(chunk.storage.span.extracting(0..<chunk.count), to: place)
          }
          spares.put(chunk)
        })
    }
    guard hasher.digest() == hashed.digest() else {
      throw .file(.changed(path: part.shard.path))
    }
  }

  /// Appends rows.
  private func write(_ bytes: Span<UInt8>, to place: Int) throws(DatasetFailure) {
    if bytes.isEmpty { return }
    switch targets[place].format.packing {
    case .plain: try store(bytes, to: place)
    case let packing: try store(packing.packed(bytes).span, to: place)
    }
  }

  /// Appends bytes as the file is to have them.
  private func store(_ bytes: Span<UInt8>, to place: Int) throws(DatasetFailure) {
    guard let file = changed[place]?.file else { return }
    changed[place]?.hasher.update(bytes)
    do throws(FileFailure) { try file.write(bytes) } catch { throw .file(error) }
  }
}
