import Foundation
import LedgerCrypto
import TestSupport
import Testing

@testable import Datasets

/// Hashes of 256 bits.
enum NearIndexTests {
  static func distance(_ a: Digest, _ b: Digest) -> Int {
    (a.words.0 ^ b.words.0).nonzeroBitCount + (a.words.1 ^ b.words.1).nonzeroBitCount
      + (a.words.2 ^ b.words.2).nonzeroBitCount + (a.words.3 ^ b.words.3).nonzeroBitCount
  }

  static func some(_ random: inout SplitMix64) -> Digest {
    Digest(random.next(), random.next(), random.next(), random.next())
  }

  /// `hash` with these bits flipped.
  static func flipping(_ bits: some Sequence<Int>, of hash: Digest) -> Digest {
    var bytes = hash.bytes
    for bit in bits { bytes[bit >> 3] ^= 0x80 >> UInt8(bit & 7) }
    return Digest(bytes: bytes)!
  }
}

@Suite struct `An index of near hashes` {
  @Test func `counts bits`() {
    #expect(NearIndex.bits(0, 0) == 0 && NearIndex.bits(.max, .max) == 128)
    var random = SplitMix64(seed: 7)
    for _ in 0..<1000 {
      let (a, b) = (random.next() & random.next(), random.next() | random.next())
      #expect(NearIndex.bits(a, b) == a.nonzeroBitCount + b.nonzeroBitCount)
    }
  }

  @Test func `finds what a search of all finds, whatever the distance`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    var hashes = (0..<400).map { _ in NearIndexTests.some(&random) }
    for place in 0..<200 {
      let count = Int.random(in: 0...40, using: &random)
      hashes.append(
        NearIndexTests.flipping((0..<256).shuffled(using: &random).prefix(count), of: hashes[place])
      )
    }
    hashes.append(hashes[0])
    let index = NearIndex(hashes)
    let queries = hashes.prefix(300) + (0..<20).map { _ in NearIndexTests.some(&random) }
    for query in queries {
      let within = Int.random(in: 0...31, using: &random)
      for distance in [within, 31] {
        let all = hashes.indices.filter { NearIndexTests.distance(hashes[$0], query) <= distance }
        let (found, isFound) = (
          index.places(within: distance, of: query), index.hasHash(within: distance, of: query)
        )
        #expect(found == all && isFound == !all.isEmpty, "seed \(seed)")
      }
    }
  }

  @Test(arguments: 0..<50)
  func `finds 31 bits wherever they are, and not 32`(round: Int) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    let hash = NearIndexTests.some(&random)
    let index = NearIndex([hash])
    // As many as can be in each part of 16 bits, and in the fewest parts.
    let spread = (0..<32).map { 16 * ($0 % 16) + ($0 + $0 / 16 + round) % 16 }
    let packed = (0..<32).map { ($0 + 8 * round) % 256 }
    let anywhere = Array((0..<256).shuffled(using: &random).prefix(32))
    for bits in [spread, packed, anywhere] {
      let found = [(30, 30), (31, 31), (30, 31), (31, 32)].map { distance, count in
        index.hasHash(
          within: distance, of: NearIndexTests.flipping(bits.prefix(count), of: hash))
      }
      #expect(found == [true, true, false, false], "seed \(seed)")
    }
  }

  @Test func `of nothing finds nothing`() {
    let index = NearIndex([])
    let (found, places) = (
      index.hasHash(within: 31, of: .zero), index.places(within: 0, of: .zero)
    )
    #expect(!found && places.isEmpty)
  }
}

@Suite(.enabled(if: OutsideData.isExpected("vectors/pdq"), "\(OutsideData.absence)"))
struct `The PDQ hashes of ThreatExchange` {
  func hashes(_ name: String) throws -> [Digest] {
    let text = String(decoding: try OutsideData.bytes("vectors/pdq/\(name).txt"), as: UTF8.self)
    return try text.split(separator: "\n").map { try #require(Digest(hex: $0)) }
  }

  @Test func `have exactly the known pairs`() throws {
    let (haystack, needles) = (try hashes("haystack"), try hashes("needles"))
    #expect(haystack.count == 1350 && needles.count == 100)
    let index = NearIndex(haystack)
    let found = needles.map { index.places(within: 31, of: $0).count }
    #expect(found.reduce(0, +) == 250 && found.allSatisfy { $0 > 0 })
    let areNear = needles.map { index.hasHash(within: 31, of: $0) }
    #expect(!areNear.contains(false))
    let inside = haystack.enumerated().map { place, hash in
      index.places(within: 31, of: hash).count { $0 > place }
    }
    #expect(inside.reduce(0, +) == 857)
  }
}
