import Foundation
import Testing

@testable import Files

@Suite struct `A zstd file` {
  private typealias GzipTests = `A gzip file`
  static let text = GzipTests.text
  static let samples = GzipTests.samples

  func content(_ path: String, chunk: Int = 4096) throws -> [UInt8] {
    let source = try ByteSource(path: path, chunkSize: chunk)
    var (all, chunk) = ([UInt8](), ByteSource.Chunk())
    while try source.next(into: &chunk, boundary: { $0.count }) {
      all += chunk.storage[..<chunk.count]
    }
    #expect(source.bytesRead == source.size)
    return all
  }

  static func frame(_ bytes: [UInt8]) -> [UInt8] { Packing.zstd.packed(bytes.span) }

  /// A frame that is to be skipped, with `bytes` in it.
  static func skipped(_ bytes: [UInt8], kind: UInt8 = 0x50) -> [UInt8] {
    [kind, 0x2a, 0x4d, 0x18]
      + (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes
  }

  @Test(arguments: samples) func `gives back what was written`(bytes: [UInt8]) throws {
    let scratch = try Scratch()
    let path = try scratch.put(Self.frame(bytes), "a.txt.zst")
    for size in [1_000, 70_000, 1 << 22] { #expect(try content(path, chunk: size) == bytes) }
  }

  @Test(arguments: ["a.zst", "a.ZST", "a.b.Zst"]) func `is told by its name`(name: String) {
    #expect(Packing(name: name) == .zstd)
  }

  @Test func `may have several frames, empty ones and some to be skipped`() throws {
    let scratch = try Scratch()
    let end = Array("end\n".utf8)
    for kind in UInt8(0x50)...0x5f {
      let parts = [
        Self.skipped(Self.text, kind: kind), Self.frame(Self.text), Self.skipped([]),
        Self.frame([]), Self.frame(end), Self.skipped([UInt8](repeating: 7, count: 300_000)),
      ]
      let path = try scratch.put(parts.flatMap { $0 }, "a.zst")
      #expect(try content(path) == Self.text + end)
      // It begins so under any name, too.
      let other = try scratch.put(parts.flatMap { $0 }, "a.csv")
      #expect(try Packing.held(at: other) == .zstd)
    }
    #expect(try content(scratch.put(Self.frame([]), "b.zst")) == [])
    #expect(try content(scratch.put(Self.skipped(Self.text), "c.zst")) == [])
  }

  /// Noise, which is stored as it is, of all lengths about the end of a buffer.
  @Test func `may end its frames anywhere`() throws {
    let scratch = try Scratch()
    var random = SplitMix64(state: 9)
    let noise = (0..<1 << 18).map { _ in UInt8.random(in: 0...255, using: &random) }
    let end = Array("end\n".utf8)
    for left in 0...40 {
      let first = Self.frame(Array(noise[..<(noise.count - left)]))
      let bytes = first + Self.frame(end) + Self.skipped(end) + Self.frame(Self.text)
      let wanted: [UInt8] = noise[..<(noise.count - left)] + end + Self.text
      let path = try scratch.put(bytes, "a.zst")
      for size in [wanted.count - 1, 1 << 20, 4_096] {
        #expect(try content(path, chunk: size) == wanted, "\(left), chunks of \(size)")
      }
    }
  }

  static let program = ["/usr/bin/zstd", "/bin/zstd"].first { Directory.holds($0) }

  func zstd(_ arguments: [String], _ input: [UInt8], _ scratch: Scratch) throws -> [UInt8] {
    let outcome = try Subprocess.run(
      try #require(Self.program), arguments, input: input, scratch: scratch.path,
      maximumOutput: 1 << 24, seconds: 60)
    try #require(outcome.code == 0)
    return outcome.output
  }

  @Test(.enabled(if: program != nil), arguments: samples)
  func `is read by others, and theirs here`(bytes: [UInt8]) throws {
    let scratch = try Scratch()
    let frames = Self.frame(bytes) + Self.frame([]) + Self.frame(bytes)
    _ = try zstd(["-tq"], frames, scratch)
    #expect(try zstd(["-dcq"], frames, scratch) == bytes + bytes)
    let file = try scratch.put(bytes, "with a name")
    for arguments in [
      ["-1"], ["-19"], ["--fast=5"], ["--no-check"], ["-c", file], ["--long=27"],
      ["-T2", "-B100000"],
    ] {
      let path = try scratch.put(try zstd(["-q"] + arguments, bytes, scratch), "theirs.zst")
      #expect(try content(path) == bytes, "\(arguments)")
    }
  }

  @Test(.enabled(if: program != nil))
  func `that asks for more memory, or for a dictionary, is refused and says so`() throws {
    let scratch = try Scratch()
    let wide = try scratch.put(try zstd(["-q", "--long=28"], Self.text, scratch), "wide.zst")
    #expect(throws: FileFailure.zstd(path: wide, .window)) { try lines(wide) }
    let dictionary = scratch("dictionary")
    var samples: [String] = []
    for place in 0..<60 {
      samples.append(
        try scratch.put(
          Array((0..<40).map { "sample \($0 * place % 37)" }.joined().utf8), "s\(place)"))
    }
    _ = try zstd(["-q", "--train", "-o", dictionary] + samples, [], scratch)
    let path = try scratch.put(
      try zstd(["-q", "-c", "-D", dictionary], Self.text, scratch), "with.zst")
    #expect(throws: FileFailure.zstd(path: path, .dictionary)) { try lines(path) }
    #expect("\(FileFailure.zstd(path: path, .dictionary))".contains("without one"))
  }

  @Test(arguments: [
    [0], [0, 0, 0, 0], Array("junk".utf8), [0x28, 0xb5, 0x2f, 0xfe], Array("rather long".utf8),
    [0x1f, 0x8b, 8, 0],
  ])
  func `with anything else after a frame is refused`(junk: [UInt8]) throws {
    let scratch = try Scratch()
    for first in [Self.frame(Self.text), Self.skipped(Self.text)] {
      let path = try scratch.put(first + junk, "a.zst")
      #expect(throws: FileFailure.zstd(path: path, .trailingBytes)) { try lines(path) }
    }
  }

  @Test(arguments: [[0x28], [0x28, 0xb5], [0x28, 0xb5, 0x2f], [0x28, 0xb5, 0x2f, 0xfd], [0x5a]])
  func `with the beginning of a frame after one is refused`(more: [UInt8]) throws {
    let scratch = try Scratch()
    let path = try scratch.put(Self.frame(Self.text) + more, "a.zst")
    #expect(throws: FileFailure.zstd(path: path, .truncated)) { try lines(path) }
  }

  @Test func `cut anywhere is refused`() throws {
    let scratch = try Scratch()
    let skipped = Self.skipped([1, 2, 3])
    let whole = skipped + Self.frame(Array(Self.text.prefix(300)))
    for length in 0..<whole.count where length != skipped.count {
      let path = try scratch.put(Array(whole.prefix(length)), "a.zst")
      #expect(throws: FileFailure.zstd(path: path, .truncated)) { try lines(path) }
    }
  }

  @Test(arguments: 1...4) func `with another checksum is refused`(back: Int) throws {
    let scratch = try Scratch()
    var bytes = Self.frame(Self.text)
    bytes[bytes.count - back] ^= 1
    let path = try scratch.put(bytes, "a.zst")
    #expect(throws: FileFailure.zstd(path: path, .damaged)) { try lines(path) }
  }

  @Test(arguments: [[], [0x1f, 0x8b], Array("plain text\n".utf8)] as [[UInt8]])
  func `that is none is refused`(bytes: [UInt8]) throws {
    let scratch = try Scratch()
    let path = try scratch.put(bytes, "a.zst")
    #expect(throws: FileFailure.self) { try lines(path) }
  }

  @Test func `that was refused stays so`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Array(Self.frame(Self.text).dropLast(2)), "a.zst")
    let source = try ByteSource(path: path, chunkSize: 64)
    var chunk = ByteSource.Chunk()
    for _ in 0..<2 {
      #expect(throws: FileFailure.self) {
        while try source.next(into: &chunk, boundary: { $0.count }) {}
      }
    }
  }

  @Test func `that expands ten-thousandfold is read in bounded chunks`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(Self.frame([UInt8](repeating: 10, count: 1 << 24)), "bomb.zst")
    let source = try ByteSource(path: path, chunkSize: 4096)
    #expect(source.size < 2_000)
    var chunk = ByteSource.Chunk()
    var total = 0
    while try source.next(into: &chunk, boundary: { $0.count }) {
      #expect(chunk.count <= 4096)
      total += chunk.count
    }
    #expect(total == 1 << 24)
  }

  @Test func `mutated is refused or reads as other bytes, and never traps`() throws {
    let scratch = try Scratch()
    let whole =
      Self.frame(Array(Self.text.prefix(400))) + Self.skipped([1, 2, 3])
      + Self.frame(Array(Self.text.prefix(40)))
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(state: seed)
    var refused = 0
    for _ in 0..<fuzzInputs() {
      var bytes = whole
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.remove(at: place)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
      }
      let path = try scratch.put(bytes, "m.zst")
      do {
        _ = try lines(path)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0, "seed \(seed)")
  }
}
