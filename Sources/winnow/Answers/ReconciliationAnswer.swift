internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

/// What `reconcile` answers.
extension Reconciliation {
  var json: JSON {
    var object = JSONObject()
    object["release"] = .string(release.description)
    object["sources"] = .array(
      sources.map { source in
        var object = JSONObject(source.members)
        if !source.repeats.isEmpty {
          object["repeats"] = .array(source.repeats.map { .integer(Int64(clamping: $0)) })
        }
        return .object(object)
      })
    object["sum"] = .integer(Int64(clamping: sum))
    if let overlap { object["overlap"] = .integer(Int64(clamping: overlap)) }
    if let union {
      object["unionRows"] = .integer(Int64(clamping: union.rows))
      object["unionKeys"] = .integer(Int64(clamping: union.keys))
    }
    object["basis"] = .string(basis)
    switch removed {
    case .rows(let rows): object["removed"] = .integer(Int64(clamping: rows))
    case .atMost(let rows): object["removedAtMost"] = .integer(Int64(clamping: rows))
    case nil: break
    }
    if decoyRows > 0 { object["decoyRows"] = .integer(Int64(clamping: decoyRows)) }
    return .object(object)
  }
}

extension Reconciliation.Source {
  fileprivate var members: [(String, JSON)] {
    [
      ("sequence", .integer(Int64(clamping: sequence))), ("event", .string(event.description)),
      ("list", .string(list.description)), ("issuer", .string(issuer.text)),
      ("matchedRows", .integer(Int64(clamping: matched.rows))),
      ("matchedKeys", .integer(Int64(clamping: matched.keys))),
      ("rowsWithoutHash", .integer(Int64(clamping: rowsWithoutHash))),
    ]
  }
}
