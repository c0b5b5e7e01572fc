package import LedgerCrypto
package import Provenance

/// Where things lie in a ledger directory (see the article The house).
package struct LedgerDirectory: Hashable, Sendable {
  package let path: String

  package init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  package var policy: String { "\(path)/policy.txt" }
  package var keys: String { "\(path)/keys" }
  /// The first key of the log.
  package var logKey: String { "\(keys)/log.pem" }
  /// A later one.
  package func logKey(_ id: Digest) -> String { "\(keys)/log-\(id.hex.prefix(8)).pem" }
  package var secrets: String { "\(path)/secrets" }
  package var indexes: String { "\(path)/index" }
  package var catalogs: String { "\(path)/catalog" }

  package func index(of release: VersionedName) -> String {
    "\(indexes)/\(Self.fileName(release.description))"
  }

  package func catalog(of release: VersionedName) -> String {
    "\(catalogs)/\(Self.fileName(release.description)).json"
  }

  /// The record of a cleaned release's files from their first rename until it is published.
  package func unfinished(of release: VersionedName) -> String {
    "\(catalogs)/\(Self.fileName(release.description)).unfinished"
  }

  /// `name` as a file name: `/` is written `%2F`.
  package static func fileName(_ name: String) -> String {
    name.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "%2F")
  }
}
