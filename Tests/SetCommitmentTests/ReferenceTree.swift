import LedgerCrypto
import SetCommitment

/// Why the reference refuses; the reason does not matter to it.
struct Refused: Error {}

/// The tree of section 5 as the text says it: recursive, whole, one step at a time.
///
/// `opaque` remembers what it hides, so that a test can open it later. `claims` are the row counts
/// that a node hashes; an honest tree claims what its sides hold.
indirect enum ReferenceTree {
  case empty
  case leaf(SetEntry)
  case node(
    bit: Int, prefix: Digest, left: ReferenceTree, right: ReferenceTree, claims: (UInt64, UInt64)?)
  case opaque(rows: UInt64, hash: Digest, hidden: ReferenceTree?)

  /// The tree of ascending entries.
  init(_ entries: ArraySlice<SetEntry>) {
    guard let first = entries.first, let last = entries.last else {
      self = .empty
      return
    }
    if entries.count == 1 {
      self = .leaf(first)
      return
    }
    let bit = (0..<256).first { first.key.testBit($0) != last.key.testBit($0) } ?? 0
    let split = entries.firstIndex { $0.key.testBit(bit) } ?? entries.endIndex
    self = .node(
      bit: bit, prefix: first.key.testPrefix(bit), left: ReferenceTree(entries[..<split]),
      right: ReferenceTree(entries[split...]), claims: nil)
  }

  var isEmpty: Bool { if case .empty = self { true } else { false } }
  var isOpaque: Bool { if case .opaque = self { true } else { false } }

  /// The rows, as the node above adds them up.
  func rows() throws -> UInt64 {
    switch self {
    case .empty: return 0
    case .leaf(let entry): return entry.rows
    case .opaque(let rows, _, _): return rows
    case .node(_, _, let left, let right, let claims):
      let (a, b) = try claims ?? (left.rows(), right.rows())
      let (sum, overflows) = a.addingReportingOverflow(b)
      if overflows { throw Refused() }
      return sum
    }
  }

  /// The hash, from the bytes that the text lists.
  func hash() throws -> Digest {
    switch self {
    case .empty: return Digest(sha256: [0x12])
    case .leaf(let entry):
      return Digest(sha256: [0x10] + entry.key.bytes + bigEndian(entry.rows) + entry.value.bytes)
    case .opaque(_, let hash, _): return hash
    case .node(let bit, let prefix, let left, let right, let claims):
      let (a, b) = try claims ?? (left.rows(), right.rows())
      return Digest(
        sha256: [0x11, UInt8(bit)] + prefix.bytes + bigEndian(a) + bigEndian(b)
          + (try left.hash().bytes) + (try right.hash().bytes))
    }
  }

  func root(_ kind: SetKind = .release) throws -> Digest {
    Digest(
      sha256: [kind == .release ? 0x13 : 0x14] + bigEndian(try rows()) + (try hash().bytes))
  }

  func witness() -> [UInt8] {
    switch self {
    case .empty: [0]
    case .leaf(let entry): [1] + entry.key.bytes + bigEndian(entry.rows) + entry.value.bytes
    case .opaque(let rows, let hash, _): [3] + bigEndian(rows) + hash.bytes
    case .node(let bit, let prefix, let left, let right, _):
      [2, UInt8(bit)] + prefix.bytes.prefix((bit + 7) / 8) + left.witness() + right.witness()
    }
  }

  /// Hides parts at random; a node hides a side behind what it claims of it.
  func pruned(_ random: inout SplitMix64, oneIn chance: Int, claim: UInt64? = nil) throws
    -> ReferenceTree
  {
    if !isEmpty, random.below(chance) == 0 {
      return .opaque(rows: try claim ?? rows(), hash: try hash(), hidden: self)
    }
    guard case .node(let bit, let prefix, let left, let right, let claims) = self else {
      return self
    }
    return .node(
      bit: bit, prefix: prefix, left: try left.pruned(&random, oneIn: chance, claim: claims?.0),
      right: try right.pruned(&random, oneIn: chance, claim: claims?.1), claims: claims)
  }

  /// Opens whatever is hidden and known; a node goes on claiming the rows that it claimed of it.
  func opened() throws -> ReferenceTree {
    switch self {
    case .opaque(let rows, let hash, let hidden):
      try hidden?.opened() ?? .opaque(rows: rows, hash: hash, hidden: nil)
    case .node(let bit, let prefix, let left, let right, let claims):
      .node(
        bit: bit, prefix: prefix, left: try left.opened(), right: try right.opened(),
        claims: try claims ?? (left.rows(), right.rows()))
    default: self
    }
  }
}

extension ReferenceTree {
  /// Refuses what no witness of a release may hold.
  func judge(above: (prefix: Digest, bit: Int, side: Bool)? = nil) throws {
    func belongs(_ prefix: Digest, _ bit: Int) throws {
      guard let above else { return }
      guard bit > above.bit, prefix.testPrefix(above.bit) == above.prefix,
        prefix.testBit(above.bit) == above.side
      else { throw Refused() }
    }
    switch self {
    case .empty: if above != nil { throw Refused() }
    case .leaf(let entry):
      if entry.rows == 0 || entry.value == Digest(sha256: []).testPrefix(0) { throw Refused() }
      try belongs(entry.key, 256)
    case .opaque(let rows, _, _): if rows == 0 { throw Refused() }
    case .node(let bit, let prefix, let left, let right, _):
      if prefix.testPrefix(bit) != prefix { throw Refused() }
      try belongs(prefix, bit)
      try left.judge(above: (prefix, bit, false))
      try right.judge(above: (prefix, bit, true))
    }
  }

  func removing(_ key: Digest) throws -> ReferenceTree {
    switch self {
    case .leaf(let entry) where entry.key == key: return .empty
    case .node(let bit, let prefix, let left, let right, let claims)
    where key.testPrefix(bit) == prefix:
      if key.testBit(bit) {
        let rest = try right.removing(key)
        if !rest.isEmpty {
          return .node(bit: bit, prefix: prefix, left: left, right: rest, claims: nil)
        }
        _ = claims
        if left.isOpaque { throw Refused() }
        return left
      }
      let rest = try left.removing(key)
      if !rest.isEmpty {
        return .node(bit: bit, prefix: prefix, left: rest, right: right, claims: nil)
      }
      if right.isOpaque { throw Refused() }
      return right
    default: throw Refused()
    }
  }

  func changing(_ new: SetEntry) throws -> ReferenceTree {
    switch self {
    case .leaf(let entry) where entry.key == new.key:
      if entry == new { throw Refused() }
      return .leaf(new)
    case .node(let bit, let prefix, let left, let right, _)
    where new.key.testPrefix(bit) == prefix:
      return new.key.testBit(bit)
        ? .node(bit: bit, prefix: prefix, left: left, right: try right.changing(new), claims: nil)
        : .node(bit: bit, prefix: prefix, left: try left.changing(new), right: right, claims: nil)
    default: throw Refused()
    }
  }

  func inserting(_ new: SetEntry) throws -> ReferenceTree {
    switch self {
    case .empty: return .leaf(new)
    case .opaque: throw Refused()
    case .leaf(let entry):
      if entry.key == new.key { throw Refused() }
      return splitting(at: entry.key, new)
    case .node(let bit, let prefix, let left, let right, _):
      if new.key.testPrefix(bit) != prefix { return splitting(at: prefix, new) }
      return new.key.testBit(bit)
        ? .node(bit: bit, prefix: prefix, left: left, right: try right.inserting(new), claims: nil)
        : .node(bit: bit, prefix: prefix, left: try left.inserting(new), right: right, claims: nil)
    }
  }

  private func splitting(at old: Digest, _ new: SetEntry) -> ReferenceTree {
    let bit = (0..<256).first { old.testBit($0) != new.key.testBit($0) } ?? 0
    let prefix = new.key.testPrefix(bit)
    return new.key.testBit(bit)
      ? .node(bit: bit, prefix: prefix, left: self, right: .leaf(new), claims: nil)
      : .node(bit: bit, prefix: prefix, left: .leaf(new), right: self, claims: nil)
  }

  /// The tree after the lists, or a refusal: the rules in the order of the text.
  func applying(
    _ removed: [Digest], _ changed: [SetEntry], _ added: [SetEntry]
  ) throws -> ReferenceTree {
    try judge()
    _ = try rows()
    let named = removed + (changed + added).map(\.key)
    guard Set(named).count == named.count,
      [removed, changed.map(\.key), added.map(\.key)].allSatisfy({ $0 == $0.sorted() }),
      (changed + added).allSatisfy({ $0.rows > 0 && $0.value != Digest(sha256: []).testPrefix(0) })
    else { throw Refused() }
    var tree = self
    for key in removed { tree = try tree.removing(key) }
    for entry in changed { tree = try tree.changing(entry) }
    for entry in added { tree = try tree.inserting(entry) }
    _ = try tree.rows()
    return tree
  }

  /// Looks a key up by the rules, or refuses.
  func looking(for key: Digest) throws -> SetEntry? {
    try judge()
    var tree = self
    while true {
      switch tree {
      case .empty: return nil
      case .leaf(let entry): return entry.key == key ? entry : nil
      case .opaque: throw Refused()
      case .node(let bit, let prefix, let left, let right, _):
        if key.testPrefix(bit) != prefix { return nil }
        tree = key.testBit(bit) ? right : left
      }
    }
  }
}

func bigEndian(_ value: UInt64) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * $0)) }
}

extension Digest {
  /// The bit at `index`, from the bytes.
  func testBit(_ index: Int) -> Bool {
    bit(index)
  }

  /// The first `length` bits, the rest zero, one bit at a time.
  func testPrefix(_ length: Int) -> Digest {
    var words: [UInt64] = [0, 0, 0, 0]
    for index in 0..<length where bit(index) { words[index >> 6] |= 1 << UInt64(63 - (index & 63)) }
    return Digest(words[0], words[1], words[2], words[3])
  }
}
