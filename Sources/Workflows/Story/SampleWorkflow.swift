internal import Datasets

/// Generated rows to try things on.
package enum SampleWorkflow {
  /// Writes rows, hash lists and a model file; the paths written.
  package static func write(
    rows: Int, seed: UInt64, shards: Int, to directory: String,
    isCancelled: () -> Bool = { false }
  ) throws -> [String] {
    let summary = try SampleRows(seed: seed, rows: UInt64(rows), shards: shards)
      .write(to: directory, isCancelled: isCancelled)
    return summary.shardPaths + [
      summary.hotlineListPath, summary.foundationListPath, summary.modelPath,
    ]
  }
}
