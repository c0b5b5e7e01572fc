internal import CanonicalJSON
internal import Files

/// What a Parquet file has beside its rows, as far as it is kept when rows leave.
struct ParquetFraming: Sendable {
  /// How most bytes are compressed, as DuckDB's `COMPRESSION` takes it.
  let codec: String
  /// Rows of the largest row group.
  let groupSize: Int64
  /// Key-value metadata: names, and values in hexadecimal digits.
  ///
  /// Writers keep schemas of their own there (`huggingface`, `pandas`, `ARROW:schema`), which no rewriting
  /// keeps by itself.
  let metadata: [Pair]

  struct Pair: Hashable, Sendable {
    let key: String
    let value: String
  }

  init(
    of file: OpenFile, named shard: String, _ engine: Engine,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(DatasetFailure) {
    let path = file.pathForOthers
    let command = try engine.command(
      """
      COPY (SELECT compression AS codec FROM parquet_metadata('\(path)')
            GROUP BY compression ORDER BY sum(total_compressed_size) DESC, compression LIMIT 1)
      TO '/dev/stdout' (FORMAT json);
      COPY (SELECT max(row_group_num_rows) AS size FROM parquet_metadata('\(path)'))
      TO '/dev/stdout' (FORMAT json);
      COPY (SELECT decode(key) AS key, hex(value) AS value FROM parquet_kv_metadata('\(path)'))
      TO '/dev/stdout' (FORMAT json);

      """)
    let bytes = try Engine.reading(shard) { () throws(FileFailure) in
      try ChildOutput(command, isCancelled: isCancelled).readAll(limit: 1 << 28)
    }
    // What a file without a row has.
    var (codec, size) = ("SNAPPY", Int64(122_880))
    var metadata: [Pair] = []
    for line in bytes.split(separator: 0x0a) {
      guard let json = try? JSON(parsing: Array(line)), case .object(let object) = json else {
        throw .engine(shard, .otherAnswer)
      }
      if case .string(let name)? = object["codec"] { codec = name }
      if case .integer(let count)? = object["size"], count > 0 { size = count }
      if case .string(let key)? = object["key"], case .string(let value)? = object["value"] {
        metadata.append(Pair(key: key, value: value))
      }
    }
    // DuckDB writes what Hadoop calls LZ4 in the framing that the format's authors recommend instead.
    let known = ["UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "BROTLI", "LZ4_RAW"]
    self.codec = codec == "LZ4" ? "LZ4_RAW" : codec
    guard known.contains(self.codec) else { throw .engine(shard, .unsupported) }
    groupSize = size
    self.metadata = metadata.sorted { ($0.key, $0.value) < ($1.key, $1.value) }
  }

  /// The options of the statement that writes a file so.
  func options(dictionaries: Bool) -> String {
    var options = "FORMAT parquet, COMPRESSION '\(codec)', ROW_GROUP_SIZE \(groupSize)"
    if !metadata.isEmpty {
      let pairs = metadata.map { pair in
        let bytes = stride(from: 0, to: pair.value.count, by: 2).map { place in
          "\\x" + pair.value.dropFirst(place).prefix(2)
        }
        return "\(Engine.quoted(name: pair.key)): '\(bytes.joined())'::BLOB"
      }
      options += ", KV_METADATA {\(pairs.joined(separator: ", "))}"
    }
    if !dictionaries { options += ", DICTIONARY_SIZE_LIMIT 0" }
    return options + ", USE_TMP_FILE false"
  }
}
