internal import Files
package import LedgerCrypto
internal import Rows

/// A row as a release's file has it, and its place among the others of its shard.
package struct PlacedRow: Sendable {
  /// The shard it was read from.
  let part: ReleaseReader.Part
  /// That shard's place in its release, and how many shards that one has.
  let ordinal: (place: Int, count: Int)
  /// How many rows of the shard that were not passed over come before it.
  let after: UInt64
  /// How many rows of the shard come before it.
  let number: UInt64
  /// The record, which a line feed ends.
  let bytes: [UInt8]

  var shard: Shard { part.shard }

  /// Whether it can be written among the rows of a shard.
  func fits(_ other: ReleaseReader.Part) -> Bool {
    switch (shard.format.records, other.shard.format.records) {
    case (.jsonLines, .jsonLines): true
    case (.csv, .csv):
      other.projection.file.names.map { Array($0.utf8) }
        == part.projection.file.names.map { Array($0.utf8) }
    case (.parquet, .parquet): part.parquet?.schema.columns == other.parquet?.schema.columns
    case (.jsonLines, _), (.csv, _), (.parquet, _): false
    }
  }
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
    let (wanted, passed) = (KeyTable(keys), KeyTable(gone))
    var rows: [[PlacedRow]] = Array(repeating: [], count: parts.count)
    var before: [UInt64] = Array(repeating: 0, count: parts.count)
    var rowsBefore = before
    let facts = try scan(.all, work) { (chunk) throws(DatasetFailure) in
      var found = PlacedFound()
      return (try chunk.find(wanted, passing: passed, &found), found)
    } take: { found, chunk in
      let place = chunk.place
      let part = parts[place.shard]
      for row in found.rows {
        rows[place.shard].append(
          PlacedRow(
            part: part, ordinal: (place.shard, parts.count),
            after: before[place.shard] + row.after, number: rowsBefore[place.shard] + row.number,
            bytes: row.bytes))
      }
      before[place.shard] += found.counted
      rowsBefore[place.shard] += found.read
    }
    guard facts == catalog.entries.map(\.facts) else {
      let changed = zip(facts, catalog.entries).first { $0 != $1.facts }
      throw .shardChanged(changed?.0.name ?? catalog.release)
    }
    return rows.flatMap { $0 }
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

/// What was found in one chunk.
private struct PlacedFound: Sendable {
  var rows: [(after: UInt64, number: UInt64, bytes: [UInt8])] = []
  /// Rows read.
  var read: UInt64 = 0
  /// Rows that count for a place.
  var counted: UInt64 = 0
}

extension ReleaseChunk {
  /// Finds the rows of `wanted` keys; gives how many rows there are.
  fileprivate func find(
    _ wanted: KeyTable, passing passed: KeyTable, _ found: inout PlacedFound
  ) throws(DatasetFailure) -> Int {
    let chunk = bytes.storage.span.extracting(0..<bytes.count)
    var reader = reader()
    do throws(RowError) {
      while try reader.next(in: chunk) {
        let key = try reader.tags(in: chunk).key
        if wanted.contains(key) {
          var record = Array(bytes.storage[reader.record])
          if record.last != 0x0a { record.append(0x0a) }
          found.rows.append((found.counted, found.read, record))
        } else if !passed.contains(key) {
          found.counted += 1
        }
        found.read += 1
      }
    } catch {
      throw .row(shard: part.shard.name, error)
    }
    return reader.row
  }
}
