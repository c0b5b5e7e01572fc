internal import Files
internal import Rows
package import SetCommitment

/// What indexing a release found.
package struct ReleaseSummary: Hashable, Sendable {
  /// The root with its counts of rows and keys.
  package let root: SetRoot
  /// The shards, in the release's order.
  package let shards: [ShardFacts]
  /// Columns of the files that are carried, not committed, ascending by the bytes of their names.
  package var carried: [String] = []

  /// All rows.
  package var rows: UInt64 { root.rows }
  /// All keys.
  package var keys: UInt64 { root.keys }
  /// The manifest of the shards.
  package var manifest: ShardManifest { ShardManifest(shards: shards) }
}

extension ReleaseReader {
  /// Reads every row, commits to the release, and writes its index to `path`.
  ///
  /// Memory: `work.memory`, whatever the number of rows. Interrupted, it leaves no file.
  ///
  /// - Parameters:
  ///   - path: where the index goes, `index/NAME@V`; `nil` for the root alone.
  ///   - scratch: a directory for what does not fit in memory; the index's own by default.
  ///   - work: threads, memory and the caller's say.
  /// - Returns: root, counts and the facts of each shard.
  /// - Throws: ``DatasetFailure``; for malformed rows the earliest one.
  package func index(
    to path: String?, scratch: String? = nil, work: Work = Work()
  ) throws(DatasetFailure) -> ReleaseSummary {
    let (summary, file) = try assemble(path, scratch: scratch, work)
    if let file { try onDisk { () throws(FileFailure) in try file.commit() } }
    return summary
  }

  /// As ``index(to:scratch:work:)``, but leaves the index without its name.
  func assemble(
    _ path: String?, scratch: String?, _ work: Work
  ) throws(DatasetFailure) -> (ReleaseSummary, AtomicFile?) {
    let scratch = scratch ?? path.map { Directory.parent(of: $0) } ?? "."
    let store = PairStore(work, directory: scratch, expecting: expectedRows)
    let batches = Spares<RowBatch>()
    var carried: Set<[UInt8]> = []
    let facts = try scan(.committed, work) { (chunk) throws(DatasetFailure) in
      var buffer = store.buffer()
      var batch = batches.take() ?? RowBatch(chunk.part.projection.hasher)
      let (rows, carried) = try chunk.index(into: store, &buffer, &batch)
      store.putBack(buffer)
      batches.put(batch)
      return (rows, carried)
    } take: { others, _ in
      carried.formUnion(others)
    }
    store.close()
    let result = try SetAssembly(store, work, scratch: scratch).run(index: path)
    let summary = ReleaseSummary(
      root: result.root, shards: facts, carried: self.carried(and: carried))
    return (summary, result.file)
  }
}

extension ReleaseChunk {
  /// Computes the key and digest of each row; gives how many rows there are, and which members were
  /// passed over.
  fileprivate func index(
    into store: PairStore, _ buffer: inout PairBlocks, _ batch: inout RowBatch
  ) throws(DatasetFailure) -> (rows: Int, carried: Set<[UInt8]>) {
    let chunk = bytes.storage.span.extracting(0..<bytes.count)
    var reader = reader()
    while true {
      let isRow: Bool
      do throws(RowError) {
        isRow = try reader.next(in: chunk)
        if isRow { try batch.append(reader, in: chunk) }
      } catch {
        throw .row(shard: part.shard.name, error)
      }
      if isRow, !batch.isFull { continue }
      batch.hash()
      for place in 0..<batch.hashed {
        let tags = batch.tags(at: place)
        try store.add(Pair(key: tags.key, digest: tags.digest), to: &buffer)
      }
      if !isRow { return (reader.row, reader.carried) }
    }
  }
}
