internal import Foundation

/// The 64-bit generator of Steele, Lea and Flood: one seed, one sequence, everywhere.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Inputs made from good ones by one to three small changes.
package struct Mutations: Sequence, IteratorProtocol {
  private let originals: [[UInt8]]
  private let likely: [UInt8]
  private var generator: SplitMix64
  private var left: Int

  /// Changes `originals`, at times by one of the `likely` bytes of their grammar.
  package init(
    of originals: [[UInt8]], likely: String, seed: UInt64, count: Int = Mutations.standardCount
  ) {
    self.originals = originals
    self.likely = Array(likely.utf8)
    generator = SplitMix64(seed: seed)
    left = count
  }

  /// `WINNOW_FUZZ_INPUTS`, or 100,000, and 2,000 where nothing is optimised.
  package static let standardCount: Int = {
    if let text = ProcessInfo.processInfo.environment["WINNOW_FUZZ_INPUTS"], let count = Int(text) {
      return count
    }
    #if DEBUG
      return 2_000
    #else
      return 100_000
    #endif
  }()

  package mutating func next() -> [UInt8]? {
    guard left > 0, var bytes = originals.randomElement(using: &generator) else { return nil }
    left -= 1
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      let end = Swift.min(bytes.count, place + Int.random(in: 1...40, using: &generator))
      switch Int.random(in: 0..<7, using: &generator) {
      case 0 where place < bytes.count:
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1 where place < bytes.count:
        bytes[place] = likely.randomElement(using: &generator) ?? 0
      case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 3: bytes.removeSubrange(place..<end)
      case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 5: bytes.insert(likely.randomElement(using: &generator) ?? 0, at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }
}
