#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A seeded generator, so that a failure can be run again.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}

enum Fuzz {
  /// How many mutated inputs each parser gets.
  static var inputs: Int {
    if let text = unsafe getenv("WINNOW_FUZZ_INPUTS"), let count = unsafe Int(String(cString: text))
    {
      return count
    }
    #if DEBUG
      return 2_000
    #else
      return 100_000
    #endif
  }
}

extension [UInt8] {
  /// The UTF-8 of text.
  init(_ text: String) { self = Array(text.utf8) }

  /// These bytes with one to four edits: a flip, a removal, an insertion, a doubling, or a cut.
  func mutated(by random: inout SplitMix64, dictionary: [String] = []) -> [UInt8] {
    var bytes = self
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<7, using: &random) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 3:
        let end = Int.random(in: place...bytes.count, using: &random)
        bytes.insert(contentsOf: bytes[place..<Swift.min(end, place + 40)], at: place)
      case 4: bytes.removeSubrange(place..<Swift.min(place + 3, bytes.count))
      case 5: if Int.random(in: 0..<8, using: &random) == 0 { bytes.removeSubrange(place...) }
      default:
        if let word = dictionary.randomElement(using: &random) {
          bytes.insert(contentsOf: word.utf8, at: place)
        }
      }
    }
    return bytes
  }
}
