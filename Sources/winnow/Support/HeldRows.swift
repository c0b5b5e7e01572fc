internal import CanonicalJSON
internal import Files
internal import Provenance
internal import Rows
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

extension AskedList {
  /// A list in a file, which may be long, or from a pipe or standard input, up to 256 MiB.
  init(argument path: String) throws {
    guard path == "-" || WholeInput.isPipe(path) else {
      self = .file(path)
      return
    }
    self = .bytes(
      try WholeInput.readUnpacked(path, maxBytes: 256 << 20),
      named: path == "-" ? "Standard input" : path)
  }
}
