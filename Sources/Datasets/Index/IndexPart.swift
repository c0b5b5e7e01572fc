internal import LedgerCrypto
internal import SetCommitment

/// The part of an index below one key prefix, numbered as if it were alone.
struct IndexPart: Sendable {
  /// Nine words for each record, already big-endian in memory.
  fileprivate(set) var records: [UInt64] = []
  /// The nodes, children before parents, the part's top last; none when it has no record.
  fileprivate(set) var nodes: [SetIndexNode] = []

  /// How many records.
  var count: Int { records.count / 9 }
}

/// Builds the part of an index below one prefix from its entries in ascending order.
struct IndexPartBuilder: ~Copyable {
  private var part = IndexPart()
  private var builder: SetIndexBuilder

  /// Starts a part of some `count` records.
  init(_ kind: SetKind, reserving count: Int) {
    builder = SetIndexBuilder(kind)
    part.records.reserveCapacity(9 * count)
  }

  /// Takes the next entry.
  mutating func push(_ entry: SetEntry) throws(SetBuildError) {
    try builder.push(entry)
    let (key, value) = (entry.key.words, entry.value.words)
    part.records.append(key.0.bigEndian)
    part.records.append(key.1.bigEndian)
    part.records.append(key.2.bigEndian)
    part.records.append(key.3.bigEndian)
    part.records.append(entry.rows.bigEndian)
    part.records.append(value.0.bigEndian)
    part.records.append(value.1.bigEndian)
    part.records.append(value.2.bigEndian)
    part.records.append(value.3.bigEndian)
  }

  /// The part, whole.
  consuming func finish() -> IndexPart {
    _ = builder.finish()
    part.nodes = builder.takeNodes()
    return part
  }
}
