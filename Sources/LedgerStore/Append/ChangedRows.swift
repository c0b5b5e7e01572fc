internal import CanonicalJSON
internal import GRDB
internal import Provenance

/// The rows that a transaction puts into projections: of one key, the last only.
struct ChangedRows {
  private struct Key: Hashable {
    let table: ProjectionTable
    let key: String
  }
  private var rows: [Key: (document: JSONObject, position: UInt64)] = [:]
  private var order: [Key] = []

  mutating func put(_ change: ProjectionChange, at position: UInt64) {
    let key = Key(table: change.table, key: change.key)
    if rows.updateValue((change.document, position), forKey: key) == nil { order.append(key) }
  }

  /// Writes the rows, each in place of any with the same key.
  func write(_ db: Database) throws {
    for key in order {
      guard let row = rows[key] else { continue }
      let table = Schema.name(of: key.table)
      let statement = try db.cachedStatement(
        sql: """
          INSERT INTO \(table) (key, position, document) VALUES (?, ?, ?)
          ON CONFLICT (key) DO UPDATE SET position = excluded.position, document = excluded.document
          """)
      let document = String(decoding: JSON.object(row.document).canonicalBytes, as: UTF8.self)
      statement.setUncheckedArguments([key.key, row.position.stored, document])
      try statement.execute()
    }
  }
}
