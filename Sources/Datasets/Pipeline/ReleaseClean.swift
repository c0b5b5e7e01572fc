internal import Files
package import LedgerCrypto
internal import Rows
internal import SetCommitment

/// What cleaning a release did.
package struct CleanResult: Hashable, Sendable {
  /// The release that was cleaned, as read again from its files.
  package let parent: ReleaseSummary
  /// The cleaned release, computed from its files as they were written.
  package let cleaned: ReleaseSummary
  /// Keys that were there and went, with all their rows.
  package let removedKeys: Int
  /// Rows that went.
  package let removedRows: UInt64
  /// Keys of the list that the release did not have.
  package let absentKeys: Int
  /// Rows of older releases that were written back in.
  package let returnedRows: Int
  /// The shards as they lie now.
  package let shards: [Shard]
  /// How they are to be read again.
  package let reading: Reading
}

extension ReleaseReader {
  /// Writes this release without the rows of `keys`: same shard names, order, columns and
  /// compression, and the bytes of every row that stays as they were.
  ///
  /// The files have no names while they are compared with the catalogue and the
  /// published root; then the cleaned files are read back, indexed, and only then named. A failure
  /// or interruption leaves no file; a kill in between leaves whole files that `unfinished`
  /// names, and that the next run replaces. No list of what was removed is ever written.
  ///
  /// - Parameters:
  ///   - keys: what is removed, strictly ascending; a key that is not there counts as absent.
  ///   - returning: rows of older releases, each with its place, the oldest release first.
  ///   - catalog: the catalogue of this release: sizes, digests and rows are held to it.
  ///   - root: the published root of this release.
  ///   - directory: where the cleaned files go; made if missing; none of them may be there, but for
  ///     those that an earlier run left unfinished.
  ///   - index: where the index of the cleaned release goes, if anywhere.
  ///   - unfinished: the record of files that were renamed and are not published. It stays when all
  ///     goes well: ``UnfinishedFiles/end()`` is for whoever publishes them.
  ///   - work: threads, memory and the caller's say; told the rows of both passes.
  /// - Returns: both releases and what went.
  /// - Throws: ``DatasetFailure``.
  package func clean(
    removing keys: [Digest], returning: [ReturningRows] = [], catalog: ReleaseCatalog, root: Digest,
    to directory: String,
    index: String?, unfinished: UnfinishedFiles? = nil, work: Work = Work()
  ) throws(DatasetFailure) -> CleanResult {
    let targets = shards.map { $0.moved(to: directory + "/" + $0.name) }
    try Self.checkFree(targets, unfinished)
    try onDisk { () throws(FileFailure) in try Directory.make(directory) }
    let insertion = try RowInsertion(returning, into: parts)
    let output = try CleanOutput(targets, insertion)
    let (parent, removed) = try filter(keys, to: output, catalog, scratch: directory, work)
    guard parent.shards.count == catalog.entries.count else {
      throw .rootDiffers(release: catalog.release)
    }
    for (facts, entry) in zip(parent.shards, catalog.entries) where facts != entry.facts {
      throw .shardChanged(facts.name)
    }
    guard parent.root.root == root else { throw .rootDiffers(release: catalog.release) }
    let (files, unnamed) = try output.seal()
    let written = try reading(unnamed)
    let (cleaned, indexFile) = try written.assemble(index, scratch: directory, work)
    guard cleaned.rows == parent.rows - removed.rows + UInt64(insertion.count) else {
      throw .shardChanged(directory)
    }
    // Someone may have put files there meanwhile.
    try Self.checkFree(targets, unfinished)
    // What an earlier run left goes before its record does: these files can be others.
    for shard in targets where Directory.holds(shard.path) {
      try onDisk { () throws(FileFailure) in try Directory.remove(file: shard.path) }
    }
    try unfinished?.begin(targets, facts: cleaned.shards)
    do throws(FileFailure) {
      try AtomicFile.commitNew(files)
      do throws(FileFailure) {
        try indexFile?.commit()
      } catch {
        for shard in targets { try? Directory.remove(file: shard.path) }
        throw error
      }
    } catch {
      try? unfinished?.end()
      throw .file(error)
    }
    return CleanResult(
      parent: parent, cleaned: cleaned, removedKeys: removed.keys, removedRows: removed.rows,
      absentKeys: keys.count - removed.keys, returnedRows: insertion.count, shards: targets,
      reading: written.reading)
  }

  /// Refuses files that are there already and that no unfinished run wrote.
  private static func checkFree(
    _ targets: [Shard], _ unfinished: UnfinishedFiles?
  ) throws(DatasetFailure) {
    for shard in targets where Directory.holds(shard.path) {
      guard try unfinished?.includes(shard.path) ?? false else {
        throw .alreadyExists(shard.path)
      }
    }
  }

  /// Reads this release for its root, and writes what stays.
  private func filter(
    _ keys: [Digest], to output: CleanOutput, _ catalog: ReleaseCatalog, scratch: String,
    _ work: Work
  ) throws(DatasetFailure) -> (ReleaseSummary, (keys: Int, rows: UInt64)) {
    let store = PairStore(work, directory: scratch, expecting: expectedRows)
    let removal = Removal(keys)
    let counting = output.insertion.counting
    var seen = [Bool](repeating: false, count: keys.count)
    var rows: UInt64 = 0
    let facts = try scan(work) { (chunk) throws(DatasetFailure) in
      var buffer = store.buffer()
      let (count, left) = try chunk.clean(removal, counting, store, &buffer)
      store.putBack(buffer)
      return (count, left)
    } take: { (left, _) throws(DatasetFailure) in
      for place in left.removed { seen[place] = true }
      rows += UInt64(left.removed.count)
      try output.write(left.piece)
    }
    store.close()
    let result = try SetAssembly(store, work, scratch: scratch).run(index: nil)
    let count = seen.reduce(0) { $0 + ($1 ? 1 : 0) }
    return (ReleaseSummary(root: result.root, shards: facts), (count, rows))
  }
}

/// The keys that go.
private struct Removal: Sendable {
  private let keys: [Digest]
  private let table: DigestTable

  init(_ keys: [Digest]) {
    for index in keys.indices.dropFirst() {
      precondition(keys[index - 1] < keys[index], "the keys to remove are strictly ascending")
    }
    self.keys = keys
    table = DigestTable(keys)
  }

  /// Where a key is among those that go.
  func place(of key: Digest) -> Int? { table.place(of: key, in: keys) }
}

/// What a chunk leaves.
private struct CleanedChunk: Sendable {
  let piece: CleanOutput.Piece
  /// For each row that went the place of its key among those that go.
  let removed: [Int]
}

extension ReleaseChunk {
  /// Computes the tags of each row, and what is left; gives how many rows there were.
  fileprivate func clean(
    _ removal: Removal, _ counting: RowInsertion.Counting, _ store: PairStore,
    _ buffer: inout PairBlocks
  ) throws(DatasetFailure) -> (rows: Int, CleanedChunk) {
    let chunk = bytes.storage.span.extracting(0..<bytes.count)
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var removed: [Int] = []
    var start = 0
    var reader = reader()
    var marks = counting.marks(ofShard: place.shard)
    while true {
      let tags: RowTags
      do throws(RowError) {
        guard try reader.next(in: chunk) else { break }
        tags = try reader.tags(in: chunk)
      } catch {
        throw .row(shard: part.shard.name, error)
      }
      try store.add(Pair(key: tags.key, digest: tags.digest), to: &buffer)
      marks?.note(tags.key, at: kept.count + reader.record.lowerBound - start)
      if let place = removal.place(of: tags.key) {
        removed.append(place)
        kept.append(contentsOf: bytes.storage[start..<reader.record.lowerBound])
        start = reader.record.upperBound
      }
    }
    kept.append(contentsOf: bytes.storage[start..<bytes.count])
    let isWhole = marks == nil && part.shard.format.isGzip
    let piece = CleanOutput.Piece(
      shard: place.shard, bytes: isWhole ? CleanOutput.member(kept) : kept, marks: marks)
    return (reader.row, CleanedChunk(piece: piece, removed: removed))
  }
}
