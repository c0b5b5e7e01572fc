import Foundation
import Testing

@testable import Files

@Suite struct `A pattern of paths` {
  /// A tree with hidden names, links in a circle, and names that fall between others by their bytes.
  func tree() throws -> Scratch {
    let scratch = try Scratch()
    for path in [
      "a.csv", "b.csv.gz", "c[1].csv", ".hidden.csv", "d/a.csv", "d/é.csv", "d/e/a.csv",
      "d/e/b.txt",
      "d-x.csv", ".git/a.csv", "f.csv/part-0.csv",
    ] {
      try Directory.make(Directory.parent(of: scratch(path)))
      _ = try scratch.put([], path)
    }
    #expect(unsafe symlink(".", scratch("d/loop")) == 0)
    #expect(unsafe symlink("../a.csv", scratch("d/link.csv")) == 0)
    #expect(unsafe symlink("d/e", scratch("g")) == 0)
    return scratch
  }

  @Test(arguments: [
    ("*.csv", "a.csv c[1].csv d-x.csv f.csv"), ("*.csv*", "a.csv b.csv.gz c[1].csv d-x.csv f.csv"),
    ("?.csv", "a.csv f.csv"), ("[a-b].csv*", "a.csv b.csv.gz"), ("c\\[1].csv", "c[1].csv"),
    ("c[[]*", "c[1].csv"), (".h*", ".hidden.csv"), ("*/a.csv", "d/a.csv g/a.csv"),
    (".git/*", ".git/a.csv"), ("d/*/a.csv", "d/e/a.csv d/loop/a.csv"), ("d/[^a-z]*", "d/é.csv"),
    ("**/a.csv", "a.csv d/a.csv d/e/a.csv"), ("d/**/a.csv", "d/a.csv d/e/a.csv"),
    ("**/**/b.txt", "d/e/b.txt"),
    ("d/**", "d/a.csv d/e d/e/a.csv d/e/b.txt d/link.csv d/loop d/é.csv"),
    ("**/e/*", "d/e/a.csv d/e/b.txt"), ("./d/e/*", "./d/e/a.csv ./d/e/b.txt"),
    ("d/*/", "d/a.csv d/e d/link.csv d/loop d/é.csv"), ("d//e//a*", "d/e/a.csv"),
  ])
  func `finds what a shell finds, by the bytes of the paths`(pattern: String, found: String) throws
  {
    let scratch = try tree()
    let start = scratch.path + "/"
    let paths = try FilePattern.paths(start + pattern)
    let wanted = found.split(separator: " ").map { start + $0 }
    #expect(paths == wanted)
  }

  @Test(arguments: ["x*", "*.json", "*/*/*/x", "nowhere/*.csv", "a.csv/*", "d/e/[x", "[", "**/x"])
  func `finds nothing`(pattern: String) throws {
    let scratch = try tree()
    #expect(try FilePattern.paths(scratch(pattern)) == [])
  }

  @Test func `is told by its characters`() {
    for path in ["a*", "?", "x/[a]/b", "**"] { #expect(FilePattern.isPattern(path)) }
    for path in ["", "a", "/a/b.csv", "a{b,c}", "~", "a]"] { #expect(!FilePattern.isPattern(path)) }
  }

  @Test(.enabled(if: getuid() != 0)) func `says where it may not look`() throws {
    let scratch = try tree()
    #expect(unsafe chmod(scratch("d"), 0) == 0)
    defer { unsafe chmod(scratch("d"), 0o755) }
    #expect(throws: FileFailure.self) { try FilePattern.paths(scratch("d/*")) }
  }
}

@Suite struct `Folders for new files` {
  @Test func `are made with those above them, and taken away when empty`() throws {
    let scratch = try Scratch()
    try Directory.make(scratch("a"))
    let folders = try NewFolders(["a/b/c", "a/b/d", "a", "e"].map(scratch.callAsFunction))
    for folder in ["a/b/c", "a/b/d", "e"] { #expect(Directory.exists(scratch(folder))) }
    _ = try scratch.put([1], "a/b/d/file")
    folders.remove()
    #expect(try scratch.names() == ["a"])
    #expect(try Directory.files(below: scratch.path) == [scratch("a/b/d/file")])
    #expect(!Directory.exists(scratch("a/b/c")))
  }

  @Test func `are gone again when one cannot be made`() throws {
    let scratch = try Scratch()
    _ = try scratch.put([1], "file")
    #expect(throws: FileFailure.self) { try NewFolders([scratch("a/b"), scratch("file/c")]) }
    #expect(try scratch.names() == ["file"])
  }
}
