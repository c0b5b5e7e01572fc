internal import CanonicalJSON
internal import Files
internal import Rows

/// The columns of a Parquet file, as its footer and DuckDB have them.
struct ParquetSchema: Sendable {
  /// One column.
  struct Column: Hashable, Sendable {
    /// The name in the file.
    let name: String
    /// The name that DuckDB has for it, which is another where names differ in case alone.
    let engineName: String
    /// `nil` for a column of nulls.
    let type: EngineType?
  }

  /// The columns in the file's order.
  let columns: [Column]
  /// Rows, by the footer.
  let rows: UInt64

  /// Reads the schema of an open file.
  ///
  /// - Throws: ``DatasetFailure/engine(_:_:)``, about the shard of that name.
  init(
    of file: OpenFile, named shard: String, _ engine: Engine,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(DatasetFailure) {
    let path = file.pathForOthers
    let command = try engine.command(
      """
      COPY (SELECT name, num_children AS children, logical_type AS logical
            FROM parquet_schema('\(path)')) TO '/dev/stdout' (FORMAT json);
      COPY (SELECT column_name AS "column", column_type AS type
            FROM (DESCRIBE SELECT * FROM \(Self.source(path)))) TO '/dev/stdout' (FORMAT json);
      COPY (SELECT num_rows AS rows FROM parquet_file_metadata('\(path)'))
      TO '/dev/stdout' (FORMAT json);

      """)
    let bytes = try Engine.reading(shard) { () throws(FileFailure) in
      let bytes = try ChildOutput(command, isCancelled: isCancelled).readAll(limit: 1 << 26)
      try file.checkUnchanged()
      return bytes
    }
    var fields: [Field] = []
    var found: [(name: String, type: String)] = []
    var rows: UInt64?
    for line in bytes.split(separator: 0x0a) {
      guard let json = try? JSON(parsing: Array(line)), case .object(let object) = json else {
        throw .engine(shard, .otherAnswer)
      }
      if case .string(let column)? = object["column"], case .string(let type)? = object["type"] {
        found.append((column, type))
      } else if case .string(let name)? = object["name"] {
        fields.append(Field(name, object))
      } else if case .integer(let count)? = object["rows"], count >= 0, rows == nil {
        rows = UInt64(count)
      } else {
        throw .engine(shard, .otherAnswer)
      }
    }
    let tops = Self.tops(of: fields[...])
    guard let rows, let tops, tops.count == found.count else {
      throw .engine(shard, .otherAnswer)
    }
    self.rows = rows
    columns = zip(tops, found).map { top, found in
      Column(
        name: top.name, engineName: found.name,
        type: top.isNull
          ? nil : EngineType(found.type, hasNanoseconds: top.hasNanoseconds))
    }
  }

  /// How statements name the rows of the file at `path`: nothing is told from the path, or added.
  static func source(_ path: String) -> String {
    "read_parquet('\(path)', hive_partitioning=false, union_by_name=false)"
  }

  /// What one of the footer's fields says.
  private struct Field {
    let name: String
    let children: Int
    let isNull: Bool
    let hasNanoseconds: Bool

    init(_ name: String, _ object: JSONObject) {
      self.name = name
      children =
        if case .integer(let count)? = object["children"] { Int(clamping: count) } else { 0 }
      let logical = if case .string(let text)? = object["logical"] { text } else { "" }
      isNull = logical.hasPrefix("NullType")
      hasNanoseconds =
        logical.hasPrefix("TimestampType") && logical.contains("NANOS=NanoSeconds")
    }
  }

  /// The columns among the fields of a footer, which come with all their members, the root first; `nil`
  /// where their numbers do not fit.
  private static func tops(
    of fields: ArraySlice<Field>
  ) -> [(name: String, isNull: Bool, hasNanoseconds: Bool)]? {
    guard let root = fields.first else { return nil }
    var rest = fields.dropFirst()
    var tops: [(name: String, isNull: Bool, hasNanoseconds: Bool)] = []
    for _ in 0..<max(0, root.children) {
      guard let top = rest.first else { return nil }
      var left = 1
      var hasNanoseconds = false
      while left > 0 {
        guard let field = rest.popFirst(), field.children >= 0 else { return nil }
        hasNanoseconds = hasNanoseconds || field.hasNanoseconds
        left += field.children - 1
      }
      tops.append((top.name, top.isNull, hasNanoseconds))
    }
    return rest.isEmpty ? tops : nil
  }
}

extension FileSchema {
  /// The schema as rows are read by it.
  init(_ parquet: ParquetSchema, types: DeclaredTypes) throws(ColumnError) {
    try self.init(stored: parquet.columns.map { ($0.name, $0.type?.stored) }, types: types)
  }
}
