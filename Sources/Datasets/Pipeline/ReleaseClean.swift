package import Files
package import LedgerCrypto
internal import Rows
package import SetCommitment
internal import Synchronization

/// What cleaning a release did.
package struct CleanResult: Hashable, Sendable {
  /// The cleaned release.
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
  /// The folders that were made for them, of shards that have folders.
  package let folders: NewFolders
}

/// What is cleaned out of a release, and what comes back.
package struct Cleaning: Sendable {
  /// The keys that go with all their rows, strictly ascending; one that is not there counts as absent.
  package let removed: [Digest]
  /// What comes back: keys that the release has not, with the rows that they had, ascending.
  package let added: [SetEntry]
  /// Those rows, each with its place, the oldest release first.
  package let returning: [ReturningRows]

  /// Takes what goes and what comes back.
  package init(
    removing removed: [Digest], adding added: [SetEntry] = [], _ returning: [ReturningRows] = []
  ) {
    for index in removed.indices.dropFirst() {
      precondition(removed[index - 1] < removed[index], "the keys to remove are strictly ascending")
    }
    self.removed = removed
    self.added = added
    self.returning = returning
  }
}

extension ReleaseReader {
  /// Writes this release without the rows of some keys: same shard names, order, columns and
  /// compression, and the bytes of every row that stays as they were.
  ///
  /// Each file is read once: its digest must be the catalogue's, so that its rows are those of the
  /// published root. What is written is read back by its digest. The new root comes of the index, in one
  /// fold with the published one; it is held against the rows that were written where rows come back, and
  /// when `rebuilding`. Files get their names last. A failure
  /// or interruption leaves no file; a kill in between leaves whole files that `unfinished`
  /// names, and that the next run replaces. No list of what was removed is ever written.
  ///
  /// - Parameters:
  ///   - cleaning: what goes and what comes back.
  ///   - catalog: the catalogue of this release: sizes, digests and rows are held to it.
  ///   - root: the published root of this release.
  ///   - parent: the index of this release.
  ///   - directory: where the cleaned files go; made if missing; none of them may be there, but for
  ///     those that an earlier run left unfinished.
  ///   - index: where the index of the cleaned release goes, if anywhere.
  ///   - unfinished: the record of files that were renamed and are not published. It stays when all
  ///     goes well: ``UnfinishedFiles/end()`` is for whoever publishes them.
  ///   - rebuilding: whether the new root is computed from the rows that were written, too.
  ///   - work: threads, memory and the caller's say; told the rows of each pass.
  /// - Returns: the cleaned release and what went.
  /// - Throws: ``DatasetFailure``.
  package func clean(
    _ cleaning: Cleaning, catalog: ReleaseCatalog, root: Digest, from parent: IndexFile,
    to directory: String, index: String?, unfinished: UnfinishedFiles? = nil,
    rebuilding: Bool = false, work: Work = Work()
  ) throws(DatasetFailure) -> CleanResult {
    guard parts.count == catalog.entries.count, parent.root == root else {
      throw .rootDiffers(release: catalog.release)
    }
    let targets = shards.map { $0.moved(to: directory + "/" + $0.name) }
    try Self.checkFree(targets, unfinished)
    let folders = try onDisk { () throws(FileFailure) in
      try Directory.make(directory)
      return try NewFolders(Set(targets.map { Directory.parent(of: $0.path) }).sorted())
    }
    do throws(DatasetFailure) {
      return try clean(
        cleaning, catalog, root, parent, to: targets, in: directory, folders, index, unfinished,
        rebuilding, work)
    } catch {
      folders.remove()
      throw error
    }
  }

  private func clean(
    _ cleaning: Cleaning, _ catalog: ReleaseCatalog, _ root: Digest, _ parent: IndexFile,
    to targets: [Shard], in directory: String, _ folders: NewFolders, _ index: String?,
    _ unfinished: UnfinishedFiles?, _ rebuilding: Bool, _ work: Work
  ) throws(DatasetFailure) -> CleanResult {
    let insertion = try RowInsertion(cleaning.returning, into: parts)
    let output = CleanOutput(of: self, to: targets, insertion, work)
    let facts = try filter(cleaning.removed, to: output, work)
    for (facts, entry) in zip(facts, catalog.entries) where facts != entry.facts {
      throw .shardChanged(facts.name)
    }
    let shards = output.shards()
    let derivation = IndexDerivation(
      of: parent, removing: cleaning.removed, adding: cleaning.added, work, scratch: directory)
    let (settled, derived) = try Self.settle(shards, facts, derivation, index: index, work)
    let removedRows = shards.reduce(0) { $0 + $1.removed }
    let written = try reading(
      zip(targets, settled).map { $0.moved(to: $1.file.readingPath) })
    let cleaned = ReleaseSummary(
      root: derived.index.root, shards: settled.map(\.facts),
      carried: catalog.carried ?? written.carried())
    guard removedRows == derived.removedRows else { throw .rootDiffers(release: catalog.release) }
    guard cleaned.rows == cleaned.shards.reduce(0, { $0 + $1.rows }) else {
      throw .rebuiltDiffers(release: catalog.release)
    }
    if rebuilding || insertion.count > 0 {
      let rows = try written.assemble(nil, scratch: directory, work).0
      guard rows.root == cleaned.root, rows.shards == cleaned.shards else {
        throw .rebuiltDiffers(release: catalog.release)
      }
    }
    try Self.name(
      settled.map(\.file), derived.index.file, as: targets, cleaned.shards, unfinished)
    return CleanResult(
      cleaned: cleaned, removedKeys: derived.removedKeys, removedRows: removedRows,
      absentKeys: cleaning.removed.count - derived.removedKeys, returnedRows: insertion.count,
      shards: targets, reading: written.reading, folders: folders)
  }

  /// Syncs and reads back the files, and derives the index beside.
  private static func settle(
    _ shards: [CleanedShard], _ facts: [ShardFacts], _ derivation: IndexDerivation,
    index: String?, _ work: Work
  ) throws(DatasetFailure) -> ([CleanedShard.Settled], IndexDerivation.Outcome) {
    try Crew.work(width: work.workers) { (crew) throws(DatasetFailure) in
      let pending = zip(shards, facts).map { shard, facts in
        crew.post { Result { () throws(DatasetFailure) in try shard.settled(facts, work) } }
      }
      let derived = Result { () throws(DatasetFailure) in
        try derivation.run(crew, index: index)
      }
      var settled: [CleanedShard.Settled] = []
      for pending in pending { settled.append(try pending.take().get()) }
      return (settled, try derived.get())
    }
  }

  /// Gives all files their names.
  private static func name(
    _ files: [AtomicFile], _ index: AtomicFile?, as targets: [Shard], _ facts: [ShardFacts],
    _ unfinished: UnfinishedFiles?
  ) throws(DatasetFailure) {
    // Someone may have put files there meanwhile.
    try checkFree(targets, unfinished)
    // What an earlier run left goes before its record does: these files can be others.
    for shard in targets where Directory.holds(shard.path) {
      try onDisk { () throws(FileFailure) in try Directory.remove(file: shard.path) }
    }
    try unfinished?.begin(targets, facts: facts)
    do throws(FileFailure) {
      try AtomicFile.commitNew(files)
      do throws(FileFailure) {
        try index?.commit()
      } catch {
        for shard in targets { try? Directory.remove(file: shard.path) }
        throw error
      }
    } catch {
      try? unfinished?.end()
      throw .file(error)
    }
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

  /// Reads this release, and writes what stays.
  private func filter(
    _ keys: [Digest], to output: CleanOutput, _ work: Work
  ) throws(DatasetFailure) -> [ShardFacts] {
    let table = KeyTable(keys)
    let counting = output.insertion.counting
    let changed = ChangedShards(parts.count)
    let batches = Spares<RowBatch>()
    return try scan(.identity, work) { (chunk) throws(DatasetFailure) in
      var batch = batches.take() ?? RowBatch(chunk.part.projection.hasher, digests: false)
      let found = try chunk.clean(
        table, counting.marks(ofShard: chunk.place.shard), &batch, changed)
      batches.put(batch)
      return found
    } take: { (left, chunk) throws(DatasetFailure) in
      try output.take(left, of: chunk)
    } end: { (shard) throws(DatasetFailure) in
      try output.end(shard)
    }
  }
}

/// The shards of which some chunk changes.
private final class ChangedShards: Sendable {
  private let places: Mutex<[Bool]>

  init(_ count: Int) { places = Mutex(Array(repeating: false, count: count)) }

  func insert(_ place: Int) { places.withLock { $0[place] = true } }

  func contains(_ place: Int) -> Bool { places.withLock { $0[place] } }
}

extension ReleaseChunk {
  /// Computes the key of each row, and what is left; gives how many rows there were.
  fileprivate func clean(
    _ removal: KeyTable, _ counted: RowInsertion.Marks?, _ batch: inout RowBatch,
    _ changed: ChangedShards
  ) throws(DatasetFailure) -> (rows: Int, found: CleanedChunk) {
    let chunk = bytes.storage.span.extracting(0..<bytes.count)
    if part.parquet != nil { return try drop(removal, counted, &batch) }
    var marks = counted
    var kept: [UInt8] = []
    var removed: UInt64 = 0
    var start = 0
    var reader = reader()
    var records: [Range<Int>] = []
    while true {
      let isRow: Bool
      do throws(RowError) {
        isRow = try reader.next(in: chunk)
        if isRow {
          try batch.append(reader, in: chunk)
          records.append(reader.record)
        }
      } catch {
        throw .row(shard: part.shard.name, error)
      }
      if isRow, !batch.isFull { continue }
      batch.hash()
      for (place, record) in records.enumerated() {
        let key = batch.key(at: place)
        marks?.note(key, at: kept.count + record.lowerBound - start)
        guard removal.contains(key) else { continue }
        if removed == 0 { kept.reserveCapacity(bytes.count) }
        removed += 1
        kept.append(contentsOf: bytes.storage[start..<record.lowerBound])
        start = record.upperBound
      }
      records.removeAll(keepingCapacity: true)
      if !isRow { break }
    }
    if marks != nil || removed > 0 {
      kept.append(contentsOf: bytes.storage[start..<bytes.count])
      changed.insert(place.shard)
    }
    return (
      reader.row, CleanedChunk(content: content(kept, marks, removed, changed), removed: removed)
    )
  }

  /// What is left, compressed here where that is known to be of use.
  private func content(
    _ kept: [UInt8], _ marks: RowInsertion.Marks?, _ removed: UInt64, _ changed: ChangedShards
  ) -> CleanedChunk.Content {
    if let marks { return .marked(kept, marks) }
    let packing = part.shard.format.packing
    guard packing != .plain, changed.contains(place.shard) else {
      return removed == 0 ? .same : .rows(kept)
    }
    if removed == 0 { return .packed(bytes.withSpan { packing.packed($0) }) }
    return kept.isEmpty ? .rows([]) : .packed(packing.packed(kept.span))
  }
}
