internal import CanonicalJSON
package import LedgerCrypto

/// The files of a release as others check them: what travels with the data, or under its gate.
///
/// Bytes: canonical JSON (RFC 8785),
/// `{"shards":[{"name":…,"rows":…,"sha256":hex,"size":…},…],"winnow":"manifest/1"}`, the shards in the
/// release's order.
package struct ShardManifest: Hashable, Sendable {
  /// The shards, in the release's order: at least one, no name twice.
  package let shards: [ShardFacts]

  /// Takes the shards of a release.
  package init(shards: [ShardFacts]) {
    self.shards = shards
  }

  /// The canonical bytes.
  package var bytes: [UInt8] {
    let list = shards.map { JSON.object(JSONObject($0.members)) }
    return JSON.object(JSONObject([("winnow", "manifest/1"), ("shards", .array(list))]))
      .canonicalBytes
  }

  /// SHA-256 of ``bytes``.
  package var digest: Digest { Digest(sha256: bytes) }

  /// Reads exactly what ``bytes`` writes; `path` is named in the error.
  package init(parsing bytes: [UInt8], path: String) throws(DatasetFailure) {
    do throws(DocumentProblem) {
      shards = try DocumentProblem.read(bytes, version: "manifest/1") {
        (reader) throws(DocumentProblem) in
        try DocumentProblem.shards(&reader, name: \.name) { (inner) throws(DocumentProblem) in
          try ShardFacts(&inner)
        }
      }
    } catch {
      throw .document(path: path, error.text)
    }
  }
}
