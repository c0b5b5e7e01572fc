internal import CanonicalJSON
internal import Datasets
package import Files
internal import LedgerCrypto
internal import Provenance
internal import SetCommitment

extension ListDiff {
  /// Writes the identity columns of each row that lost its ground, one JSON object a line, with the
  /// release and the removals beside: for the custodian alone, and readable by the file's owner only.
  ///
  /// They are read from the files of the releases, which must be here. A line is a row as reinstatements
  /// take it.
  ///
  /// - Returns: how many were written.
  package func writeRows(to target: OutputTarget, _ shelf: Shelf) throws -> Int {
    var lines: [UInt8] = []
    var count = 0
    for release in releases {
      let keys = release.grounds.reduce(EntrySet([Digest]())) { $0.union($1.keys) }
      if keys.count == 0 { continue }
      let catalog = try shelf.catalogOfFilesHere(of: release.release)
      let reader = try shelf.reader(of: release.release, catalog)
      let read = try reader.identities(of: keys, work: shelf.work("read"))
      guard read.shards == catalog.entries.map(\.facts), read.rows.count == keys.count else {
        let changed = zip(read.shards, catalog.entries).first { $0 != $1.facts }
        throw WorkflowFailure.shardChanged(changed?.0.name ?? release.release.description)
      }
      for key in keys.members {
        guard var row = read.rows[key] else { continue }
        let removals = release.grounds.filter { $0.keys.contains(key) }.map {
          JSON.integer(Int64(clamping: $0.sequence))
        }
        row["winnow"] = [
          "release": .string(release.release.description), "removals": .array(removals),
        ]
        lines += JSON.object(row).canonicalBytes + [0x0a]
        count += 1
      }
    }
    try target.write(lines, mode: 0o600)
    return count
  }
}
