import Foundation
import Testing

@testable import Files

@Suite struct `A gzip file` {
  static let text = Array((0..<3000).map { "line \($0 * 7919 % 1000)\n" }.joined().utf8)

  /// Nothing, little, repeats, noise, and more than a window and a buffer hold.
  static let samples: [[UInt8]] = {
    var random = SplitMix64(state: 7)
    let noise = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &random) }
    return [
      [], [0x61], [UInt8](repeating: 0x61, count: 300_000), noise, text, noise + text + noise,
    ]
  }()

  @Test(arguments: samples) func `gives back what was written`(bytes: [UInt8]) throws {
    let scratch = try Scratch()
    let path = try scratch.put(gzipped(bytes), "a.txt.gz")
    for size in [1_000, 70_000, 1 << 22] {
      let source = try ByteSource(path: path, chunkSize: size)
      var chunk = ByteSource.Chunk()
      var found: [UInt8] = []
      while try source.next(into: &chunk, boundary: { $0.count }) {
        found += chunk.storage[..<chunk.count]
      }
      #expect(found == bytes)
    }
    #expect(GzipWriter.member(bytes.span) == gzipped(bytes))
  }

  /// Members of all sizes, so that each of their ends lies at each place about the ends of a buffer.
  @Test func `may end its members anywhere`() throws {
    let scratch = try Scratch()
    var random = SplitMix64(state: 8)
    let all = (0..<1 << 18).map { _ in UInt8.random(in: 0...255, using: &random) }
    let noise = Array(all[..<(1 << 17)])
    let first = GzipWriter.member(noise.span)
    for before in (1 << 18) - 24...(1 << 18) + 8 {
      var bytes = first
      // Noise is stored as it is.
      let rest = Array(all[..<(before - bytes.count - 28)])
      bytes += gzipped(rest) + gzipped(Array("end\n".utf8)) + gzipped([]) + gzipped(Self.text)
      let path = try scratch.put(bytes, "a.gz")
      let content = noise + rest + Array("end\n".utf8) + Self.text
      for size in [content.count - 1, 1 << 20, 4_096] {
        let source = try ByteSource(path: path, chunkSize: size)
        var chunk = ByteSource.Chunk()
        var found: [UInt8] = []
        while try source.next(into: &chunk, boundary: { $0.count }) {
          found += chunk.storage[..<chunk.count]
        }
        #expect(found == content, "\(before), chunks of \(size)")
      }
    }
  }

  static let program = ["/usr/bin/gzip", "/bin/gzip"].first { Directory.holds($0) }

  @Test(.enabled(if: program != nil), arguments: samples)
  func `is read by others, and theirs here`(bytes: [UInt8]) async throws {
    let scratch = try Scratch()
    let program = try #require(Self.program)
    func gzip(_ arguments: [String], _ input: [UInt8]) throws -> [UInt8] {
      let outcome = try Subprocess.run(
        program, arguments, input: input, scratch: scratch.path, maximumOutput: 1 << 24,
        seconds: 60)
      try #require(outcome.code == 0)
      return outcome.output
    }
    let members = gzipped(bytes) + gzipped([]) + gzipped(bytes)
    _ = try gzip(["-t"], members)
    #expect(try gzip(["-dc"], members) == bytes + bytes)
    let file = try scratch.put(bytes, "with a name")
    for arguments in [["-1"], ["-6"], ["-9"], ["-c", "-N", file]] {
      let path = try scratch.put(try gzip(arguments, bytes), "theirs.gz")
      #expect(try lines(path, maxRecord: 1 << 24).flatMap { $0 } == bytes)
    }
  }

  @Test func `has a fixed header and the same bytes each time`() {
    let once = gzipped(Self.text)
    #expect(once == gzipped(Self.text))
    #expect(Array(once.prefix(10)) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
  }

  @Test func `may have several members, empty ones too`() throws {
    let scratch = try Scratch()
    let bytes = gzipped(Self.text) + gzipped([]) + gzipped(Array("end\n".utf8))
    let path = try scratch.put(bytes, "a.gz")
    #expect(try lines(path).flatMap { $0 } == Self.text + Array("end\n".utf8))
    #expect(try lines(try scratch.put(gzipped([]), "b.gz")).isEmpty)
  }

  @Test(arguments: [[0], [0, 0, 0, 0], Array("junk".utf8), [0x1f], [0x1f, 0x8b], [0x1f, 0x8c]])
  func `with anything else after a member is refused`(junk: [UInt8]) throws {
    let scratch = try Scratch()
    let path = try scratch.put(gzipped(Self.text) + junk, "a.gz")
    #expect(throws: FileFailure.self) { try lines(path) }
  }

  @Test func `cut anywhere is refused`() throws {
    let scratch = try Scratch()
    let whole = gzipped(Array(Self.text.prefix(300)))
    for length in 0..<whole.count {
      let path = try scratch.put(Array(whole.prefix(length)), "a.gz")
      #expect(throws: FileFailure.gzip(path: path, .truncated)) { try lines(path) }
    }
  }

  @Test func `with another checksum or length is refused`() throws {
    let scratch = try Scratch()
    for back in 1...8 {
      var bytes = gzipped(Self.text)
      bytes[bytes.count - back] ^= 1
      let path = try scratch.put(bytes, "a.gz")
      #expect(throws: FileFailure.gzip(path: path, .damaged)) { try lines(path) }
    }
  }

  @Test func `that expands a thousandfold is read in bounded chunks`() throws {
    let scratch = try Scratch()
    let path = try scratch.put(
      gzipped([UInt8](repeating: 10, count: 1 << 22)), "bomb.gz")
    let source = try ByteSource(path: path, chunkSize: 4096)
    var chunk = ByteSource.Chunk()
    var total = 0
    while try source.next(into: &chunk, boundary: { $0.count }) {
      #expect(chunk.count <= 4096)
      total += chunk.count
    }
    #expect(total == 1 << 22)
  }

  @Test func `mutated is refused or reads as other bytes, and never traps`() throws {
    let scratch = try Scratch()
    let whole = gzipped(Array(Self.text.prefix(400))) + gzipped(Array(Self.text.prefix(40)))
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
      let path = try scratch.put(bytes, "m.gz")
      do {
        _ = try lines(path)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0, "seed \(seed)")
  }
}
