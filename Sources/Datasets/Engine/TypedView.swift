internal import Files
internal import Rows

/// A shard of any format as a table to DuckDB, with the types that the dataset and the file have.
struct TypedView: Sendable {
  /// A column: what it is called to DuckDB, quoted, and what it is.
  struct Column: Sendable {
    let name: String
    let type: EngineType?
  }

  /// The columns in the file's order.
  let columns: [Column]
  private let part: ReleaseReader.Part

  /// - Throws: ``EngineFlaw/namesAlike`` where two columns differ in case alone, which DuckDB takes for one.
  init(_ part: ReleaseReader.Part) throws(DatasetFailure) {
    self.part = part
    if let parquet = part.parquet {
      columns = parquet.schema.columns.map {
        Column(name: Engine.quoted(name: $0.engineName), type: $0.type)
      }
      return
    }
    let names = part.projection.file.names
    guard Set(names.map { $0.lowercased() }).count == names.count else {
      throw .engine(part.shard.name, .namesAlike)
    }
    columns = names.enumerated().map { place, name in
      Column(
        name: Engine.quoted(name: name),
        type: part.type(ofPlace: place).map {
          EngineType(EngineType.name(of: $0), hasNanoseconds: false)
        })
    }
  }

  /// The table, where the file is at `path`.
  func table(_ path: String) -> String {
    switch part.shard.format.records {
    case .parquet: ParquetSchema.source(path)
    case .csv:
      """
      (SELECT \(casts { "NULLIF(\($0), '')" }) FROM read_csv('\(path)', auto_detect=false, header=true,
        delim=',', quote='"', escape='"', nullstr='\(Self.noText)', null_padding=false, parallel=false,
        max_line_size=\(RowReader.maximumRecordLength), compression='\(compression)',
        columns={\(fields { _ in "VARCHAR" })}))
      """
    case .jsonLines:
      """
      (SELECT \(casts { $0 }) FROM read_json('\(path)', format='newline_delimited', records=true,
        maximum_object_size=\(RowReader.maximumRecordLength), compression='\(compression)',
        columns={\(fields(jsonType))}))
      """
    }
  }

  /// Text that stands for null and is no UTF-8 text of a file's: CSV has no null here.
  private static let noText = "\u{1}winnow has no null\u{1}"

  private var compression: String {
    switch part.shard.format.packing {
    case .plain: "uncompressed"
    case .gzip: "gzip"
    case .zstd: "zstd"
    }
  }

  private func fields(_ type: (Int) -> String) -> String {
    part.projection.file.names.enumerated().map { place, name in
      "\(Engine.quoted(text: name)): '\(type(place))'"
    }.joined(separator: ", ")
  }

  /// What a member of JSON is read as before it is cast.
  private func jsonType(_ place: Int) -> String {
    switch part.type(ofPlace: place) {
    case nil: "JSON"
    case .bytes, .timestamp: "VARCHAR"
    case .int: "HUGEINT"
    case let type?: EngineType.name(of: type)
    }
  }

  /// The columns from text, `value` of those that are no strings.
  private func casts(_ value: (String) -> String) -> String {
    part.projection.file.names.enumerated().map { place, name in
      let name = Engine.quoted(name: name)
      let type = part.type(ofPlace: place)
      let cast: String
      switch type {
      case nil, .string: return name
      case .bytes: cast = "unhex(\(value(name)))"
      case .list where part.shard.format.records == .csv:
        cast = "\(value(name))::JSON::\(EngineType.name(of: type ?? .string))"
      case .int: cast = "\(value(name))::HUGEINT"
      case let type?: cast = "\(value(name))::\(EngineType.name(of: type))"
      }
      return "\(cast) AS \(name)"
    }.joined(separator: ", ")
  }
}

extension ReleaseReader.Part {
  /// The type of a column's cells, the dataset's where it has the column; `nil` where there is none.
  fileprivate func type(ofPlace place: Int) -> ColumnType? {
    if let committed = projection.committedType(ofPlace: place) { return committed }
    switch projection.file.evidence[place] {
    case .text: return .string
    case .declared(let declared): return declared.type
    case .inferred(let type): return type
    case .stored(let stored, let declared): return declared?.type ?? stored.type
    case .onlyNull, .undetermined, .absent: return nil
    }
  }
}
