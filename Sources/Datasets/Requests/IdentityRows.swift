package import CanonicalJSON
internal import Files
package import LedgerCrypto
internal import Rows
package import SetCommitment

extension ReleaseReader {
  /// The identity columns of the rows with one of `keys`, as members of a JSON object, in one pass.
  ///
  /// For who has the files alone: these are values of rows. A key's rows have the same identity, so that
  /// each key is there once, and a key of no row is not.
  ///
  /// - Returns: by key, and the shards as they were read.
  package func identities(
    of keys: EntrySet, work: Work = Work()
  ) throws(DatasetFailure) -> (rows: [Digest: JSONObject], shards: [ShardFacts]) {
    var rows: [Digest: JSONObject] = [:]
    let facts = try scan(.committed, work) { (chunk) throws(DatasetFailure) in
      try chunk.identities(of: keys)
    } take: { found, _ in
      rows.merge(found) { first, _ in first }
    }
    return (rows, facts)
  }
}

extension ReleaseChunk {
  fileprivate func identities(
    of keys: EntrySet
  ) throws(DatasetFailure) -> (rows: Int, found: [Digest: JSONObject]) {
    let chunk = bytes.storage.span.extracting(0..<bytes.count)
    var columns: [(column: Column, place: Int)] = []
    for column in part.projection.identity {
      guard let place = part.projection.file.index(of: column.name) else {
        throw .missingColumn(shard: part.shard.name, column.name)
      }
      columns.append((column, place))
    }
    var reader = reader()
    var found: [Digest: JSONObject] = [:]
    do throws(RowError) {
      while try reader.next(in: chunk) {
        let key = try reader.tags(in: chunk).key
        guard keys.contains(key), found[key] == nil else { continue }
        var row = JSONObject()
        for (column, place) in columns {
          var value: [UInt8] = []
          let isThere = try reader.appendValue(ofColumn: place, in: chunk, to: &value)
          row[column.name] = isThere ? Self.json(value, column.type) : .null
        }
        found[key] = row
      }
    } catch {
      throw .row(shard: part.shard.name, error)
    }
    return (reader.row, found)
  }

  /// A value as JSON has it; what JSON has no spelling for, or not this one, stays text.
  private static func json(_ value: [UInt8], _ type: ColumnType) -> JSON {
    let text = JSON.string(String(decoding: value, as: UTF8.self))
    return switch type {
    case .string, .bytes, .timestamp: text
    case .bool, .int, .float64, .float32, .list: (try? JSON(parsing: value)) ?? text
    }
  }
}
