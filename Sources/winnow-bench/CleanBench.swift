internal import Datasets
internal import Files
internal import LedgerCrypto
internal import SetCommitment
internal import Workflows

/// A release of one CSV file without every 83rd of its rows, 1.2 %, written, read back and indexed.
enum CleanBench {
  private static let step = 83

  static func run(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let sample = SampleRows(rows: UInt64(settings.releaseRows))
    let paths = try sample.write(to: scratch.fresh("rows")).shardPaths
    let reader = try ReleaseReader(registering: try Shard.list(paths), identity: ["URL"])
    let index = scratch.fresh("index")
    let summary = try reader.index(to: index)
    let catalog = ReleaseCatalog(
      release: "bench@1", shards: reader.shards, facts: summary.shards)
    let parent = try IndexFile(path: index)
    let source = parent.source
    var keys: [Digest] = []
    for place in stride(from: 0, to: source.count, by: step) {
      keys += try source.entries(place..<place + 1).map(\.key)
    }
    let cleaning = Cleaning(removing: keys)
    let work = {
      let output = scratch.fresh("cleaned")
      defer { scratch.remove(output) }
      return try rate(settings.releaseRows) {
        _ = try reader.clean(
          cleaning, catalog: catalog, root: summary.root.root, from: parent, to: output,
          index: scratch.fresh("index"))
      }
    }
    try PeakMemory.forget()
    _ = try work()
    var found = [
      Measurement.ceiling(
        "clean a release: peak memory", size: settings.releaseRows, unit: " MiB",
        try PeakMemory.mebibytes(), limit: 512)
    ]
    guard let duckdb = settings.peers.duckDB() else { return found }
    let list = scratch.fresh("list")
    try duckdb.pick(every: step, of: paths[0], to: list)
    found.append(
      try Measurement.compare(
        "clean a release of one CSV file, new root included", size: settings.releaseRows,
        rounds: settings.rounds, limit: "DuckDB: anti-join to CSV", target: 1, isOfProcessor: true
      ) {
        let output = scratch.fresh("cleaned.csv")
        defer { scratch.remove(output) }
        return try rate(settings.releaseRows) {
          try duckdb.clean(paths[0], without: list, to: output)
        }
      } _: {
        try work()
      })
    return found
  }
}
