internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance

/// Columns of a release's files that are carried, not committed: nothing that is proved speaks of them.
enum CarriedColumns {
  /// The most names in a sentence; JSON has them all.
  private static let shown = 16

  /// One line, or none when nothing is carried.
  static func lines(_ columns: [String], of release: VersionedName? = nil) -> [String] {
    guard !columns.isEmpty else { return [] }
    let place = release.map { "\($0): " } ?? ""
    let verb = columns.count == 1 ? "is" : "are"
    return [
      "  \(place)\(columns.count.of("column")) \(verb) carried, not committed: \(list(columns))"
    ]
  }

  /// Some names, and how many more there are.
  static func list(_ columns: [String]) -> String {
    let rest = columns.count - shown
    return columns.prefix(shown).joined(separator: ", ")
      + (rest > 0 ? " and \(rest.grouped) more" : "")
  }

  static func json(_ columns: [String]) -> JSON { .array(columns.map { .string($0) }) }

  /// Those of several releases that have any.
  static func json(_ carried: [(release: VersionedName, columns: [String])]) -> JSON {
    .array(
      carried.filter { !$0.columns.isEmpty }.map {
        ["release": JSON($0.release), "columns": json($0.columns)]
      })
  }
}
