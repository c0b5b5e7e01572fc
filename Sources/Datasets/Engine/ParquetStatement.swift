internal import Files
internal import Rows

/// The statement by which DuckDB writes a changed Parquet file, and the files that it reads.
struct ParquetStatement {
  private let rewrite: ParquetRewrite
  private let file: OpenFile
  /// The numbers of the rows that go, a line each.
  private let dropped: ScratchFile
  /// Of the rows that come: the file, the row's number in it, the row that it comes before, its place
  /// among all that come.
  private let inserted: ScratchFile
  /// The files of rows that come.
  private let older: [OpenFile]
  /// Names that no column has, whatever its case, by their use.
  private let names: [String]

  /// What names are for that could be those of columns.
  private enum Name: Int, CaseIterable {
    /// A row's number in its file, from 0.
    case number
    /// What rows are sorted by: the row that one stands at or comes before, which of both, and its place
    /// among those that come.
    case place, side, order
    /// Columns of ``inserted``.
    case source, row, before, turn

    static let count = allCases.count
  }

  private func name(_ use: Name) -> String { Engine.quoted(name: names[use.rawValue]) }

  /// Writes down which rows are meant, in files without a name in `scratch`.
  init(
    _ rewrite: ParquetRewrite, _ file: OpenFile, scratch: String
  ) throws(DatasetFailure) {
    self.rewrite = rewrite
    self.file = file
    var places: [String: Int] = [:]
    var older: [OpenFile] = []
    var lines: [UInt8] = []
    for (number, next) in rewrite.change.inserted.enumerated() {
      let path = next.row.shard.path
      if places[path] == nil {
        let file = try onDisk { () throws(FileFailure) in try OpenFile(path: path) }
        guard file.stamp == next.row.part.stamp else { throw .file(.changed(path: path)) }
        places[path] = older.count
        older.append(file)
      }
      lines += "\(places[path] ?? 0),\(next.row.number),\(next.at),\(number)\n".utf8
    }
    self.older = older
    let numbers = Array(rewrite.change.dropped.map { "\($0)\n" }.joined().utf8)
    (dropped, inserted) = try onDisk { () throws(FileFailure) in
      let files = (try ScratchFile(directory: scratch), try ScratchFile(directory: scratch))
      try files.0.append(numbers.span)
      try files.1.append(lines.span)
      return files
    }
    let taken = Set(rewrite.parquet.schema.columns.map { $0.engineName.lowercased() })
    let free = (0..<taken.count + Name.count).map { "row \($0)" }.filter { !taken.contains($0) }
    names = Array(free.prefix(Name.count))
  }

  /// The statement that writes to `target`.
  func text(to target: String, _ options: String) -> String {
    let columns = rewrite.parquet.schema.columns.enumerated().map { place, column in
      let name = Engine.quoted(name: column.name)
      if column.type != nil { return name }
      // DuckDB has no column of nulls without a type, and would make integers of it.
      let type = rewrite.part.projection.committedType(ofPlace: place) ?? .string
      return "NULL::\(EngineType.name(of: type)) AS \(name)"
    }.joined(separator: ", ")
    let number = name(.number)
    let kept = """
      \(numbered(file)) WHERE \(number) NOT IN (
        FROM \(table(dropped, [.row])))
      """
    if older.isEmpty {
      return "COPY (SELECT \(columns) FROM \(kept)) TO '\(target)' (\(options));\n"
    }
    // Its order has to be made, of which one shard is what memory has to hold.
    let (place, side, order) = (name(.place), name(.side), name(.order))
    var parts = [
      "SELECT \(columns), \(number) AS \(place), 1 AS \(side), 0 AS \(order) FROM \(kept)"
    ]
    for (source, file) in older.enumerated() {
      parts.append(
        """
        SELECT \(columns), \(name(.before)), 0, \(name(.turn)) FROM \(numbered(file)) JOIN (
          FROM \(table(inserted, [.source, .row, .before, .turn]))
          WHERE \(name(.source)) = \(source))
        ON \(number) = \(name(.row))
        """)
    }
    return """
      RESET memory_limit;
      COPY (SELECT \(columns) FROM (
        \(parts.joined(separator: "\n  UNION ALL "))
      ) ORDER BY \(place), \(side), \(order)) TO '\(target)' (\(options));

      """
  }

  /// The rows of a file with their numbers, from 0.
  private func numbered(_ file: OpenFile) -> String {
    """
    (SELECT *, row_number() OVER () - 1 AS \(name(.number)) FROM \(ParquetSchema.source(file.pathForOthers)))
    """
  }

  private func table(_ file: ScratchFile, _ columns: [Name]) -> String {
    let types = columns.map { "'\(names[$0.rawValue])': 'BIGINT'" }.joined(separator: ", ")
    return
      "read_csv('\(file.pathForOthers)', auto_detect=false, header=false, columns={\(types)})"
  }
}
