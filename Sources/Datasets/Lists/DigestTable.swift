internal import LedgerCrypto

/// An open-addressed table of places in an array of digests.
///
/// At most half full, for fewer than 2^31 digests. The mixing constants are drawn for each table: whoever writes a list cannot
/// aim its hashes at one slot.
struct DigestTable: Sendable {
  private var slots: [UInt32]
  private let shift: UInt64
  private let mix: (UInt64, UInt64)

  /// Takes the digests, no two of them equal.
  init(_ hashes: [Digest]) {
    var bits = 4
    while 1 << bits < hashes.count * 2 { bits += 1 }
    shift = UInt64(64 - bits)
    mix = (UInt64.random(in: 0...UInt64.max) | 1, UInt64.random(in: 0...UInt64.max) | 1)
    slots = [UInt32](repeating: 0, count: 1 << bits)
    for (place, hash) in hashes.enumerated() {
      var slot = start(hash)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: place + 1)
    }
  }

  /// The place of `hash` in `hashes`, which are those that the table was made of.
  func place(of hash: Digest, in hashes: [Digest]) -> Int? {
    var slot = start(hash)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      if hashes[place] == hash { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func start(_ hash: Digest) -> Int {
    let high = (hash.words.0 ^ mix.1) &* mix.0
    let low = (hash.words.1 ^ hash.words.2 ^ high >> 32) &* mix.1
    return Int(truncatingIfNeeded: (high ^ low) >> shift)
  }
}
