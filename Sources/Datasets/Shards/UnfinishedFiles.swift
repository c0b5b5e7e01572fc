internal import Files
internal import LedgerCrypto

/// The files of a cleaned release from before the first is renamed until the release is published:
/// `catalog/NAME@V.unfinished`, local.
///
/// Renaming several files is not one step, and neither is publishing them. Whoever is killed in
/// between leaves whole files under their names, and a rerun must tell them from the user's own: by
/// name and digest, which are all that this file holds. It never says which rows went, nor how many
/// from where.
///
/// Bytes: a catalogue (``ReleaseCatalog``) whose shards all have 0 rows.
package struct UnfinishedFiles: Sendable {
  /// Where the record lies.
  package let path: String
  /// The release, `NAME@V`.
  let release: String
  private let known: [[UInt8]: ShardFacts]

  /// Reads what an earlier run left at `path`, if anything.
  package init(of release: String, at path: String) throws(DatasetFailure) {
    self.path = path
    self.release = release
    guard Directory.holds(path) else {
      known = [:]
      return
    }
    let catalog = try ReleaseCatalog.read(path)
    known =
      catalog.release == release
      ? Dictionary(
        catalog.entries.map { (Array($0.path.utf8), $0.facts) }, uniquingKeysWith: { one, _ in one }
      )
      : [:]
  }

  /// Whether the file at `path` is one that an earlier run wrote, and still is what it wrote.
  ///
  /// Cost: reads the file, when its name and size are right.
  func includes(_ path: String) throws(DatasetFailure) -> Bool {
    guard let facts = known[Array(path.utf8)] else { return false }
    return try onDisk { () throws(FileFailure) in
      let file: OpenFile
      do throws(FileFailure) {
        file = try OpenFile(path: path)
      } catch FileFailure.notRegular {
        return false
      }
      guard file.size == facts.size else { return false }
      var hasher = SHA256()
      var buffer = [UInt8](repeating: 0, count: min(1 << 20, max(1, file.size)))
      var offset = 0
      while offset < file.size {
        let count = try file.read(
          into: &buffer, count: min(buffer.count, file.size - offset), from: offset)
        if count == 0 { return false }
        hasher.update(buffer.span.extracting(0..<count))
        offset += count
      }
      return hasher.digest() == facts.sha256
    }
  }

  /// Records that `shards` are about to appear, in place of an earlier record.
  func begin(_ shards: [Shard], facts: [ShardFacts]) throws(DatasetFailure) {
    let countless = facts.map {
      ShardFacts(name: $0.name, size: $0.size, sha256: $0.sha256, rows: 0)
    }
    do throws(DatasetFailure) {
      try ReleaseCatalog(release: release, shards: shards, facts: countless).write(to: path)
    } catch {
      // It may stand under its name though its directory could not be synced.
      try? end()
      throw error
    }
  }

  /// Takes the record away, once the files are published or gone.
  package func end() throws(DatasetFailure) {
    guard Directory.holds(path) else { return }
    try onDisk { () throws(FileFailure) in try Directory.remove(file: path) }
  }
}
