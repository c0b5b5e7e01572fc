internal import Datasets
package import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

extension Session {
  /// The matches on exactly `release`, in the order of the log.
  package func matches(on release: VersionedName) throws -> [AdmittedEvent] {
    try findings(.matchCompleted, on: release).compactMap { try ledger.event(at: $0.sequence) }
  }

  /// The findings of a kind on exactly `release`, in the order of the log.
  package func findings(_ kind: Kind, on release: VersionedName) throws -> [FindingRecord] {
    try ledger.findings(on: release).filter { $0.kind == kind }
  }

  /// How many rows of `release` have one of `keys`, ascending.
  package func rows(of keys: [Digest], in release: VersionedName) throws -> UInt64 {
    let source = try index(of: release).source
    var count = RowCount(of: try self.release(release))
    for key in keys {
      if let entry = try source.entry(of: key) { try count.add(entry) }
    }
    return count.rows
  }
}
