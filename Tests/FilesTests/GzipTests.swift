import Foundation
import Testing

@testable import Files

@Suite struct `A gzip file` {
  static let text = Array((0..<3000).map { "line \($0 * 7919 % 1000)\n" }.joined().utf8)

  @Test(arguments: [1, 6, 9]) func `gives back what was written`(level: Int) throws {
    let scratch = try Scratch()
    let path = try scratch.put(gzipped(Self.text, level: level), "a.txt.gz")
    #expect(try lines(path).flatMap { $0 } == Self.text)
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
      gzipped([UInt8](repeating: 10, count: 1 << 22), level: 9), "bomb.gz")
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
