internal import Files
internal import LedgerCrypto

/// The files of a cleaned release while they are written, by one thread.
final class CleanOutput {
  /// What one chunk leaves, as it is written.
  struct Piece: Sendable {
    let shard: Int
    let bytes: [UInt8]
    /// Of a shard that gets rows back: where its rows begin; the bytes are then not compressed.
    let marks: RowInsertion.Marks?
  }

  private let shards: [Shard]
  private var files: [AtomicFile] = []
  /// The rows that come back.
  let insertion: RowInsertion

  /// Starts a file for each shard.
  init(_ shards: [Shard], _ insertion: RowInsertion) throws(DatasetFailure) {
    self.shards = shards
    self.insertion = insertion
    for shard in shards {
      files.append(
        try onDisk { () throws(FileFailure) in try AtomicFile(path: shard.path) })
    }
  }

  /// Appends what a chunk leaves; chunks come in the release's order.
  func write(_ piece: Piece) throws(DatasetFailure) {
    let file = files[piece.shard]
    guard let marks = piece.marks else {
      return try onDisk { () throws(FileFailure) in try file.write(piece.bytes) }
    }
    let bytes = insertion.filled(piece.bytes, marks, ofShard: piece.shard)
    try write(bytes, to: file, of: shards[piece.shard])
  }

  private func write(
    _ bytes: [UInt8], to file: AtomicFile, of shard: Shard
  ) throws(DatasetFailure) {
    let stored = shard.format.isGzip ? Self.member(bytes) : bytes
    try onDisk { () throws(FileFailure) in try file.write(stored) }
  }

  /// Syncs all files; gives them, still without their names, and the shards that they are.
  func seal() throws(DatasetFailure) -> ([AtomicFile], [Shard]) {
    defer { self.files = [] }
    var unnamed: [Shard] = []
    for (place, (file, shard)) in zip(files, shards).enumerated() {
      try write(insertion.rest(ofShard: place), to: file, of: shard)
      // A gzip file has at least one member, whatever was removed.
      if file.size == 0, shard.format.isGzip {
        try onDisk { () throws(FileFailure) in try file.write(Self.compressed([])) }
      }
      try onDisk { () throws(FileFailure) in try file.seal() }
      unnamed.append(shard.moved(to: file.readingPath))
    }
    return (files, unnamed)
  }

  /// One gzip member: chunks are compressed by their workers, and a file is its members in a row.
  static func member(_ bytes: [UInt8]) -> [UInt8] {
    bytes.isEmpty ? [] : compressed(bytes)
  }

  private static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    let writer = GzipWriter()
    writer.write(bytes.span) { output.append(copying: $0) }
    writer.finish { output.append(copying: $0) }
    return output
  }
}
