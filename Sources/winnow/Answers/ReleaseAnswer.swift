internal import CanonicalJSON
internal import Provenance

extension ReleaseRecord {
  /// What `release show --json` and `release list --json` answer.
  func answer(decoyRows: UInt64 = 0) -> JSON {
    var object = JSONObject([
      ("release", JSON(publication.release)), ("root", JSON(publication.root)),
      ("rows", JSON(publication.tally.rows)), ("keys", JSON(publication.tally.keys)),
      ("shards", JSON(publication.shards)), ("sequence", JSON(published)),
      ("event", JSON(event)), ("removals", .array(removals.map { JSON($0) })),
    ])
    if let derivation = publication.derivation { object["derivation"] = derivation.json }
    if decoyRows > 0 { object["decoyRows"] = JSON(decoyRows) }
    return .object(object)
  }
}
