import Foundation
import Testing

@testable import Files

@Suite struct `Input that is read as a whole` {
  private let scratch: Scratch
  private let pipe: String

  init() throws {
    scratch = try Scratch()
    pipe = scratch("pipe")
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
  }

  /// Another process writes `bytes` into the pipe while `body` reads it, perhaps not to the end.
  private func piping<Result>(
    _ bytes: [UInt8], _ body: () throws -> Result
  ) throws -> Result {
    let file = try scratch.put(bytes, "bytes")
    let (folder, pipe) = (scratch.path, pipe)
    let writer = DispatchGroup()
    DispatchQueue.global().async(group: writer) {
      // A reader that stops early ends it with a signal.
      _ = try? Subprocess.run(
        "/bin/sh", ["-c", "exec cat \"$0\" > \"$1\"", file, pipe], input: [], scratch: folder,
        maximumOutput: 0, seconds: 60)
    }
    defer { writer.wait() }
    return try body()
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 300_000])
  func `comes from a pipe as it was written`(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    #expect(try piping(bytes) { try WholeInput.read(pipe, maxBytes: 300_000) } == bytes)
  }

  @Test(arguments: [(1, 0), (65_537, 65_536), (300_000, 299_999)])
  func `is refused when a pipe holds more than its limit`(count: Int, limit: Int) throws {
    let bytes = [UInt8](repeating: 7, count: count)
    #expect(throws: FileFailure.pipeTooLarge(path: pipe, limit: limit)) {
      try piping(bytes) { try WholeInput.read(pipe, maxBytes: 1 << 30, pipeBytes: limit) }
    }
  }

  @Test func `comes from a file up to the limit of files, whatever that of pipes`() throws {
    let file = try scratch.put([1, 2, 3], "file")
    #expect(try WholeInput.read(file, maxBytes: 3, pipeBytes: 1) == [1, 2, 3])
    #expect(throws: FileFailure.tooLarge(path: file, limit: 2)) {
      try WholeInput.read(file, maxBytes: 2, pipeBytes: 9)
    }
  }

  @Test func `is refused when it is a directory or a device`() throws {
    for path in [scratch.path, "/dev/null", "/dev/zero"] {
      #expect(throws: FileFailure.notRegular(path: path)) {
        try WholeInput.read(path, maxBytes: 100)
      }
    }
    #expect(throws: FileFailure.self) { try WholeInput.read(scratch("none"), maxBytes: 100) }
  }
}
