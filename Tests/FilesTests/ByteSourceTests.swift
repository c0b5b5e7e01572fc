import Foundation
import Testing

@testable import Files

@Suite struct `Chunks of a file` {
  @Test(arguments: [1, 2, 3, 7, 64, 1000], ["a.txt", "a.txt.gz", "a.txt.zst"])
  func `join to the file and end with a record`(chunkSize: Int, name: String) throws {
    let scratch = try Scratch()
    let text = Array("one\n\ntwo three\nfour five six seven\n8\n".utf8)
    let path = try scratch.put(Packing(name: name).packed(text.span), name)
    let chunks = try lines(path, chunkSize: chunkSize)
    #expect(chunks.flatMap { $0 } == text)
    #expect(chunks.allSatisfy { $0.last == 10 })
  }

  @Test func `keep a last record without a line end`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Array("one\ntwo".utf8), "a")
    #expect(try lines(path, chunkSize: 5) == [Array("one\n".utf8), Array("two".utf8)])
  }

  @Test func `of an empty file are none`() throws {
    let scratch = try Scratch()
    #expect(try lines(try scratch.put([], "a")).isEmpty)
  }

  @Test func `refuse a record past the limit`() throws {
    let scratch = try Scratch()
    let path = try scratch.put([UInt8](repeating: 65, count: 5000), "a")
    #expect(throws: FileFailure.recordTooLong(path: path, limit: 1000)) {
      try lines(path, maxRecord: 1000)
    }
  }

  @Test func `show every byte of the file as it lies to the tap`() throws {
    let scratch = try Scratch()
    let bytes = gzipped(Array("one\ntwo\n".utf8))
    let path = try scratch.put(bytes, "a.gz")
    var seen: [UInt8] = []
    let source = try ByteSource(path: path, chunkSize: 2) { span in
      for index in span.indices { seen.append(span[index]) }
    }
    var chunk = ByteSource.Chunk()
    while try source.next(into: &chunk, boundary: lastNewline) {}
    #expect(seen == bytes)
    #expect(source.bytesRead == bytes.count && source.size == bytes.count)
  }

  @Test func `refuse a file that shrinks, grows or is rewritten meanwhile`() throws {
    let scratch = try Scratch()
    let text = [UInt8](repeating: 10, count: 4096)
    let changes: [(FileHandle) throws -> Void] = [
      { try $0.truncate(atOffset: 100) },
      {
        try $0.seekToEnd(); try $0.write(contentsOf: Data([10]))
      },
      {
        try $0.seek(toOffset: 9); try $0.write(contentsOf: Data([11]))
      },
    ]
    for change in changes {
      let path = try scratch.put(text, "a")
      let source = try ByteSource(path: path, chunkSize: 64)
      var chunk = ByteSource.Chunk()
      #expect(try source.next(into: &chunk, boundary: lastNewline))
      Thread.sleep(forTimeInterval: 0.02)  // file times move in ticks of some milliseconds
      let handle = try #require(FileHandle(forUpdatingAtPath: path))
      try change(handle)
      try handle.close()
      #expect(throws: FileFailure.changed(path: path)) {
        while try source.next(into: &chunk, boundary: lastNewline) {}
      }
    }
  }

  @Test func `of a directory or a missing file are refused`() throws {
    let scratch = try Scratch()
    #expect(throws: FileFailure.notRegular(path: scratch.path)) { try lines(scratch.path) }
    do throws(FileFailure) {
      _ = try lines(scratch("none"))
      Issue.record("a missing file was read")
    } catch {
      #expect(error.isMissing)
      #expect(error.description.contains("no such file"))
    }
  }
}

@Suite struct `Reading a file` {
  @Test func `as a whole gives its bytes, up to the limit`() throws {
    let scratch = try Scratch()
    let path = try scratch.put([1, 2, 3], "a")
    #expect(try OpenFile.readAll(path, maxBytes: 3) == [1, 2, 3])
    #expect(throws: FileFailure.tooLarge(path: path, limit: 2)) {
      try OpenFile.readAll(path, maxBytes: 2)
    }
  }

  @Test func `past its end is refused before anything is allocated`() throws {
    let scratch = try Scratch()
    let file = try OpenFile(path: try scratch.put([1, 2, 3], "a"))
    #expect(try file.bytes(from: 1, count: 2) == [2, 3])
    for (offset, count) in [(0, 4), (3, 1), (4, 0), (-1, 1), (0, Int.max), (Int.max, Int.max)] {
      #expect(throws: FileFailure.outOfBounds(path: file.path)) {
        try file.bytes(from: offset, count: count)
      }
    }
  }

  @Test func `through a mapping gives the same bytes and notices a truncation`() throws {
    let scratch = try Scratch()
    let path = try scratch.put([1, 2, 3, 4], "a")
    let mapped = try MappedFile(path: path)
    #expect(mapped.withBytes() == [1, 2, 3, 4])
    #expect(try mapped.withSpan(of: 1..<3) { span in span[0] } == 2)
    #expect(throws: FileFailure.outOfBounds(path: path)) { try mapped.withSpan(of: 1..<5) { _ in } }
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.truncate(atOffset: 2)
    #expect(throws: FileFailure.changed(path: path)) { try mapped.withSpan { $0[3] } }
    #expect(try MappedFile(path: try scratch.put([], "b")).withSpan { $0.count } == 0)
  }
}

extension MappedFile {
  fileprivate func withBytes() -> [UInt8]? {
    try? withSpan { span in span.indices.map { span[$0] } }
  }
}

@Suite struct `Counting a byte` {
  @Test func `tells odd from even at every length`() {
    var bytes: [UInt8] = []
    var isOdd = false
    for index in 0..<300 {
      #expect(ByteCount.isOdd(of: 34, in: bytes.span) == isOdd)
      let byte: UInt8 = index * index % 7 < 3 ? 34 : UInt8(index & 0xff)
      bytes.append(byte)
      if byte == 34 { isOdd.toggle() }
    }
  }
}
