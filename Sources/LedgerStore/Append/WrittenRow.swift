internal import GRDB
internal import Provenance

/// A row of a projection, as its table has it.
struct WrittenRow: Sendable {
  let table: ProjectionTable
  let key: String
  let position: UInt64
  let document: String

  /// Rows of one statement: running it costs more than a row does.
  private static let many = 32

  /// Writes `rows`, each in place of any with the same key; of one table and key there is one row.
  static func write(_ rows: [WrittenRow], _ db: Database) throws {
    // In the order in which tables come first, so that the same rows are always written the same way.
    var groups: [(table: ProjectionTable, rows: [WrittenRow])] = []
    for row in rows {
      if let place = groups.firstIndex(where: { $0.table == row.table }) {
        groups[place].rows.append(row)
      } else {
        groups.append((row.table, [row]))
      }
    }
    for (table, rows) in groups {
      var start = 0
      while start < rows.count {
        let end = start + (rows.count - start >= many ? many : 1)
        let statement = try db.cachedStatement(sql: sql(table, rows: end - start))
        var arguments: [(any DatabaseValueConvertible)?] = []
        arguments.reserveCapacity(3 * (end - start))
        for row in rows[start..<end] {
          arguments.append(row.key)
          arguments.append(row.position.stored)
          arguments.append(row.document)
        }
        statement.setUncheckedArguments(StatementArguments(arguments))
        try statement.execute()
        start = end
      }
    }
  }

  private static func sql(_ table: ProjectionTable, rows: Int) -> String {
    """
    INSERT INTO \(Schema.name(of: table)) (key, position, document)
    VALUES \(Array(repeating: "(?, ?, ?)", count: rows).joined(separator: ", "))
    ON CONFLICT (key) DO UPDATE SET position = excluded.position, document = excluded.document
    """
  }
}
