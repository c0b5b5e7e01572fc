internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

/// What `hashlist diff` answers: counts alone.
extension ListDiff {
  var json: JSON {
    [
      "from": Self.json(older), "to": Self.json(newer), "added": JSON(added),
      "dropped": JSON(dropped), "kept": JSON(kept),
      "releases": .array(releases.map(\.json)),
      "unmatched": .array(unmatched.map { JSON($0) }),
      "missing": .array(missing.map { .string($0.sentence) }),
    ]
  }

  private static func json(_ version: Version) -> JSON {
    ["list": JSON(version.list), "hashes": JSON(version.hashes)]
  }

  var lines: [String] {
    [
      "\(older.list) has \(older.hashes.of("hash", "hashes")) and \(newer.list) \(newer.hashes.grouped): \(added.grouped) added, \(dropped.grouped) dropped, \(kept.grouped) kept."
    ] + releases.flatMap(\.lines)
      + unmatched.map {
        "\($0) was matched with \(older.list) and not in the same way with \(newer.list)."
      } + missing.map { "Not known: \($0.sentence)" }
  }
}

extension ListDiff.Release {
  fileprivate var json: JSON {
    [
      "release": JSON(release),
      "matches": .array(
        pairs.map {
          [
            "column": .string($0.column), "older": JSON($0.older), "newer": JSON($0.newer),
          ]
        }),
      "removals": .array(
        grounds.map {
          [
            "sequence": JSON($0.sequence), "removedRows": JSON($0.removed.rows),
            "removedKeys": JSON($0.removed.keys), "lostRows": JSON($0.lost.rows),
            "lostKeys": JSON($0.lost.keys),
          ]
        }),
    ]
  }

  fileprivate var lines: [String] {
    let matches = pairs.map {
      "\($0.column) at sequences \($0.older) and \($0.newer)"
    }.joined(separator: ", ")
    let head = "\(release), matched with both: \(matches)."
    if grounds.isEmpty { return [head, "  No removal is known to rest on the older."] }
    return [head]
      + grounds.map {
        "  Of the removal at sequence \($0.sequence), \($0.lost.rows.grouped) of \($0.removed.rows.of("row")) (\($0.lost.keys.grouped) of \($0.removed.keys.of("key"))) lost \($0.lost.rows == 1 ? "its" : "their") ground."
      }
  }
}

extension ListDiff.Missing {
  fileprivate var sentence: String {
    switch self {
    case .members(let sequence):
      "the rows of sequence \(sequence) are sealed and their key is not here, or they are gone."
    case .index(let release):
      "the index of \(release) is not here; make it with `winnow release verify \(release)`."
    }
  }
}
