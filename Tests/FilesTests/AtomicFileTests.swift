import Foundation
import Testing

@testable import Files

@Suite struct `A file written atomically` {
  @Test(arguments: [1, 3, 1 << 18], [true, false])
  func `appears whole`(bufferSize: Int, nameless: Bool) throws {
    let scratch = try Scratch()
    let file = try AtomicFile(path: scratch("a"), bufferSize: bufferSize, nameless: nameless)
    for byte in 0..<UInt8(200) { try file.write([byte, byte]) }
    #expect(try scratch.names().allSatisfy(TemporaryName.isOne))
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
    #expect(try OpenFile.readAll(file.readingPath, maxBytes: 9) == [1, 2])
    try AtomicFile.commitNew([file])
    #expect(try scratch.names() == ["a"])
  }

  @Test func `among several is not there when another cannot be`() throws {
    let scratch = try Scratch()
    _ = try scratch.put([9], "old")
    try Directory.make(scratch("taken"))
    let files = try ["new", "old", "taken", "last"].map { try AtomicFile(path: scratch($0)) }
    for file in files { try file.write([1]) }
    #expect(throws: FileFailure.self) { try AtomicFile.commitNew(files) }
    for file in files { file.cancel() }
    // What was there stays, and nothing is there that might be taken for the whole.
    #expect(try scratch.names() == ["old", "taken"])
    #expect(try OpenFile.readAll(scratch("old"), maxBytes: 9) == [9])
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

  @Test func `leaves alone what lies beside it, whatever it is called`() throws {
    let scratch = try Scratch()
    let names = [".a.lock", ".a.partial", ".winnow-", "a.lock", "a.partial", "a~"]
    for name in names { _ = try scratch.put([9], name) }
    try AtomicFile.write([1], to: scratch("a"), mode: 0o600)
    try AtomicFile.write([2], to: scratch("a"), mode: 0o600)
    #expect(throws: FileFailure.self) {
      try AtomicFile.write([3], to: scratch("a"), replacing: false)
    }
    do {
      let dropped = try AtomicFile(path: scratch("a"), nameless: false)
      try dropped.write([4])
    }
    #expect(try scratch.names() == (names + ["a"]).sorted())
    for name in names { #expect(try OpenFile.readAll(scratch(name), maxBytes: 9) == [9]) }
    #expect(try OpenFile.readAll(scratch("a"), maxBytes: 9) == [2])
    let mode = try FileManager.default.attributesOfItem(atPath: scratch("a"))[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test(arguments: [true, false])
  func `is kept where it is not to be replaced`(nameless: Bool) throws {
    let scratch = try Scratch()
    for _ in 0..<2 {
      let file = try AtomicFile(path: scratch("a"), nameless: nameless)
      try file.write([1])
      if !Directory.holds(scratch("a")) {
        try file.commit(replacing: false)
      } else {
        do throws(FileFailure) {
          try file.commit(replacing: false)
          Issue.record("a file was replaced")
        } catch {
          #expect(error.code == EEXIST)
        }
      }
    }
    #expect(try scratch.names() == ["a"])
    // Nor is a link, wherever it leads.
    try FileManager.default.createSymbolicLink(
      atPath: scratch("b"), withDestinationPath: scratch("nowhere"))
    #expect(throws: FileFailure.self) {
      try AtomicFile.write([2], to: scratch("b"), replacing: false)
    }
    #expect(try scratch.names() == ["a", "b"])
  }

  @Test func `of two writers is that of the last, and whole`() throws {
    let scratch = try Scratch()
    let (first, second) = (
      try AtomicFile(path: scratch("whole")), try AtomicFile(path: scratch("whole"))
    )
    try first.write(Array("first".utf8))
    try second.write(Array("second".utf8))
    try second.commit()
    #expect(try OpenFile.readAll(scratch("whole"), maxBytes: 99) == Array("second".utf8))
    try first.commit()
    #expect(try OpenFile.readAll(scratch("whole"), maxBytes: 99) == Array("first".utf8))
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

  @Test func `whose target is a directory leaves nothing`() throws {
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

  @Test func `is made anew, or refused where anything is`() throws {
    let scratch = try Scratch()
    try Directory.makeNew(scratch("new/d"), mode: 0o700)
    _ = try scratch.put([], "f")
    for name in ["new/d", "new", "f"] {
      #expect(throws: FileFailure.self) { try Directory.makeNew(scratch(name), mode: 0o700) }
    }
  }

  @Test func `moves in place of an empty one, and of nothing else`() throws {
    let scratch = try Scratch()
    for name in ["from", "empty", "full/inside"] { try Directory.make(scratch(name)) }
    _ = try scratch.put([1], "file")
    #expect(throws: FileFailure.self) { try Directory.move(scratch("from"), to: scratch("full")) }
    #expect(throws: FileFailure.self) { try Directory.move(scratch("from"), to: scratch("file")) }
    #expect(throws: FileFailure.self) { try Directory.move(scratch("file"), to: scratch("empty")) }
    try Directory.move(scratch("from"), to: scratch("empty"))
    #expect(try scratch.names() == ["empty", "file", "full"])
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
  @Test func `is held by one at a time, and takes no name of others`() throws {
    let scratch = try Scratch()
    let path = scratch("d@1")
    _ = try scratch.put([7], "d@1.lock")
    do {
      let held = try FileLock(of: path, waiting: false)
      #expect(throws: FileFailure.locked(path: path)) {
        _ = try FileLock(of: path, waiting: false)
      }
      _ = consume held
    }
    _ = try FileLock(of: path, waiting: false)
    #expect(try OpenFile.readAll(scratch("d@1.lock"), maxBytes: 9) == [7])
    #expect(try scratch.names() == [".d@1.lock", "d@1.lock"])
  }

  @Test func `is never taken through a link`() throws {
    let scratch = try Scratch()
    try FileManager.default.createSymbolicLink(
      atPath: scratch(".a.lock"), withDestinationPath: scratch("elsewhere"))
    #expect(throws: FileFailure.self) { _ = try FileLock(of: scratch("a"), waiting: false) }
    #expect(try scratch.names() == [".a.lock"])
  }
}
