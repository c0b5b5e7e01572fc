import Datasets
import LedgerCrypto
import Provenance
import Testing

@testable import Workflows

@Suite struct `A repository's listing` {
  static let oid = String(repeating: "1f", count: 32)
  static let file =
    #"{"type":"file","path":"data/a.csv","oid":"00","size":7,"lfs":{"oid":"\#(oid)","size":7}}"#

  private func files(_ text: String) throws -> [ListedFile] {
    try RepositoryListing.files(in: Array(text.utf8), named: "tree.json")
  }

  @Test func `is what the tree API answers, or the lines of Git LFS`() throws {
    let tree = try files("[\(Self.file), {\"type\":\"directory\",\"path\":\"data\"}]")
    #expect(tree.map(\.path) == ["data/a.csv"] && tree[0].size == 7)
    #expect(tree[0].sha256?.hex == Self.oid)
    let lines = try files("\(Self.oid) * a b.csv\r\n\(Self.oid) - c.csv\n")
    #expect(lines.map(\.path) == ["a b.csv", "c.csv"] && lines[0].size == nil)
  }

  @Test func `knows no digest of what is not in LFS`() throws {
    let plain = try files(#"[{"type":"file","path":"a.csv","oid":"00","size":7}]"#)
    #expect(plain[0].sha256 == nil && plain[0].size == 7)
    let null = try files(#"[{"type":"file","path":"a.csv","oid":"00","size":7,"lfs":null}]"#)
    #expect(null[0].sha256 == nil)
  }

  @Test(arguments: [
    "", " \n", "{}", "[", "[1]", "[{}]", "[\(file)", "[\(file)] x",
    file, "[\(file.replacing("\"size\":7,", with: ""))]",
    "[\(file.replacing("\"size\":7}", with: "\"size\":8}"))]",
    "[\(file.replacing("\"size\":7", with: "\"size\":-7"))]",
    "[\(file.replacing("\"size\":7", with: "\"size\":7.5"))]",
    "[\(file.replacing("data/a.csv", with: ""))]",
    "[\(file.replacing(oid, with: oid.uppercased()))]",
    "[\(file.replacing(oid, with: "1f"))]", "[\(file.replacing("\"path\"", with: "\"name\""))]",
    "[\(file.replacing("\"lfs\":{", with: "\"lfs\":[{").replacing("}}", with: "}]}"))]",
    oid, "\(oid) a.csv", "\(oid) + a.csv", "\(oid) * ", "1f * a.csv", "\(oid)  * a.csv",
    "\(oid) * a.csv\nnothing",
  ])
  func `that is damaged is refused in a sentence`(text: String) {
    #expect {
      try files(text)
    } throws: { error in
      guard case WorkflowFailure.badInput(let sentence) = error else { return false }
      return sentence.hasSuffix(".") && !sentence.contains(Self.oid)
    }
  }
}

@Suite struct `What files lack of a manifest, or have beyond it` {
  private func facts(_ name: String, _ content: String, _ size: Int = 7) -> ShardFacts {
    ShardFacts(name: name, size: size, sha256: Digest(sha256: content), rows: 1)
  }

  private func held(_ path: String, _ content: String?, _ size: UInt64? = 7) -> ListedFile {
    ListedFile(path: path, size: size, sha256: content.map { Digest(sha256: $0) })
  }

  private var manifest: ShardManifest {
    ShardManifest(shards: [facts("a.csv", "a"), facts("b.csv", "b")])
  }

  private func difference(_ files: ListedFile..., byBytes: Bool = false) -> FilesDifference {
    FilesDifference(of: files, from: manifest, byBytes: byBytes)
  }

  @Test func `is nothing for the same files in any order and folder`() {
    #expect(difference(held("x/b.csv", "b"), held("y/a.csv", "a", nil)) == FilesDifference())
    #expect(
      difference(held("a.csv", "a"), held("b.csv", "b"), held("README.md", "c"))
        == FilesDifference())
  }

  @Test func `is what is missing, more, altered or unknown`() {
    #expect(difference(held("a.csv", "a")) == FilesDifference(missing: ["b.csv"]))
    #expect(
      difference(held("a.csv", "a"), held("b.csv", "b"), held("c.csv", "c"))
        == FilesDifference(extra: ["c.csv"]))
    #expect(difference(held("a.csv", "b"), held("b.csv", "a")) == FilesDifference(altered: 2))
    #expect(
      difference(held("a.csv", "a", 8), held("b.csv", nil, 8)) == FilesDifference(altered: 2))
    #expect(
      difference(held("a.csv", "a"), held("b.csv", nil)) == FilesDifference(unknown: 1))
  }

  @Test func `is a file called as files of rows are, and JSON only beside such shards`() {
    let both = [held("a.csv", "a"), held("b.csv", "b")]
    for name in ["c.CSV", "x/c.jsonl.gz", "c.ndjson"] {
      #expect(
        FilesDifference(of: both + [held(name, "c")], from: manifest).extra == [name], "\(name)")
    }
    for name in ["dataset_infos.json", "x/state.JSON.gz", ".gitattributes", "a.csv.txt"] {
      #expect(
        FilesDifference(of: both + [held(name, "c")], from: manifest) == FilesDifference(),
        "\(name)")
    }
    let json = ShardManifest(shards: [facts("a.json", "a")])
    #expect(
      FilesDifference(of: [held("a.json", "a"), held("infos.json", "c")], from: json).extra
        == ["infos.json"])
  }

  @Test func `counts a second file of a name as one more, and takes the right one`() {
    #expect(
      difference(held("x/a.csv", "z"), held("y/a.csv", "a"), held("b.csv", "b"))
        == FilesDifference(extra: ["x/a.csv"]))
  }

  @Test func `goes by bytes where files were read`() {
    #expect(difference(held("x.csv", "b"), held("y.csv", "a"), byBytes: true) == FilesDifference())
    #expect(
      difference(held("x.csv", "a"), held("y.csv", "a"), byBytes: true)
        == FilesDifference(missing: ["b.csv"], extra: ["y.csv"]))
    #expect(
      difference(held("a.csv", "c"), held("b.csv", "b"), byBytes: true)
        == FilesDifference(altered: 1))
  }

  @Test func `is not asked of a manifest of other files and rows`() {
    func publication(shards: UInt64, rows: UInt64) -> ReleasePublished {
      ReleasePublished(
        release: VersionedName("d@1")!, root: Digest(sha256: "root"),
        tally: Tally(keys: 1, rows: rows),
        columns: nil, shards: shards,
        manifest: AttachmentReference(
          sha256: Digest(sha256: "m"), size: 64, mediaType: "application/json", disclosure: .open),
        derivation: nil)
    }
    let bytes = manifest.bytes
    #expect(ShardManifest(bytes, of: publication(shards: 2, rows: 2)) != nil)
    #expect(ShardManifest(bytes, of: publication(shards: 3, rows: 2)) == nil)
    #expect(ShardManifest(bytes, of: publication(shards: 2, rows: 3)) == nil)
    #expect(ShardManifest(Array(bytes.dropLast()), of: publication(shards: 2, rows: 2)) == nil)
    let rows = JSONBytes.with(rows: 9_007_199_254_740_991, in: bytes)
    #expect(ShardManifest(rows, of: publication(shards: 2, rows: 2)) == nil)
  }
}

private enum JSONBytes {
  static func with(rows: UInt64, in bytes: [UInt8]) -> [UInt8] {
    Array(
      String(decoding: bytes, as: UTF8.self).replacing("\"rows\":1", with: "\"rows\":\(rows)").utf8)
  }
}
