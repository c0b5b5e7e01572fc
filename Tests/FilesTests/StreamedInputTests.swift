import Foundation
import Testing

@testable import Files

@Suite struct `Input that can be read once` {
  /// The bytes that a source gives of a pipe with `bytes` in it.
  func piped(_ bytes: [UInt8], chunk: Int = 7) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.path + "/winnow-pipe-" + UUID().uuidString
    try Directory.make(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/pipe"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let writer = Thread {
      // Opened for writing as soon as somebody reads.
      try? FileHandle(forWritingTo: URL(filePath: path)).write(contentsOf: Data(bytes))
    }
    writer.start()
    return try contents(ByteSource(input: path, chunkSize: chunk))
  }

  func contents(_ source: ByteSource) throws -> [UInt8] {
    var (all, chunk) = ([UInt8](), ByteSource.Chunk())
    while try source.next(into: &chunk, boundary: { $0.count }) {
      all += chunk.storage[..<chunk.count]
    }
    return all
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 7, 8, 1000])
  func `gives all its bytes`(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try piped(bytes) == bytes)
    #expect(try piped(bytes, chunk: 1 << 20) == bytes)
  }

  @Test func `is inflated when it begins like gzip, whatever it is called`() throws {
    let bytes = Array("some text\n".utf8)
    let gzip = gzipped(bytes)
    #expect(try piped(gzip) == bytes)
    #expect(throws: FileFailure.self) { try piped(Array(gzip.dropLast(3))) }
    #expect(try piped([0x1f]) == [0x1f])
  }

  @Test func `is decompressed when it begins like zstd, whatever it is called`() throws {
    let bytes = Array("some text\n".utf8)
    let zstd = Packing.zstd.packed(bytes.span)
    #expect(try piped(zstd) == bytes)
    #expect(try piped(zstd + zstd) == bytes + bytes)
    #expect(try piped([0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 9] + zstd) == bytes)
    #expect(throws: FileFailure.self) { try piped(Array(zstd.dropLast(3))) }
    for start in 1...3 {
      #expect(try piped(Array(zstd.prefix(start))) == Array(zstd.prefix(start)))
    }
  }

  @Test func `is read unpacked as a whole, up to a limit`() throws {
    let bytes = [UInt8](repeating: 10, count: 5000)
    let scratch = try Scratch()
    for packing in Packing.allCases {
      let path = try scratch.put(packing.packed(bytes.span), "list")
      #expect(try WholeInput.readUnpacked(path, maxBytes: 5000) == bytes)
      #expect(throws: FileFailure.pipeTooLarge(path: path, limit: 4999)) {
        try WholeInput.readUnpacked(path, maxBytes: 4999)
      }
    }
  }

  @Test func `is a file or a pipe, and nothing else`() throws {
    #expect(throws: FileFailure.notRegular(path: "/dev/null")) {
      try ByteSource(input: "/dev/null")
    }
    #expect(throws: FileFailure.self) { try ByteSource(input: "/tmp") }
    #expect(throws: FileFailure.self) { try ByteSource(input: "/nowhere") }
    #expect(try OpenFile(input: #filePath).isStream == false)
    #expect(
      try contents(ByteSource(input: #filePath))
        == Array(Data(contentsOf: URL(filePath: #filePath))))
  }
}
