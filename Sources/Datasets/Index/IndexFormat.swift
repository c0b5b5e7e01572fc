internal import LedgerCrypto
internal import SetCommitment

/// The bytes of an index file, version 1.
///
/// All integers are big-endian.
/// ```
/// header    192 bytes
///   0  14   winnow-index1 ‖ 0A
///  14   1   kind: 1 release, 2 entry set
///  15   1   zero
///  16   8   rows
///  24   8   keys
///  32   8   block size: the most records below a frontier node, 1 … 65,536
///  40   8   number of nodes
///  48   8   offset of the records: 192
///  56   8   offset of the nodes: 192 + 72 × keys
///  64   8   offset of the trailer: the nodes' offset + 105 × number of nodes
///  72  24   zero
///  96  32   top: the hash of the top node or leaf, or of the empty set
/// 128  32   root
/// 160  32   SHA-256 of bytes 0 … 159
/// records   72 bytes each, keys strictly ascending: key ‖ u64 n ‖ D
/// nodes     105 bytes each, children before parents and the root last: prefix ‖ hash ‖ u64 rows ‖
///           u64 first record ‖ u64 records ‖ u64 left ‖ u64 right ‖ u8 bit (``SetIndexLayout``)
/// trailer   SHA-256(header ‖ nodes), 32 bytes
/// ```
/// Of a key's row digests D alone is kept: neither a proof nor a root needs the others. The records
/// need no hash of their own, since the root commits to each of them. A check of the whole file is
/// thus: the trailer, and the root computed again from the records. A proof reads some nodes and one
/// block, and what it reads must give the hashes above it.
///
/// The frontier need not be the widest: a part that was indexed on its own keeps its own top.
enum IndexFormat {
  static let magic = Array("winnow-index1\n".utf8)
  static let headerSize = 192
  static let trailerSize = 32
}

/// The header of an index file.
struct IndexHeader: Hashable, Sendable {
  var kind: SetKind
  var rows: UInt64
  var keys: UInt64
  var nodes: UInt64
  var blockSize = UInt64(SetIndexLayout.blockSize)
  var top: Digest
  var root: Digest

  /// The 192 bytes; the counts are those of a file, so that their products fit.
  var bytes: [UInt8] {
    var output = IndexFormat.magic
    output.append(kind == .release ? 1 : 2)
    output.append(0)
    for word in [
      rows, keys, blockSize, nodes, UInt64(IndexFormat.headerSize), UInt64(nodesOffset),
      UInt64(trailerOffset), 0, 0, 0,
    ] {
      Self.append(word, to: &output)
    }
    top.append(to: &output)
    root.append(to: &output)
    Digest(sha256: output).append(to: &output)
    return output
  }

  /// Where the nodes begin.
  var nodesOffset: Int { IndexFormat.headerSize + SetIndexLayout.recordLength * Int(keys) }
  /// Where the trailer begins.
  var trailerOffset: Int { nodesOffset + SetIndexLayout.nodeLength * Int(nodes) }

  /// Takes what an index holds.
  init(_ root: SetRoot, nodes: UInt64) {
    kind = root.kind
    rows = root.rows
    keys = root.keys
    self.nodes = nodes
    top = root.top
    self.root = root.root
  }

  /// Reads 192 bytes of a file of `fileSize` bytes; every count is held against that size first.
  init(parsing bytes: [UInt8], fileSize: Int) throws(IndexFlaw) {
    guard bytes.count == IndexFormat.headerSize, Array(bytes.prefix(14)) == IndexFormat.magic else {
      throw .notAnIndex
    }
    func word(_ offset: Int) -> UInt64 {
      bytes[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    guard Digest(sha256: Array(bytes[0..<160])) == Digest(bytes: bytes[160...]) else {
      throw .headerDamaged
    }
    switch bytes[14] {
    case 1: kind = .release
    case 2: kind = .entrySet
    default: throw .headerDamaged
    }
    rows = word(16)
    keys = word(24)
    blockSize = word(32)
    nodes = word(40)
    top = Digest(bytes.span, at: 96)
    root = Digest(bytes.span, at: 128)
    guard keys <= UInt64(fileSize / SetIndexLayout.recordLength),
      nodes <= UInt64(fileSize / SetIndexLayout.nodeLength),
      (1...65_536).contains(blockSize), rows >= keys, kind == .release || rows == keys,
      (keys == 0) == (nodes == 0), (keys == 0) == (top == SetHash.empty),
      SetHash.root(kind, count: rows, top: top) == root, self.bytes == bytes
    else { throw .headerDamaged }
    guard trailerOffset + IndexFormat.trailerSize == fileSize else { throw .wrongSize }
  }

  private static func append(_ value: UInt64, to output: inout [UInt8]) {
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      output.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}

/// What is wrong with an index file.
package enum IndexFlaw: Error, Hashable, Sendable {
  /// The file does not begin as an index of this version does.
  case notAnIndex
  /// The header contradicts itself.
  case headerDamaged
  /// The file is longer or shorter than its header says.
  case wrongSize
  /// Records or nodes do not give the hashes above them.
  case contentDamaged

  /// The rest of a sentence that begins with the path.
  package var description: String {
    switch self {
    case .notAnIndex: "is no winnow index of version 1; build it again."
    case .headerDamaged: "has a damaged header; build the index again."
    case .wrongSize: "is longer or shorter than its header says; build the index again."
    case .contentDamaged: "holds records that do not give its root; build the index again."
    }
  }
}
