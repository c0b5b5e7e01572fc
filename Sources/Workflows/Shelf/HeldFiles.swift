internal import CanonicalJSON
internal import Datasets
internal import Files
internal import LedgerCrypto
internal import Provenance

/// The files that someone has of a release, or Git LFS pointers in place of some of them.
struct HeldFiles {
  /// A file, and what a pointer in its place says.
  private struct File {
    let path: String
    let pointer: LFSPointer?
  }

  private let files: [File]

  /// Looks at files.
  init(_ paths: [String]) throws {
    files = try paths.map { path in
      guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
      // A file that cannot be read is told of when it is.
      let pointer = try (try? OpenFile(path: path)).flatMap { try LFSPointer(in: $0) }
      return File(path: path, pointer: pointer)
    }
  }

  /// Whether a pointer stands for one of them, so that not all rows can be read.
  var hasPointers: Bool { files.contains { $0.pointer != nil } }

  /// The files as shards, to be read.
  func shards() throws -> [Shard] { try Shard.list(files.map { AbsolutePath.of($0.path) }) }

  /// What each file is known by: its bytes, or what its pointer says.
  func listed(_ progress: Progress) throws -> [ListedFile] {
    try files.map { file in
      if let pointer = file.pointer {
        return ListedFile(
          path: file.path, size: pointer.size, sha256: pointer.sha256, isNamed: true)
      }
      let open = try OpenFile(path: file.path)
      return ListedFile(
        path: file.path, size: UInt64(open.size), sha256: try FileDigest.of(open, progress),
        isNamed: true)
    }
  }
}

/// A file by its path and what is known of its bytes.
struct ListedFile {
  let path: String
  let size: UInt64?
  let sha256: Digest?
  /// Whether it counts whatever its name is; others count that are called as shards are.
  var isNamed = false
}

extension FilesDifference {
  /// Holds files against a manifest by name, size and SHA-256.
  ///
  /// A path is of the shard whose name is the longest end of it, at a slash. With `byBytes` a file that
  /// has the bytes of a shard is that shard, whatever it is called.
  ///
  /// Cost: linear in both.
  init(of files: [ListedFile], from manifest: ShardManifest, byBytes: Bool = false) {
    self.init()
    let shards = manifest.shards
    let places = Dictionary(
      shards.enumerated().map { (Array($1.name.utf8), $0) }, uniquingKeysWith: { first, _ in first }
    )
    let named = files.map { Self.place(of: $0.path, in: places) }
    var open = Set(shards.indices)
    var rest: [Int] = []
    for (file, place) in zip(files.indices, named) {
      if let place, open.contains(place), files[file].isExactly(shards[place]) {
        open.remove(place)
      } else {
        rest.append(file)
      }
    }
    if byBytes {
      var byDigest = Dictionary(grouping: open.sorted()) { shards[$0].sha256 }
      rest.removeAll { file in
        guard let digest = files[file].sha256, let place = byDigest[digest]?.popLast() else {
          return false
        }
        open.remove(place)
        return true
      }
    }
    for file in rest {
      if let place = named[file], open.remove(place) != nil {
        let isKnown = files[file].sha256 != nil || files[file].size != UInt64(shards[place].size)
        if isKnown { altered += 1 } else { unknown += 1 }
      } else if files[file].isNamed || named[file] != nil
        || Self.isOfRows(files[file].path, beside: shards)
      {
        extra.append(files[file].path)
      }
    }
    missing = open.sorted().map { shards[$0].name }
  }

  /// Whether a file is called as files of rows are; `.json` holds much else, and counts beside shards
  /// that are called so.
  private static func isOfRows(_ path: String, beside shards: [ShardFacts]) -> Bool {
    guard (try? ShardFormat(name: path)) != nil else { return false }
    return !isJSON(path) || shards.contains { isJSON($0.name) }
  }

  private static func isJSON(_ name: String) -> Bool {
    let name = name.lowercased()
    return [".json", ".json.gz", ".json.zst"].contains { name.hasSuffix($0) }
  }

  private static func place(of path: String, in places: [[UInt8]: Int]) -> Int? {
    var end = Array(path.utf8)[...]
    while true {
      if let place = places[Array(end)] { return place }
      guard let slash = end.firstIndex(of: UInt8(ascii: "/")) else { return nil }
      end = end[(slash + 1)...]
    }
  }
}

extension ListedFile {
  fileprivate func isExactly(_ shard: ShardFacts) -> Bool {
    sha256 == shard.sha256 && size ?? UInt64(shard.size) == UInt64(shard.size)
  }

  /// A shard that was read.
  init(_ facts: ShardFacts) {
    self.init(path: facts.name, size: UInt64(facts.size), sha256: facts.sha256, isNamed: true)
  }
}

extension ShardManifest {
  /// Reads the manifest that a release was published with; `nil` when it is none of as many files and rows.
  init?(_ bytes: [UInt8], of publication: ReleasePublished) {
    guard let manifest = try? ShardManifest(parsing: bytes, path: "manifest"),
      UInt64(manifest.shards.count) == publication.shards
    else { return nil }
    var rows: UInt64 = 0
    for shard in manifest.shards {
      let (sum, overflows) = rows.addingReportingOverflow(shard.rows)
      guard !overflows else { return nil }
      rows = sum
    }
    guard rows == publication.tally.rows else { return nil }
    self = manifest
  }
}
