internal import LedgerCrypto

/// How an index on disk lays out its two arrays of fixed-size parts, integers big-endian.
///
/// - Records, ascending by key, 72 bytes: `key ‖ u64 rows ‖ D`.
/// - Nodes, children before parents and the root last, 105 bytes:
///   `prefix ‖ hash ‖ u64 rows ‖ u64 first ‖ u64 count ‖ u64 left ‖ u64 right ‖ u8 bit`. In a
///   frontier node left, right and bit are zero; in an inner node left and right differ.
///
/// A set of at most ``blockSize`` keys has one node, an empty set none. With keys that are hashes
/// there are about 2.9 nodes for each block of records: 1.6 % of the records' bytes. A proof reads the
/// nodes of one path with their siblings (about 2 log2 of the blocks) and one block.
package enum SetIndexLayout {
  /// The most records below a frontier node.
  package static let blockSize = 256
  /// The bytes of a record.
  package static let recordLength = 72
  /// The bytes of a node.
  package static let nodeLength = 105

  /// Appends the record of `entry`.
  package static func append(_ entry: SetEntry, to bytes: inout [UInt8]) {
    entry.key.appendWords(to: &bytes)
    bytes.append(bigEndian: entry.rows)
    entry.value.appendWords(to: &bytes)
  }

  /// Reads the record at `offset`, or gives `nil` when it does not lie within `bytes`.
  package static func entry(_ bytes: [UInt8], at offset: Int) -> SetEntry? {
    guard offset >= 0, bytes.count >= recordLength, offset <= bytes.count - recordLength else {
      return nil
    }
    return SetEntry(
      key: bytes.digest(at: offset), rows: bytes.bigEndianWord(at: offset + 32),
      value: bytes.digest(at: offset + 40))
  }

  /// Appends `node`.
  package static func append(_ node: SetIndexNode, to bytes: inout [UInt8]) {
    node.prefix.appendWords(to: &bytes)
    node.hash.appendWords(to: &bytes)
    bytes.append(bigEndian: node.rows)
    bytes.append(bigEndian: UInt64(clamping: node.first))
    bytes.append(bigEndian: UInt64(clamping: node.count))
    var (left, right, bit) = (0, 0, 0)
    if case .inner(let nodeBit, let nodeLeft, let nodeRight) = node.content {
      (left, right, bit) = (nodeLeft, nodeRight, nodeBit)
    }
    bytes.append(bigEndian: UInt64(clamping: left))
    bytes.append(bigEndian: UInt64(clamping: right))
    bytes.append(UInt8(clamping: bit))
  }

  /// Reads the node at `offset`, or gives `nil` when it is not there or contradicts itself.
  package static func node(_ bytes: [UInt8], at offset: Int) -> SetIndexNode? {
    guard offset >= 0, bytes.count >= nodeLength, offset <= bytes.count - nodeLength,
      let first = Int(exactly: bytes.bigEndianWord(at: offset + 72)),
      let count = Int(exactly: bytes.bigEndianWord(at: offset + 80)), count > 0,
      let left = Int(exactly: bytes.bigEndianWord(at: offset + 88)),
      let right = Int(exactly: bytes.bigEndianWord(at: offset + 96))
    else { return nil }
    let bit = Int(bytes[offset + 104])
    if left == right, left != 0 || bit != 0 { return nil }
    return SetIndexNode(
      prefix: bytes.digest(at: offset), hash: bytes.digest(at: offset + 32),
      rows: bytes.bigEndianWord(at: offset + 64), first: first, count: count,
      content: left == right ? .frontier : .inner(bit: bit, left: left, right: right))
  }
}

extension Digest {
  /// Appends the 32 bytes, without an intermediate array.
  func appendWords(to bytes: inout [UInt8]) {
    bytes.append(bigEndian: words.0)
    bytes.append(bigEndian: words.1)
    bytes.append(bigEndian: words.2)
    bytes.append(bigEndian: words.3)
  }
}
