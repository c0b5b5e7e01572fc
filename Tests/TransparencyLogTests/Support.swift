import Foundation
import LedgerCrypto
import Testing
import TransparencyLog

/// A generator with a seed that a failure prints, so that it can be run again.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}

/// Inputs made from good ones by a few small changes.
struct Mutations: Sequence, IteratorProtocol {
  private let originals: [[UInt8]]
  private var generator: SplitMix64
  private var left: Int

  init(of originals: [[UInt8]], seed: UInt64) {
    self.originals = originals
    generator = SplitMix64(state: seed)
    left = Self.count
  }

  static let count: Int = {
    if let text = ProcessInfo.processInfo.environment["WINNOW_FUZZ_INPUTS"], let count = Int(text) {
      return count
    }
    #if DEBUG
      return 2_000
    #else
      return 100_000
    #endif
  }()

  mutating func next() -> [UInt8]? {
    guard left > 0 else { return nil }
    left -= 1
    var bytes = originals.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      let end = Swift.min(bytes.count, place + Int.random(in: 1...40, using: &generator))
      switch UInt64.random(in: 0..<7, using: &generator) {
      case 0 where place < bytes.count:
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1 where place < bytes.count:
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 3: bytes.removeSubrange(place..<end)
      case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 5:
        let likely = Array("\n\n \t+/=0x9.p/\u{2014}#none".utf8)
        bytes.insert(likely.randomElement(using: &generator) ?? 0, at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }
}

/// A tree whose stored hashes are in memory.
struct MemoryTree {
  var stored: [Digest] = []
  var frontier = TreeFrontier()

  init(leaves count: Int = 0) {
    for index in 0..<count { append(MemoryTree.leaf(index)) }
  }

  mutating func append(_ leafHash: Digest) {
    frontier.append(leafHash, storingInto: &stored)
  }

  func read(_ indexes: [UInt64]) -> [Digest] {
    indexes.map { stored[Int($0)] }
  }

  /// The entry at `index` of every test tree.
  static func entry(_ index: Int) -> [UInt8] { Array("entry \(index)".utf8) }

  static func leaf(_ index: Int) -> Digest { TreeHash.leaf(entry(index)) }
}

/// The definitions of RFC 6962 section 2.1 as they stand there, each range hashed once.
final class Definition {
  let leaves: [Digest]
  private var roots: [Range<Int>: Digest] = [:]

  init(leaves count: Int) {
    leaves = (0..<count).map(MemoryTree.leaf)
  }

  func root(_ range: Range<Int>) -> Digest {
    if range.isEmpty { return Digest(sha256: []) }
    if range.count == 1 { return leaves[range.lowerBound] }
    if let known = roots[range] { return known }
    let middle = split(range)
    let left = root(range.lowerBound..<middle)
    let right = root(middle..<range.upperBound)
    let hash = Digest(sha256: [0x01] + left.bytes + right.bytes)
    roots[range] = hash
    return hash
  }

  func path(_ leaf: Int, _ range: Range<Int>) -> [Digest] {
    if range.count == 1 { return [] }
    let middle = split(range)
    if leaf < middle {
      return path(leaf, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
    }
    return path(leaf, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
  }

  func proof(_ older: Int, _ range: Range<Int>, whole: Bool = true) -> [Digest] {
    if older == range.upperBound { return whole ? [] : [root(range)] }
    let middle = split(range)
    if older <= middle {
      return proof(older, range.lowerBound..<middle, whole: whole)
        + [root(middle..<range.upperBound)]
    }
    return proof(older, middle..<range.upperBound, whole: false)
      + [root(range.lowerBound..<middle)]
  }

  private func split(_ range: Range<Int>) -> Int {
    var half = 1
    while half * 2 < range.count { half *= 2 }
    return range.lowerBound + half
  }
}

extension TreeSize {
  init(_ count: Int) {
    self = TreeSize(UInt64(count)) ?? .max
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}

/// Keys from fixed seeds, so that every signature is the same in every run.
func key(_ seed: UInt8) throws -> SigningKey {
  try #require(SigningKey(seed: [UInt8](repeating: seed, count: 32)))
}

func name(_ text: String) throws -> KeyName {
  try #require(KeyName(text))
}

func signer(_ name: String, seed: UInt8) throws -> NoteSigner {
  NoteSigner(name: try TransparencyLogTests.name(name), key: try key(seed))
}

func cosigner(_ name: String, seed: UInt8) throws -> NoteCosigner {
  NoteCosigner(name: try TransparencyLogTests.name(name), key: try key(seed))
}
