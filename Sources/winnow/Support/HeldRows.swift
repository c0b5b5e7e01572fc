internal import CanonicalJSON
internal import Provenance
internal import Workflows

extension HeldRow {
  static func read(_ path: String, secretFile: String?) throws -> HeldRow {
    let json = try InputFile.read(path, maximum: 16 << 20)
    try RowKey.check(json)
    return HeldRow(
      json: json,
      secret: try secretFile.map { try InputFile.read($0, maximum: 4096) })
  }
}

extension HeldRow {
  /// Rows from a file, one JSON object a line; empty lines are passed over.
  static func readLines(_ path: String) throws -> [HeldRow] {
    let rows = try InputFile.read(path, maximum: 256 << 20).split(separator: 0x0a).map {
      HeldRow(json: Array($0), secret: nil)
    }
    for row in rows { try RowKey.check(row.json) }
    guard !rows.isEmpty else {
      throw WorkflowFailure.badInput("There is no row in \(path); give one JSON object a line.")
    }
    return rows
  }
}
