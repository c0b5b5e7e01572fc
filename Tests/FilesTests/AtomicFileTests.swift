import Foundation
import Testing

@testable import Files

@Suite struct `A file written atomically` {
  @Test(arguments: [1, 3, 1 << 18]) func `appears whole`(bufferSize: Int) throws {
    let scratch = try Scratch()
    let file = try AtomicFile(path: scratch("a"), bufferSize: bufferSize)
    for byte in 0..<UInt8(200) { try file.write([byte, byte]) }
    #expect(try scratch.names() == ["a.partial"])
    try file.overwrite(at: 2, [7, 7])
    try file.commit()
    #expect(try scratch.names() == ["a"])
    let bytes = try OpenFile.readAll(scratch("a"), maxBytes: 1000)
    #expect(Array(bytes.prefix(6)) == [0, 0, 7, 7, 2, 2] && bytes.count == 400)
  }

  @Test func `can be read back between seal and commit`() throws {
    let scratch = try Scratch()
    let file = try AtomicFile(path: scratch("a"))
    try file.write([1, 2])
    try file.seal()
    #expect(try OpenFile.readAll(file.partialPath, maxBytes: 9) == [1, 2])
    try AtomicFile.commit([file])
    #expect(try scratch.names() == ["a"])
  }

  @Test func `among several is not there when another cannot be`() throws {
    let scratch = try Scratch()
    _ = try scratch.put([9], "old")
    try Directory.make(scratch("taken"))
    let files = try ["new", "old", "taken", "last"].map { try AtomicFile(path: scratch($0)) }
    for file in files { try file.write([1]) }
    #expect(throws: FileFailure.self) { try AtomicFile.commit(files) }
    for file in files { file.cancel() }
    // What was replaced is gone, and nothing is there that might be taken for the whole.
    #expect(try scratch.names() == ["taken"])
  }

  @Test func `that is dropped or cancelled leaves the old one and nothing else`() throws {
    let scratch = try Scratch()
    try AtomicFile.write([1], to: scratch("a"))
    do {
      let dropped = try AtomicFile(path: scratch("a"))
      try dropped.write([2])
    }
    let cancelled = try AtomicFile(path: scratch("a"))
    cancelled.cancel()
    #expect(throws: FileFailure.self) { try cancelled.write([2]) }
    #expect(throws: FileFailure.self) { try cancelled.commit() }
    #expect(try scratch.names() == ["a"])
    #expect(try OpenFile.readAll(scratch("a"), maxBytes: 9) == [1])
  }

  @Test func `replaces what an interrupted writer left, and keeps its mode to itself`() throws {
    let scratch = try Scratch()
    _ = try scratch.put([9, 9, 9], "a.partial")
    try AtomicFile.write([1], to: scratch("a"), mode: 0o600)
    #expect(try OpenFile.readAll(scratch("a"), maxBytes: 9) == [1])
    let mode = try FileManager.default.attributesOfItem(atPath: scratch("a"))[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test func `is one writer's at a time`() throws {
    let scratch = try Scratch()
    let path = scratch("whole")
    let first = try AtomicFile(path: path)
    try first.write(Array("first".utf8))
    for _ in 0..<2 {
      #expect(throws: FileFailure.locked(path: path + ".partial")) { try AtomicFile(path: path) }
    }
    try first.commit()
    #expect(try OpenFile.readAll(scratch("whole"), maxBytes: 1 << 20) == Array("first".utf8))
    let second = try AtomicFile(path: path)
    try second.write(Array("second".utf8))
    second.cancel()
    #expect(try OpenFile.readAll(scratch("whole"), maxBytes: 1 << 20) == Array("first".utf8))
    #expect(try scratch.names() == ["whole"])
  }

  @Test func `of many writers is always whole`() throws {
    let scratch = try Scratch()
    let path = scratch("whole")
    let texts = (0..<8).map { [UInt8](repeating: UInt8($0), count: 100_000) }
    DispatchQueue.concurrentPerform(iterations: 200) { number in
      do {
        try AtomicFile.write(texts[number % 8], to: path)
        #expect(texts.contains(try OpenFile.readAll(path, maxBytes: 1 << 20)))
      } catch {
        Issue.record(error)
      }
    }
    #expect(try scratch.names() == ["whole"])
  }

  @Test func `never writes through a link at its partial name`() throws {
    let scratch = try Scratch()
    try AtomicFile.write([1], to: scratch("victim"))
    try FileManager.default.createSymbolicLink(
      atPath: scratch("whole.partial"), withDestinationPath: scratch("victim"))
    try AtomicFile.write([2], to: scratch("whole"))
    #expect(try OpenFile.readAll(scratch("victim"), maxBytes: 1 << 20) == [1])
    #expect(try OpenFile.readAll(scratch("whole"), maxBytes: 1 << 20) == [2])
  }

  @Test func `to a full device fails with a sentence`() throws {
    guard FileManager.default.isWritableFile(atPath: "/dev/full") else { return }
    let descriptor = try System.open("/dev/full", 1)
    defer { System.close(descriptor) }
    do throws(FileFailure) {
      try System.write(descriptor, "out.csv", [UInt8](repeating: 0, count: 10).span)
      Issue.record("a full device took bytes")
    } catch {
      #expect(error.code == 28)
      #expect(error.description.contains("the disk is full; free some space"))
    }
  }

  @Test func `whose target is a directory leaves no partial`() throws {
    let scratch = try Scratch()
    try Directory.make(scratch("d"))
    #expect(throws: FileFailure.self) { try AtomicFile.write([1], to: scratch("d")) }
    #expect(try scratch.names() == ["d"])
  }

  @Test func `needs its directory`() throws {
    let scratch = try Scratch()
    #expect(throws: FileFailure.self) { try AtomicFile.write([1], to: scratch("no/a")) }
  }

  // The limit ends a write part-way, as a full disk does; it is the process's, hence the exit test.
  @Test func `that passes the size limit is removed`() async {
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
      unsafe setrlimit(__rlimit_resource_t(1), &limit)
      let scratch = try Scratch()
      let file = try AtomicFile(path: scratch("a"), bufferSize: 1000)
      var failure: FileFailure?
      for _ in 0..<200 where failure == nil {
        do throws(FileFailure) {
          try file.write([UInt8](repeating: 1, count: 1000))
        } catch {
          failure = error
        }
      }
      let left = try scratch.names()
      guard failure?.code == EFBIG, left.isEmpty else { exit(1) }
      exit(0)
    }
  }
}

@Suite struct `A directory` {
  @Test func `is made with those above it, and making it again is fine`() throws {
    let scratch = try Scratch()
    try Directory.make(scratch("x/y/z"))
    try Directory.make(scratch("x/y/z/"))
    #expect(Directory.exists(scratch("x/y/z")))
  }

  @Test func `is refused where a file stands`() throws {
    let scratch = try Scratch()
    _ = try scratch.put([], "f")
    #expect(throws: FileFailure.self) { try Directory.make(scratch("f")) }
    #expect(throws: FileFailure.self) { try Directory.make(scratch("f/g")) }
    #expect(throws: FileFailure.self) { try Directory.sync(scratch("f")) }
  }

  @Test func `loses its partial files and keeps the rest`() throws {
    let scratch = try Scratch()
    for name in ["a.partial", "b", "c.partial", "d.partial.csv"] { _ = try scratch.put([], name) }
    #expect(try Directory.removePartials(in: scratch.path) == 2)
    #expect(try scratch.names() == ["b", "d.partial.csv"])
    #expect(try Directory.removePartials(in: scratch("none")) == 0)
  }

  @Test(arguments: [
    ("a", ".", "a"), ("/", "/", "/"), ("/a", "/", "a"), ("/a/b", "/a", "b"), ("a/b/", "a", "b"),
  ])
  func `splits from its last name`(path: String, parent: String, name: String) {
    #expect(Directory.parent(of: path) == parent)
    #expect(Directory.name(of: path) == name)
  }
}

@Suite struct `A lock` {
  @Test func `is held by one at a time`() throws {
    let scratch = try Scratch()
    let path = scratch("lock")
    do {
      let held = try FileLock(path: path, waiting: false)
      #expect(throws: FileFailure.locked(path: path)) {
        _ = try FileLock(path: path, waiting: false)
      }
      _ = consume held
    }
    _ = try FileLock(path: path, waiting: false)
  }
}
