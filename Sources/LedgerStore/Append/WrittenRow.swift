internal import GRDB
internal import Provenance

/// A row of the projections, as the table has it.
struct WrittenRow: Sendable {
  let kind: ProjectionTable
  let key: String
  let position: UInt64
  let document: String

  /// Rows of one statement: running it costs more than a row does.
  private static let many = 32

  /// Writes `rows`, each in place of any with the same kind and key.
  static func write(_ rows: [WrittenRow], _ db: Database) throws {
    var start = 0
    while start < rows.count {
      let end = start + (rows.count - start >= many ? many : 1)
      let statement = try db.cachedStatement(sql: end - start == 1 ? one : all)
      var arguments: [(any DatabaseValueConvertible)?] = []
      arguments.reserveCapacity(4 * (end - start))
      for row in rows[start..<end] {
        arguments.append(row.kind.rawValue)
        arguments.append(row.key)
        arguments.append(row.position.stored)
        arguments.append(row.document)
      }
      statement.setUncheckedArguments(StatementArguments(arguments))
      try statement.execute()
      start = end
    }
  }

  private static let one = sql(rows: 1)
  private static let all = sql(rows: many)

  private static func sql(rows: Int) -> String {
    """
    INSERT INTO projection (kind, key, position, document)
    VALUES \(Array(repeating: "(?, ?, ?, ?)", count: rows).joined(separator: ", "))
    ON CONFLICT (kind, key) DO UPDATE SET position = excluded.position, document = excluded.document
    """
  }
}
