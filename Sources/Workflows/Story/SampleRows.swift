package import Datasets
internal import Files
internal import LedgerCrypto

/// Generated rows, hash lists and a model file for trying winnow out: same seed, same bytes.
package struct SampleRows: Sendable {
  /// What the rows come from.
  package let seed: UInt64
  /// How many rows.
  package let rows: UInt64
  /// Over how many files they are spread, 1 or more.
  package let shards: Int
  /// How they are written.
  package let records: ShardFormat.Records

  /// Takes all four; fewer than 1 shard counts as 1.
  package init(
    seed: UInt64 = 1, rows: UInt64, shards: Int = 1, records: ShardFormat.Records = .csv
  ) {
    self.seed = seed
    self.rows = rows
    self.shards = max(1, shards)
    self.records = records
  }

  /// What was written, and what a match will find.
  package struct Summary: Hashable, Sendable {
    /// Paths of the shards, in order.
    package let shardPaths: [String]
    /// The hotline's list: MD5 of URLs, one a line.
    package let hotlineListPath: String
    /// The foundation's list: SHA-256 of URLs, CSV with a column `sha256`.
    package let foundationListPath: String
    /// A small file that stands for a model's weights.
    package let modelPath: String
    /// How many URLs of the rows the hotline's list names.
    package let hotlineHits: Int
    /// How many URLs of the rows the foundation's list names.
    package let foundationHits: Int
    /// How many URLs both lists name.
    package let sharedHits: Int
  }

  /// Writes everything into `directory`, which is made if it is missing.
  ///
  /// Files: `rows-00000.csv` (or `.jsonl`) and so on, `hotline-url-md5.txt`,
  /// `foundation-url-sha256.csv`, `model-weights.bin`.
  ///
  /// - Parameters:
  ///   - directory: where to; no file of these names may be there.
  ///   - isCancelled: asked now and then; `true` stops the work.
  /// - Returns: the paths and what to expect.
  /// - Throws: ``DatasetFailure``, ``FileFailure``.
  package func write(
    to directory: String, isCancelled: () -> Bool = { false }
  ) throws -> Summary {
    try Directory.make(directory)
    let ending = records == .csv ? "csv" : "jsonl"
    let paths = (0..<shards).map { shard in
      let digits = String(shard)
      let padding = String(repeating: "0", count: max(0, 5 - digits.utf8.count))
      return "\(directory)/rows-\(padding)\(digits).\(ending)"
    }
    let hotline = directory + "/hotline-url-md5.txt"
    let foundation = directory + "/foundation-url-sha256.csv"
    let model = directory + "/model-weights.bin"
    for path in paths + [hotline, foundation, model] where Directory.holds(path) {
      throw DatasetFailure.alreadyExists(path)
    }
    for (shard, path) in paths.enumerated() { try writeShard(shard, to: path, isCancelled) }
    let hits = hits()
    let md5 = list(hits.hotline, padding: 5000, bytes: 16, salt: 5)
    let sha256 = list(hits.foundation, padding: 2000, bytes: 32, salt: 6)
    try AtomicFile.write(
      md5.flatMap { Array($0.hex.utf8) + [0x0a] }, to: hotline, replacing: false)
    let lines = sha256.flatMap { Array("\($0.hex),2026-01-01\n".utf8) }
    try AtomicFile.write(Array("sha256,added\n".utf8) + lines, to: foundation, replacing: false)
    try AtomicFile.write(modelBytes(), to: model, replacing: false)
    return Summary(
      shardPaths: paths, hotlineListPath: hotline, foundationListPath: foundation,
      modelPath: model, hotlineHits: hits.hotline.count, foundationHits: hits.foundation.count,
      sharedHits: hits.shared)
  }

  private func writeShard(
    _ shard: Int, to path: String, _ isCancelled: () -> Bool
  ) throws {
    let file = try AtomicFile(path: path)
    var buffer: [UInt8] = []
    if records == .csv {
      buffer.append(contentsOf: SampleRow.columns.joined(separator: ",").utf8)
      buffer.append(UInt8(ascii: "\n"))
    }
    let (low, high) = (bound(shard), bound(shard + 1))
    for index in low..<high {
      let row = SampleRow(seed: seed, index: index)
      if records == .csv { row.appendCSV(to: &buffer) } else { row.appendJSON(to: &buffer) }
      if buffer.count >= 1 << 18 {
        if isCancelled() { throw DatasetFailure.cancelled }
        try file.write(buffer)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    try file.write(buffer)
    try file.commit(replacing: false)
  }

  /// The first row of a shard.
  private func bound(_ shard: Int) -> UInt64 {
    let (high, low) = rows.multipliedFullWidth(by: UInt64(shard))
    return UInt64(shards).dividingFullWidth((high, low)).quotient
  }

  /// Images whose URLs the lists name: 37 and 34 for every 1,360 rows, 11 of them on both.
  private func hits() -> (hotline: [[UInt8]], foundation: [[UInt8]], shared: Int) {
    func share(_ count: UInt64) -> UInt64 {
      rows < 2
        ? rows : max(min(rows, 2), min(rows / 1360, 1000) * count + rows % 1360 * count / 1360)
    }
    let (hotline, foundation) = (share(37), share(34))
    let shared = min(hotline, foundation, share(11))
    let all = hotline + foundation - shared
    let step = max(1, rows / max(1, all))
    var urls: [[UInt8]] = []
    for place in 0..<min(all, rows) {
      // A row that repeats another's URL gives way to the one it repeats.
      var image = place * step
      if image % SampleRow.repeatEvery == SampleRow.repeatEvery - 1 {
        image -= SampleRow.repeatDistance
      }
      urls.append(SampleRow.url(seed: seed, image: image))
    }
    let first = Array(urls.prefix(Int(hotline)))
    let second = Array(urls.suffix(Int(min(foundation, UInt64(urls.count)))))
    let firsts = Set(first)
    let seconds = Set(second)
    return (
      Array(firsts), Array(seconds), firsts.intersection(seconds).count
    )
  }

  /// The hashes of `urls` and of as many nothings as `padding`, ascending.
  private func list(
    _ urls: [[UInt8]], padding: Int, bytes: Int, salt: UInt64
  ) -> [[UInt8]] {
    var hashes: [[UInt8]] = urls.map { url in
      bytes == 16 ? LegacyHash.md5(url.span) : Digest(sha256: url).bytes
    }
    var random = SplitMix64(seed: seed &+ salt)
    for _ in 0..<padding {
      var hash: [UInt8] = []
      while hash.count < bytes { hash.append(UInt8(truncatingIfNeeded: random.next())) }
      hashes.append(hash)
    }
    return hashes.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func modelBytes() -> [UInt8] {
    var bytes = Array("winnow sample weights: generated, of no model\n".utf8)
    var random = SplitMix64(seed: seed &+ 7)
    while bytes.count < 65_536 { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
    return bytes
  }
}
