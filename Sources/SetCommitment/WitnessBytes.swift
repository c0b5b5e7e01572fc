internal import LedgerCrypto

/// The parts of a witness, in the order of its bytes: a pruned tree, pre-order.
enum WitnessPart: Hashable, Sendable {
  /// `00`
  case empty
  /// `01`: key, u64 n, D
  case leaf(SetEntry)
  /// `02`: u8 bit, ⌈bit/8⌉ prefix bytes; its left and right follow
  case node(bit: Int, prefix: Digest)
  /// `03`: u64 rows, hash
  case opaque(rows: UInt64, hash: Digest)

  /// Appends the part's own bytes.
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .empty: bytes.append(0)
    case .leaf(let entry):
      bytes.append(1)
      SetIndexLayout.append(entry, to: &bytes)
    case .node(let bit, let prefix):
      bytes.append(2)
      bytes.append(UInt8(truncatingIfNeeded: bit))
      for index in 0..<(bit + 7) / 8 { bytes.append(prefix.byte(index)) }
    case .opaque(let rows, let hash):
      bytes.append(3)
      bytes.append(bigEndian: rows)
      hash.appendWords(to: &bytes)
    }
  }
}

extension Digest {
  /// The byte at `index`, 0 … 31.
  func byte(_ index: Int) -> UInt8 {
    let word =
      switch index >> 3 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      default: words.3
      }
    return UInt8(truncatingIfNeeded: word >> UInt64(56 - (index & 7) * 8))
  }
}

/// Bytes of a witness that come in chunks of any size.
package struct WitnessBytes {
  private var window: [UInt8]
  private var position = 0
  private let refill: (() throws(WitnessFailure) -> [UInt8])?
  private var ended: Bool

  /// Takes a whole witness.
  package init(_ bytes: [UInt8]) {
    window = bytes
    refill = nil
    ended = true
  }

  /// Takes how to read on: each call gives the next bytes, and none at the end.
  package init(chunks: @escaping () throws(WitnessFailure) -> [UInt8]) {
    window = []
    refill = chunks
    ended = false
  }

  /// Makes `count` bytes stand at the position; `count` is at most 73.
  private mutating func require(_ count: Int) throws(WitnessFailure) {
    if window.count - position >= count { return }
    window.removeSubrange(..<position)
    position = 0
    while window.count < count {
      guard !ended, let refill else { throw .truncated }
      let chunk = try refill()
      if chunk.isEmpty { ended = true } else { window.append(contentsOf: chunk) }
    }
  }

  /// Reads the next part, whatever its place in the tree.
  mutating func next() throws(WitnessFailure) -> WitnessPart {
    try require(1)
    switch window[position] {
    case 0:
      position += 1
      return .empty
    case 1:
      try require(73)
      let entry = SetEntry(
        key: window.digest(at: position + 1), rows: window.bigEndianWord(at: position + 33),
        value: window.digest(at: position + 41))
      position += 73
      return .leaf(entry)
    case 2:
      try require(2)
      let bit = Int(window[position + 1])
      let length = (bit + 7) / 8
      try require(2 + length)
      let prefix = prefix(length)
      position += 2 + length
      return .node(bit: bit, prefix: prefix)
    case 3:
      try require(41)
      let rows = window.bigEndianWord(at: position + 1)
      let hash = window.digest(at: position + 9)
      position += 41
      return .opaque(rows: rows, hash: hash)
    case let tag: throw .unknownTag(tag)
    }
  }

  private func prefix(_ length: Int) -> Digest {
    var words = (0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64)
    for index in 0..<length {
      let byte = UInt64(window[position + 2 + index]) << UInt64(56 - (index & 7) * 8)
      switch index >> 3 {
      case 0: words.0 |= byte
      case 1: words.1 |= byte
      case 2: words.2 |= byte
      default: words.3 |= byte
      }
    }
    return Digest(words.0, words.1, words.2, words.3)
  }

  /// Refuses bytes after the tree.
  mutating func finish() throws(WitnessFailure) {
    if position < window.count { throw .trailingBytes }
    if !ended, let refill {
      guard try refill().isEmpty else { throw .trailingBytes }
      ended = true
    }
  }
}
