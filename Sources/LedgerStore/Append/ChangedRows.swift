internal import CanonicalJSON
internal import Provenance

/// The rows that some events put into projections: of one key, the last only.
struct ChangedRows: Sendable {
  private struct Key: Hashable {
    let table: ProjectionTable
    let key: String

    /// By the key alone: few tables have a key in common, and a table would be hashed by its name.
    func hash(into hasher: inout Hasher) { hasher.combine(key) }
  }
  private var places: [Key: Int] = [:]
  private var changes: [(change: ProjectionChange, position: UInt64)] = []

  var count: Int { changes.count }

  mutating func put(_ change: ProjectionChange, at position: UInt64) {
    let key = Key(table: change.table, key: change.key)
    if let place = places.updateValue(changes.count, forKey: key) {
      places[key] = place
      changes[place] = (change, position)
    } else {
      changes.append((change, position))
    }
  }

  /// The rows at `range`, in the order in which their keys were put first, as they are written.
  func rows(_ range: Range<Int>) -> [WrittenRow] {
    changes[range].map { change, position in
      WrittenRow(
        kind: change.table, key: change.key, position: position,
        document: String(
          decoding: JSON.object(change.document).canonicalBytes, as: UTF8.self))
    }
  }
}
