internal import CanonicalJSON
internal import Datasets
internal import LedgerCrypto
internal import Provenance
internal import Workflows

/// What `match` answers of one list.
extension MatchRelease.Compared {
  var json: JSON {
    var object = JSONObject([
      ("list", JSON(list)), ("column", .string(match.column)),
      ("method", .string(match.method.rawValue)), ("matchedRows", JSON(match.matched.rows)),
      ("matchedKeys", JSON(match.matched.keys)), ("scannedRows", JSON(match.scannedRows)),
      ("rowsWithoutHash", JSON(match.rowsWithoutHash)),
      ("rowsWithOtherValue", JSON(match.rowsWithOtherValue)),
    ])
    if let rows = match.rowsBySpelling { object["rowsBySpelling"] = JSON(rows) }
    if let nearness = match.nearness { object["nearness"] = nearness.json }
    return .object(object)
  }

  func lines(isOne: Bool) -> [String] {
    let start = isOne ? "" : "\(list): "
    var line =
      "\(start)\(match.matched.rows.grouped) of \(match.scannedRows.of("row")) matched; \(match.rowsWithoutHash.grouped) had nothing to compare."
    func say(_ count: UInt64, _ one: String, _ many: String) {
      if count > 0 { line += " \(count.grouped) \(count == 1 ? one : many)." }
    }
    let name = algorithm.listAlgorithm.name
    say(
      match.rowsWithOtherValue, "row has a value that is no \(name)",
      "rows have a value that is no \(name)")
    if let nearness = match.nearness {
      line += " Near is up to \(nearness.distance) of 256 bits."
      if let quality = nearness.quality {
        say(
          quality.rowsBelow, "row has a quality below \(quality.least)",
          "rows have a quality below \(quality.least)")
      }
    }
    switch match.method {
    case .exact where of == .url: line += " URLs were compared by their exact bytes (--spellings)."
    case .spellings:
      line +=
        " \(match.rowsBySpelling ?? 0 == 1 ? "1 row" : (match.rowsBySpelling ?? 0).of("row")) matched by another spelling alone (\(match.method.rawValue))."
    case .exact, .pdq: break
    }
    return [line]
  }
}
