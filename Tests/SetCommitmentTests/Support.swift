import Foundation
import LedgerCrypto
import SetCommitment

/// A small seeded generator (SplitMix64), so that a failure can be repeated from its seed.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func digest() -> Digest {
    Digest(next(), next(), next(), next())
  }

  mutating func below(_ count: Int) -> Int {
    Int.random(in: 0..<count, using: &self)
  }
}

/// How many mutated inputs each parser gets.
var mutationCount: Int {
  if let text = ProcessInfo.processInfo.environment["WINNOW_FUZZ_INPUTS"], let count = Int(text) {
    return count
  }
  #if DEBUG
    return 2_000
  #else
    return 100_000
  #endif
}

/// Changes `bytes` in one of the ways that files go wrong.
func mutate(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
  var output = bytes
  for _ in 0..<1 + random.below(3) {
    let index = output.isEmpty ? 0 : random.below(output.count)
    switch random.below(7) {
    case 0 where !output.isEmpty: output[index] ^= 1 << UInt8(random.below(8))
    case 1 where !output.isEmpty:
      output[index] = [0, 1, 2, 3, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
    case 2: output.removeLast(output.count - index)
    case 3: output.insert(UInt8(truncatingIfNeeded: random.next()), at: index)
    case 4 where !output.isEmpty: output.remove(at: index)
    case 5 where !output.isEmpty:
      let end = min(output.count, index + 1 + random.below(90))
      output.insert(contentsOf: Array(output[index..<end]), at: random.below(output.count))
    default:
      let end = min(output.count, index + random.below(12))
      for place in index..<end { output[place] = 0xff }
    }
  }
  return output
}

/// The keys of a small space: few leading bits, or few bits after a long common prefix.
func smallKey(_ random: inout SplitMix64, bits: Int, after prefix: Int) -> Digest {
  let base = Digest(
    0xa5a5_a5a5_a5a5_a5a5, 0x5a5a_5a5a_5a5a_5a5a, 0xc3c3_c3c3_c3c3_c3c3, 0x3c3c_3c3c_3c3c_3c3c)
  var bytes = base.bytes
  for bit in prefix..<min(256, prefix + bits) {
    let mask: UInt8 = 0x80 >> UInt8(bit & 7)
    if random.next() & 1 == 1 { bytes[bit >> 3] |= mask } else { bytes[bit >> 3] &= ~mask }
  }
  return Digest(bytes: bytes) ?? base
}

/// A set of up to `count` distinct small keys, with rows and values from small spaces too.
func smallEntries(_ random: inout SplitMix64, count: Int) -> [SetEntry] {
  var keys: Set<Digest> = []
  let places = [(3, 0), (5, 0), (8, 0), (2, 254), (4, 252), (3, 126), (10, 60), (256, 0)]
  let chosen = places[random.below(places.count)]
  for _ in 0..<count {
    let (bits, prefix) = random.below(3) == 0 ? places[random.below(places.count)] : chosen
    keys.insert(smallKey(&random, bits: bits, after: prefix))
  }
  return keys.sorted().map {
    SetEntry(key: $0, rows: 1 + random.next() % 3, value: value(random.below(3)))
  }
}

/// One of a few D.
func value(_ number: Int) -> Digest {
  Digest(sha256: "value \(number)")
}
