internal import Datasets
internal import Files
internal import Workflows

/// Rows that are packed and unpacked, in bytes of their text a second on one core.
enum PackingBench {
  /// What zlib's level 6, which wrote them before, came to on the machine of the target file, five
  /// times.
  private static let target = 130.0

  static func run(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let rows = UInt64(min(settings.releaseRows, 300_000))
    let path = try SampleRows(rows: rows).write(to: scratch.fresh("rows")).shardPaths[0]
    let size = try OpenFile(path: path).size
    var found: [Measurement] = []
    for packing in [Packing.gzip, .zstd] {
      let packed = scratch.fresh("packed") + packing.ending
      let pack = {
        let file = try AtomicFile(path: packed)
        try each(of: path) { try file.write(packing.packed($0)) }
        try file.commit(replacing: true)
      }
      try pack()
      for (name, work) in [
        ("pack as \(packing)", pack), ("unpack \(packing)", { try each(of: packed) { _ in } }),
      ] {
        found.append(
          try Measurement.compare(
            "\(name), of text", size: size, unit: " MB/s", rounds: settings.rounds,
            limit: "target", target: 1
          ) {
            Speed.stated(target)
          } _: {
            Speed(wall: try rate(size, work).wall / 1e6)
          })
      }
      found.append(
        .ceiling(
          "\(packing), of its text", size: size, unit: " %",
          100 * Double(try OpenFile(path: packed).size) / Double(size), limit: 50))
    }
    return found
  }

  private static func each(of path: String, _ body: (Span<UInt8>) throws -> Void) throws {
    let source = try ByteSource(path: path)
    var chunk = ByteSource.Chunk()
    while try source.next(into: &chunk, boundary: { $0.count }) { try chunk.withSpan(body) }
  }
}
