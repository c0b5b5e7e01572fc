internal import LedgerCrypto
internal import SetCommitment

/// The part of an index below one key prefix, numbered as if it were alone.
struct IndexPart: Sendable {
  /// Nine words for each record, already big-endian in memory.
  fileprivate(set) var records: [UInt64] = []
  /// The nodes, children before parents, the part's top last; none when it has no record.
  var nodes: [SetIndexNode] = []

  /// How many records.
  var count: Int { records.count / 9 }

  /// Starts a part of some `count` records.
  init(reserving count: Int) { records.reserveCapacity(9 * count) }

  /// Appends a record, whose key is above all others.
  mutating func append(_ entry: SetEntry) {
    let (key, value) = (entry.key.words, entry.value.words)
    records.append(key.0.bigEndian)
    records.append(key.1.bigEndian)
    records.append(key.2.bigEndian)
    records.append(key.3.bigEndian)
    records.append(entry.rows.bigEndian)
    records.append(value.0.bigEndian)
    records.append(value.1.bigEndian)
    records.append(value.2.bigEndian)
    records.append(value.3.bigEndian)
  }
}

/// Builds the part of an index below one prefix from its entries in ascending order.
struct IndexPartBuilder: ~Copyable {
  private var part: IndexPart
  private var builder: SetIndexBuilder

  /// Starts a part of some `count` records.
  init(_ kind: SetKind, reserving count: Int) {
    builder = SetIndexBuilder(kind)
    part = IndexPart(reserving: count)
  }

  /// Takes the next entry.
  mutating func push(_ entry: SetEntry) throws(SetBuildError) {
    try builder.push(entry)
    part.append(entry)
  }

  /// The part, whole.
  consuming func finish() -> IndexPart {
    _ = builder.finish()
    part.nodes = builder.takeNodes()
    return part
  }
}
