import Foundation
import Testing

@testable import Files

@Suite struct `What is at a path` {
  @Test func `is told through links, and of pipes and directories that they are no files`() throws {
    let scratch = try Scratch()
    let file = try scratch.put([1, 2, 3], "file")
    let (link, dangling, pipe) = (scratch("link"), scratch("dangling"), scratch("pipe"))
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    try FileManager.default.createSymbolicLink(
      atPath: dangling, withDestinationPath: scratch("nothing"))
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    for path in [file, link] {
      #expect(Access.exists(path) && Access.isFile(path) && Access.size(path) == 3)
      #expect(Access.mayRead(path) && Access.mayWrite(path))
    }
    for path in [dangling, scratch("nothing"), scratch("file/below"), ""] {
      #expect(!Access.exists(path) && !Access.isFile(path) && Access.size(path) == 0)
      #expect(!Access.mayRead(path) && !Access.mayWrite(path))
    }
    #expect(Access.exists(pipe) && !Access.isFile(pipe))
    #expect(Access.exists(scratch.path) && !Access.isFile(scratch.path))
    #expect(Access.mayWrite(Directory.temporary))
  }
}
