package import LedgerCrypto

/// Finds the hashes of 256 bits that differ from another in at most 31 of them: exactly those.
///
/// Multi-index hashing: two hashes that differ in at most 31 = 16 · 2 − 1 bits agree in at least one of
/// their 16 parts of 16 bits but for one bit. So for each part all hashes with that part, or one bit of
/// it flipped, are looked at, 272 lists in all, and no others can be near.
///
/// Memory: 96 bytes for each hash, and 4 MiB.
package struct NearIndex: Sendable {
  /// The greatest distance that it finds.
  package static let greatestDistance = 31
  private static let parts = 16
  private static let values = 1 << 16

  /// Four words a hash.
  private let words: [UInt64]
  /// For each part and value, where its hashes begin in `places`, and where the last ones end.
  private let starts: [UInt32]
  /// For each part, the hashes by its value.
  private let places: [UInt32]

  /// Takes fewer than 2^28 hashes; their places are those of the array.
  package init(_ hashes: [Digest]) {
    precondition(hashes.count < 1 << 28, "16 places for each hash are counted in 32 bits")
    var words: [UInt64] = []
    words.reserveCapacity(hashes.count * 4)
    for hash in hashes {
      words.append(hash.words.0)
      words.append(hash.words.1)
      words.append(hash.words.2)
      words.append(hash.words.3)
    }
    var starts = [UInt32](repeating: 0, count: Self.parts * Self.values + 1)
    var places = [UInt32](repeating: 0, count: hashes.count * Self.parts)
    for place in hashes.indices {
      for part in 0..<Self.parts {
        starts[part << 16 | Self.value(words[place << 2 | part >> 2], part)] += 1
      }
    }
    // Where each value's hashes end, counted down to where they begin as they are put there.
    var sum: UInt32 = 0
    for index in starts.indices {
      sum += starts[index]
      starts[index] = sum
    }
    for place in hashes.indices.reversed() {
      for part in 0..<Self.parts {
        let slot = part << 16 | Self.value(words[place << 2 | part >> 2], part)
        starts[slot] -= 1
        places[Int(starts[slot])] = UInt32(truncatingIfNeeded: place)
      }
    }
    self.words = words
    self.starts = starts
    self.places = places
  }

  /// Whether some hash differs from `hash` in at most `distance` bits, 0 to ``greatestDistance``.
  package func hasHash(within distance: Int, of hash: Digest) -> Bool {
    var isFound = false
    search(within: distance, of: hash) { _ in
      isFound = true
      return true
    }
    return isFound
  }

  /// The places of all hashes that differ from `hash` in at most `distance` bits, ascending.
  package func places(within distance: Int, of hash: Digest) -> [Int] {
    var found: Set<UInt32> = []
    search(within: distance, of: hash) { place in
      found.insert(place)
      return false
    }
    return found.map(Int.init).sorted()
  }

  /// Tells `take` of each near hash, once for each list that has it, until it gives `true`.
  @inline(__always)
  private func search(
    within distance: Int, of hash: Digest, _ take: (UInt32) -> Bool
  ) {
    precondition((0...Self.greatestDistance).contains(distance), "a distance of at most 31 bits")
    let (words, starts, places) = (words.span, starts.span, places.span)
    let query = hash.words
    for part in 0..<Self.parts {
      let word =
        switch part >> 2 {
        case 0: query.0
        case 1: query.1
        case 2: query.2
        default: query.3
        }
      let value = Self.value(word, part)
      var flip = 0
      for probe in 0...16 {
        let slot = part << 16 | (value ^ flip)
        flip = 1 << probe
        var index = Int(starts[slot])
        let end = Int(starts[slot + 1])
        while index < end {
          let place = places[index]
          let start = Int(place) << 2
          index += 1
          // Half of the bits already tell nearly always.
          let half = Self.bits(words[start] ^ query.0, words[start + 1] ^ query.1)
          guard half <= distance,
            half + Self.bits(words[start + 2] ^ query.2, words[start + 3] ^ query.3) <= distance
          else { continue }
          if take(place) { return }
        }
      }
    }
  }

  @inline(__always)
  private static func value(_ word: UInt64, _ part: Int) -> Int {
    Int(truncatingIfNeeded: word >> UInt64(48 - (part & 3) << 4)) & 0xffff
  }

  /// How many bits are set in both words together.
  ///
  /// By sums within the words: without leave to use the processor's own instruction a compiler makes
  /// a call, or more work, of `nonzeroBitCount`.
  @inline(__always)
  static func bits(_ a: UInt64, _ b: UInt64) -> Int {
    let (pairs, nibbles, bytes): (UInt64, UInt64, UInt64) = (
      0x5555_5555_5555_5555, 0x3333_3333_3333_3333, 0x0f0f_0f0f_0f0f_0f0f
    )
    var a = a &- (a >> 1 & pairs)
    var b = b &- (b >> 1 & pairs)
    a = (a & nibbles) &+ (a >> 2 & nibbles)
    b = (b & nibbles) &+ (b >> 2 & nibbles)
    let both = a &+ b
    let sums = (both & bytes) &+ (both >> 4 & bytes)
    return Int(truncatingIfNeeded: (sums &* 0x0101_0101_0101_0101) >> 56)
  }
}
