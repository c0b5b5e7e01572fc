internal import CanonicalJSON
internal import Files
internal import LedgerCrypto

/// A condition on one row, in DuckDB's expression language: `punsafe > 0.95`.
package struct FilterExpression: Sendable {
  /// The longest one: 64 KiB.
  package static let maximumLength = 1 << 16

  /// The expression as it was given.
  package let text: String
  private let engine: Engine

  /// Why a text is no condition on one row.
  package enum Flaw: String, Hashable, Sendable {
    case empty
    case tooLong
    /// It does not parse, or is more than an expression.
    case syntax
    /// It asks about other rows or tables.
    case otherRows
    /// It gives another answer each time: chance, the clock, or the machine's settings.
    case changing
  }

  /// Takes an expression that DuckDB parses as one condition, which is always answered alike.
  ///
  /// - Throws: ``DatasetFailure/expression(_:)``, and ``DatasetFailure/engine(_:_:)`` where there is no
  ///   DuckDB.
  package init(_ text: String, _ engine: Engine) throws(DatasetFailure) {
    guard text.utf8.contains(where: { $0 > 0x20 }) else { throw .expression(.empty) }
    guard text.utf8.count <= Self.maximumLength, !text.utf8.contains(0) else {
      throw .expression(.tooLong)
    }
    self.text = text
    self.engine = engine
    let command = try engine.command(Self.check(text))
    let answer = try Engine.reading(nil) { () throws(FileFailure) in
      try ChildOutput(command).readAll(limit: 1 << 16)
    }
    guard let line = answer.split(separator: 0x0a).first,
      let json = try? JSON(parsing: Array(line)), case .object(let object) = json
    else { throw .engine(nil, .otherAnswer) }
    guard case .string(let word)? = object["flaw"] else { return }
    throw .expression(Flaw(rawValue: word) ?? .syntax)
  }

  /// Lets DuckDB's own parser say what the expression is, which stands on lines of its own: a comment
  /// at its end hides nothing.
  private static func check(_ text: String) -> String {
    let statement = Engine.quoted(text: "SELECT 1 WHERE (\n\(text)\n)")
    return """
      COPY (
        WITH parsed AS (SELECT json_serialize_sql(\(statement)) AS tree),
        one AS (SELECT tree, json_extract(tree, '$.statements[0].node') AS node FROM parsed),
        functions AS (
          SELECT lower(unnest(json_extract_string(tree, '$..function_name'))) AS name FROM parsed),
        names AS (
          SELECT lower(json_extract_string(unnest(json_extract(tree, '$..column_names')), '$[0]')) AS name
          FROM parsed)
        SELECT CASE
          WHEN json_extract_string(tree, '$.error') = 'true'
            OR json_array_length(tree, '$.statements') <> 1
            OR json_extract_string(node, '$.type') <> 'SELECT_NODE'
            OR json_array_length(node, '$.modifiers') > 0
            OR json_array_length(node, '$.group_expressions') > 0
            OR json_array_length(node, '$.select_list') <> 1
            OR json_extract_string(node, '$.from_table.type') <> 'EMPTY'
            OR json_extract_string(node, '$.having') IS NOT NULL
            OR json_extract_string(node, '$.qualify') IS NOT NULL
            OR json_extract_string(node, '$.sample') IS NOT NULL
            OR json_extract_string(node, '$.where_clause.class') IS NULL THEN 'syntax'
          WHEN list_has_any(
              json_extract_string(tree, '$..class'), ['SUBQUERY', 'WINDOW', 'STAR', 'PARAMETER'])
            THEN 'otherRows'
          WHEN EXISTS (FROM functions JOIN duckdb_functions() ON function_name = name
              WHERE stability IN ('VOLATILE', 'CONSISTENT_WITHIN_QUERY'))
            OR EXISTS (FROM functions WHERE name IN
              ('getenv', 'current_setting', 'getvariable', 'nextval', 'currval', 'today', 'version'))
            OR EXISTS (FROM names WHERE name IN
              ('current_date', 'current_time', 'current_timestamp', 'localtime', 'localtimestamp'))
            THEN 'changing'
        END AS flaw FROM one)
      TO '/dev/stdout' (FORMAT json);

      """
  }
}

extension FilterExpression.Flaw: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .empty: "The expression is empty; say which rows are meant, as in punsafe > 0.95."
    case .tooLong:
      "The expression takes more than \(FilterExpression.maximumLength.of("byte")), or holds a zero byte; give rows in a list."
    case .syntax:
      "The expression is no single condition in DuckDB's SQL; write it as after WHERE, as in punsafe > 0.95."
    case .otherRows:
      "The expression asks about more than its own row; leave out queries, windows and the star."
    case .changing:
      "The expression has another answer each time, or on another machine; leave out chance, the clock and settings."
    }
  }
}

extension Engine {
  /// A text as statements have it.
  static func quoted(text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}
