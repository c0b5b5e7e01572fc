import Foundation
import Testing

@testable import Files

@Suite struct `A place for a result` {
  private func failure(_ path: String, replacing: Bool = false) -> OutputFailure? {
    do throws(OutputFailure) {
      _ = try OutputTarget(path, replacing: replacing)
      return nil
    } catch {
      return error
    }
  }

  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  @Test func `is a new file, and keeps one that is there`() throws {
    let scratch = try Scratch()
    try OutputTarget(scratch("a")).write([1])
    #expect(failure(scratch("a")) == .exists(path: scratch("a")))
    // Also where it came after the look.
    let late = try OutputTarget(scratch("b"))
    _ = try scratch.put([9], "b")
    #expect(throws: OutputFailure.exists(path: scratch("b"))) { try late.write([2]) }
    #expect(try OpenFile.readAll(scratch("b"), maxBytes: 9) == [9])
    try OutputTarget(scratch("b"), replacing: true).write([3])
    #expect(try OpenFile.readAll(scratch("b"), maxBytes: 9) == [3])
    #expect(try scratch.names() == ["a", "b"])
  }

  @Test func `follows links and leaves them`() throws {
    let scratch = try Scratch()
    try Directory.make(scratch("d"))
    _ = try scratch.put([9], "d/there")
    try link(scratch("to-there"), to: "d/there")
    try link(scratch("to-nothing"), to: scratch("d/new"))
    try link(scratch("twice"), to: "to-nothing")
    try link(scratch("circle"), to: "circle")
    #expect(failure(scratch("to-there")) == .exists(path: scratch("to-there")))
    try OutputTarget(scratch("to-there"), replacing: true).write([1])
    try OutputTarget(scratch("twice")).write([2])
    #expect(throws: (any Error).self) { try OutputTarget(scratch("circle")).write([3]) }
    #expect(try OpenFile.readAll(scratch("d/there"), maxBytes: 9) == [1])
    #expect(try OpenFile.readAll(scratch("d/new"), maxBytes: 9) == [2])
    for name in ["to-there", "to-nothing", "twice", "circle"] {
      #expect(throws: Never.self) {
        try FileManager.default.destinationOfSymbolicLink(atPath: scratch(name))
      }
    }
    #expect(try Directory.names(in: scratch("d")) == ["new", "there"])
  }

  @Test func `is written into where it is a pipe or a device`() throws {
    let scratch = try Scratch()
    #expect(unsafe mkfifo(scratch("pipe"), 0o600) == 0)
    let reader = try System.open(scratch("pipe"), O_RDONLY | O_NONBLOCK)
    defer { System.close(reader) }
    try OutputTarget(scratch("pipe")).write([1, 2])
    var buffer = [UInt8](repeating: 0, count: 9)
    #expect(try System.read(reader, "pipe", &buffer) == 2)
    try OutputTarget("/dev/null").write([1])
    #expect(throws: (any Error).self) { try OutputTarget("/dev/full").write([1]) }
    #expect(try scratch.names() == ["pipe"])
  }

  @Test func `is nothing that takes no bytes`() throws {
    let scratch = try Scratch()
    try Directory.make(scratch("d"))
    for path in [scratch("d"), scratch("d/"), scratch("new/"), "/", "."] {
      for replacing in [false, true] {
        #expect(failure(path, replacing: replacing) == .notAFile(path: path))
      }
    }
    #expect(throws: FileFailure.self) { try OutputTarget(scratch("no/a")).write([1]) }
  }

  @Test func `is never inside a ledger directory`() throws {
    let scratch = try Scratch()
    try Directory.make(scratch("demo/keys"))
    for name in ["demo/ledger.db", "demo/policy.txt", "demo/keys/log.pem"] {
      _ = try scratch.put([7], name)
    }
    try link(scratch("link"), to: "demo/policy.txt")
    try link(scratch("folder"), to: "demo/keys")
    try link(scratch("dangling"), to: "demo/new")
    for name in [
      "demo/ledger.db", "demo/policy.txt", "demo/keys/log.pem", "demo/new", "demo/keys/new", "link",
      "folder/new", "dangling", "demo/../demo/new",
    ] {
      for replacing in [false, true] {
        let failure = failure(scratch(name), replacing: replacing)
        guard case .insideLedger(let path, _) = failure, path == scratch(name) else {
          Issue.record("\(name): \(String(describing: failure))")
          continue
        }
      }
    }
    for name in ["demo", "demo/", "demo/deep/er", "folder"] {
      #expect(throws: OutputFailure.self) {
        try OutputTarget.checkOutsideLedgers(scratch(name))
      }
    }
    #expect(failure(scratch("demo/../beside")) == nil)
    #expect(try OpenFile.readAll(scratch("demo/policy.txt"), maxBytes: 9) == [7])
  }
}
