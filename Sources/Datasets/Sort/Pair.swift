internal import LedgerCrypto
internal import SetCommitment

/// A row's key and digest as eight words, in the order in which they sort.
struct Pair: BitwiseCopyable, Sendable {
  var k0: UInt64 = 0
  var k1: UInt64 = 0
  var k2: UInt64 = 0
  var k3: UInt64 = 0
  var d0: UInt64 = 0
  var d1: UInt64 = 0
  var d2: UInt64 = 0
  var d3: UInt64 = 0

  init() {}

  init(key: Digest, digest: Digest) {
    (k0, k1, k2, k3) = key.words
    (d0, d1, d2, d3) = digest.words
  }

  var key: Digest { Digest(k0, k1, k2, k3) }
  var digest: Digest { Digest(d0, d1, d2, d3) }

  /// The first `bits` bits (1 … 16) of the key.
  func bucket(_ bits: Int) -> Int { Int(truncatingIfNeeded: k0 >> UInt64(64 - bits)) }

  func hasKey(of other: Pair) -> Bool {
    k0 == other.k0 && k1 == other.k1 && k2 == other.k2 && k3 == other.k3
  }

  static func < (a: Pair, b: Pair) -> Bool {
    if a.k0 != b.k0 { return a.k0 < b.k0 }
    if a.k1 != b.k1 { return a.k1 < b.k1 }
    if a.k2 != b.k2 { return a.k2 < b.k2 }
    if a.k3 != b.k3 { return a.k3 < b.k3 }
    if a.d0 != b.d0 { return a.d0 < b.d0 }
    if a.d1 != b.d1 { return a.d1 < b.d1 }
    if a.d2 != b.d2 { return a.d2 < b.d2 }
    return a.d3 < b.d3
  }
}

/// Sorting of pairs whose keys are hashes: one distribution by leading bits, then short insertions.
///
/// Linear where keys are spread as hashes are; where many rows share a key, n log n.
enum PairSort {
  /// Above this, a bucket is left to the library's sort.
  private static let shortBucket = 48

  /// Sorts `pairs` whose keys share their first `shared` bits (0 … 48), by way of `scratch`.
  static func sort(_ pairs: inout [Pair], sharing shared: Int, scratch: inout [Pair]) {
    let count = pairs.count
    if count < 2 { return }
    var bits = 1
    while bits < 15, 1 << bits < count / 2 { bits += 1 }
    let up = UInt64(shared)
    let down = UInt64(64 - bits)
    if scratch.count < count {
      scratch.append(contentsOf: repeatElement(Pair(), count: count - scratch.count))
    }
    var places = [Int](repeating: 0, count: (1 << bits) + 1)
    for index in 0..<count { places[Int((pairs[index].k0 << up) >> down) + 1] += 1 }
    for bucket in 0..<1 << bits { places[bucket + 1] += places[bucket] }
    for index in 0..<count {
      let pair = pairs[index]
      let bucket = Int((pair.k0 << up) >> down)
      scratch[places[bucket]] = pair
      places[bucket] += 1
    }
    // Each place has moved on to the next bucket's start.
    var start = 0
    for bucket in 0..<1 << bits {
      let end = places[bucket]
      if end - start > shortBucket {
        scratch[start..<end].sort(by: <)
      } else if end - start > 1 {
        insert(&scratch, start, end)
      }
      start = end
    }
    swap(&pairs, &scratch)
    if pairs.count > count { pairs.removeLast(pairs.count - count) }
  }

  private static func insert(_ pairs: inout [Pair], _ start: Int, _ end: Int) {
    for next in start + 1..<end {
      let pair = pairs[next]
      var place = next
      while place > start, pair < pairs[place - 1] {
        pairs[place] = pairs[place - 1]
        place -= 1
      }
      if place != next { pairs[place] = pair }
    }
  }
}
