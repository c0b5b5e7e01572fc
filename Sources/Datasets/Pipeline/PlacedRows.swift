internal import Files
package import LedgerCrypto
internal import Rows
internal import Synchronization

/// A row as a release's file has it, and its place among the others of its shard.
package struct PlacedRow: Sendable {
  /// The shard it was read from.
  let shard: Shard
  /// That shard's place in its release, and how many shards that one has.
  let ordinal: (place: Int, count: Int)
  /// The names of the columns of its file, in their order.
  let columns: [String]
  /// How many rows of the shard that were not passed over come before it.
  let after: UInt64
  /// The record, which a line feed ends.
  let bytes: [UInt8]
}

/// Rows of an older release that are to be written back into another.
package struct ReturningRows: Sendable {
  let rows: [PlacedRow]
  /// Keys that the release which is written has, and the older one has not, or otherwise.
  let others: [Digest]

  /// Takes what ``ReleaseReader/placedRows(of:passing:catalog:work:)`` gave, where what it passed over
  /// are the keys that the older release alone has so.
  package init(_ rows: [PlacedRow], others: [Digest]) {
    self.rows = rows
    self.others = others
  }
}

extension ReleaseReader {
  /// Reads the rows of some keys from this release's files, each with its place.
  ///
  /// - Parameters:
  ///   - keys: whose rows, strictly ascending.
  ///   - gone: other keys, strictly ascending, whose rows do not count for a place.
  ///   - catalog: the catalogue of this release, to which the files are held.
  ///   - work: threads and the caller's say.
  /// - Returns: the rows, in the order of the release.
  /// - Throws: ``DatasetFailure``; ``DatasetFailure/shardChanged(_:)`` for a file that is another.
  package func placedRows(
    of keys: [Digest], passing gone: [Digest], catalog: ReleaseCatalog, work: Work = Work()
  ) throws(DatasetFailure) -> [PlacedRow] {
    let found = PlacedTotal()
    let (wanted, passed) = (KeyTable(keys), KeyTable(gone))
    let facts = try scan(work) { () -> PlacingWorker in
      PlacingWorker(wanted: wanted, passed: passed, found: found)
    }
    guard facts == catalog.entries.map(\.facts) else {
      let changed = zip(facts, catalog.entries).first { $0 != $1.facts }
      throw .shardChanged(changed?.0.name ?? catalog.release)
    }
    var rows: [PlacedRow] = []
    var before: [UInt64] = Array(repeating: 0, count: parts.count)
    let chunks = found.chunks.withLock { $0 }.sorted { $0.place < $1.place }
    for chunk in chunks {
      let part = parts[chunk.place.shard]
      for row in chunk.rows {
        rows.append(
          PlacedRow(
            shard: part.shard, ordinal: (chunk.place.shard, parts.count),
            columns: part.projection.file.names, after: before[chunk.place.shard] + row.after,
            bytes: row.bytes))
      }
      before[chunk.place.shard] += chunk.counted
    }
    return rows
  }
}

/// Some keys, and whether another is among them.
struct KeyTable: Sendable {
  private let keys: [Digest]
  private let table: DigestTable

  /// Takes keys, no two of them equal.
  init(_ keys: [Digest]) {
    self.keys = keys
    table = DigestTable(keys)
  }

  func contains(_ key: Digest) -> Bool { table.place(of: key, in: keys) != nil }
}

/// What all workers found.
private final class PlacedTotal: Sendable {
  struct Chunk: Sendable {
    let place: ChunkQueue.Place
    var rows: [(after: UInt64, bytes: [UInt8])] = []
    /// Rows that count for a place.
    var counted: UInt64 = 0
  }

  let chunks = Mutex<[Chunk]>([])
}

private struct PlacingWorker: ChunkWorker, ~Copyable {
  let wanted: KeyTable
  let passed: KeyTable
  let found: PlacedTotal
  var own: [PlacedTotal.Chunk] = []

  init(wanted: KeyTable, passed: KeyTable, found: PlacedTotal) {
    self.wanted = wanted
    self.passed = passed
    self.found = found
  }

  mutating func take(
    _ bytes: ByteSource.Chunk, of part: ReleaseReader.Part, at place: ChunkQueue.Place
  ) throws(DatasetFailure) -> Int {
    let chunk = bytes.storage.span.extracting(0..<bytes.count)
    var result = PlacedTotal.Chunk(place: place)
    var reader = part.reader(at: place)
    do throws(RowError) {
      while try reader.next(in: chunk) {
        let key = try reader.tags(in: chunk).key
        if wanted.contains(key) {
          var record = Array(bytes.storage[reader.record])
          if record.last != 0x0a { record.append(0x0a) }
          result.rows.append((result.counted, record))
        } else if !passed.contains(key) {
          result.counted += 1
        }
      }
    } catch {
      throw .row(shard: part.shard.name, error)
    }
    own.append(result)
    return reader.row
  }

  consuming func close() {
    let own = own
    found.chunks.withLock { $0 += own }
  }
}
