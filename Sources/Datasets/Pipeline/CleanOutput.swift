internal import Files
internal import LedgerCrypto
internal import Synchronization

/// The files of a cleaned release while they are written.
final class CleanOutput: Sendable {
  /// What one chunk leaves, as it is written.
  struct Piece: Sendable {
    let shard: Int
    let bytes: [UInt8]
  }

  private let shards: [Shard]
  private let files: Mutex<[AtomicFile]>

  /// Starts a file for each shard.
  init(_ shards: [Shard]) throws(DatasetFailure) {
    self.shards = shards
    var files: [AtomicFile] = []
    for shard in shards {
      files.append(
        try onDisk { () throws(FileFailure) in try AtomicFile(path: shard.path) })
    }
    self.files = Mutex(files)
  }

  /// Appends what a chunk leaves; chunks come in the release's order.
  func write(_ piece: Piece) throws(DatasetFailure) {
    let file = files.withLock { $0[piece.shard] }
    try onDisk { () throws(FileFailure) in try file.write(piece.bytes) }
  }

  /// Syncs all files; gives them, still without their names, and the shards that they are.
  func seal() throws(DatasetFailure) -> ([AtomicFile], [Shard]) {
    let files = files.withLock { files in
      defer { files = [] }
      return files
    }
    var unnamed: [Shard] = []
    for (file, shard) in zip(files, shards) {
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
