package import Datasets
internal import Files
package import Provenance
internal import Rows
internal import SetCommitment

/// Rows that someone asks for.
package enum AskedList: Sendable {
  /// A list as it comes, in a file.
  case file(String)
  /// A list as it comes, from elsewhere, with words for where.
  case bytes([UInt8], named: String)
  /// Rows one by one.
  case held([HeldRow])
}

extension Vault {
  /// The keys of rows that someone asks for.
  package func keys(
    of list: AskedList, in release: VersionedName, _ progress: Progress
  ) throws -> AskedRows {
    let dataset = try view.dataset(release.name)
    func read(
      _ body: ([Column], RowSecret?) throws -> AskedRows
    ) throws -> AskedRows {
      let rows = try body(try columns(of: dataset).identity, try rowSecret(of: dataset))
      guard !rows.keys.isEmpty else {
        throw WorkflowFailure.badInput(
          "There is no row in the list; give one JSON object a line, or a table with a header.")
      }
      return rows
    }
    switch list {
    case .held(let rows): return AskedRows(keys: try rows.map { try key(of: $0, in: dataset) })
    case .bytes(let bytes, let name):
      return try read { try AskedRows(bytes, named: name, identity: $0, secret: $1) }
    case .file(let path):
      guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
      return try read {
        try AskedRows(
          file: path, identity: $0, secret: $1, isCancelled: progress.isCancelled)
      }
    }
  }
}
