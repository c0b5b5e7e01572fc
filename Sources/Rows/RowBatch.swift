package import LedgerCrypto

/// The keys of many rows, and their digests if those are wanted, hashed together.
///
/// Each cell is written once, where it is hashed. Used again for chunk after chunk of one dataset; its
/// memory is some ten times the longest row.
/// ```
/// try batch.append(reader, in: chunk)   // until it is full, or no row is left
/// batch.hash()
/// for place in 0..<batch.hashed { use(batch.tags(at: place)) }
/// ```
package struct RowBatch: Sendable {
  /// Rows that are hashed together, at most.
  private static let maximumCount = 128
  /// Bytes of cells beyond which no row is added.
  private static let maximumSize = 1 << 18

  private let hasher: RowHasher
  private let hasDigests: Bool
  private var keys: MessageBatch
  private var rows: MessageBatch
  private var encoder = CellEncoder()
  /// A cell that is not text as it stands.
  private var cell: [UInt8] = []
  /// Where each cell of the row ends.
  private var ends: [Int] = []

  /// Starts without a row; without `digests`, keys alone are made.
  package init(_ hasher: RowHasher, digests: Bool = true) {
    self.hasher = hasher
    hasDigests = digests
    (keys, rows) = hasher.batches
  }

  /// Whether the rows are to be hashed before another is added.
  package var isFull: Bool {
    keys.count >= Self.maximumCount || keys.used + rows.used >= Self.maximumSize
  }

  /// How many rows were hashed last.
  package var hashed: Int { keys.digests.count }

  /// Adds the row that `reader` read last.
  ///
  /// - Throws: ``RowError`` for a value that is not of its column's type; the batch is then of no use.
  package mutating func append(
    _ reader: borrowing RowReader, in chunk: Span<UInt8>
  ) throws(RowError) {
    guard hasDigests else {
      for slot in reader.projection.identitySlots {
        try Self.append(slot, of: reader, in: chunk, &encoder, &cell, to: &keys)
      }
      return keys.end()
    }
    let start = rows.start
    ends.removeAll(keepingCapacity: true)
    for slot in reader.projection.slots.indices {
      try Self.append(slot, of: reader, in: chunk, &encoder, &cell, to: &rows)
      ends.append(rows.used)
    }
    for slot in reader.projection.identitySlots {
      keys.append((slot == 0 ? start : ends[slot - 1])..<ends[slot], of: rows)
    }
    keys.end()
    rows.cut(to: ends[reader.projection.content.count - 1])
    rows.end()
  }

  /// Hashes the rows that were added, which are then no longer here.
  package mutating func hash() {
    keys.hash()
    if hasDigests { rows.hash() }
  }

  /// The key of a row that was hashed last, by its place among those.
  package func key(at place: Int) -> Digest { hasher.finish(inner: keys.digests[place]) }

  /// The key and digest of a row that was hashed last.
  package func tags(at place: Int) -> RowTags {
    RowTags(key: key(at: place), digest: hasher.finish(inner: rows.digests[place]))
  }

  /// Appends one cell: text and numbers that stand in the chunk as they are go straight to the message.
  private static func append(
    _ place: Int, of reader: borrowing RowReader, in chunk: Span<UInt8>,
    _ encoder: inout CellEncoder, _ cell: inout [UInt8], to batch: inout MessageBatch
  ) throws(RowError) {
    let slot = reader.projection.slots[place]
    guard let column = slot.fileColumn else {
      cell.removeAll(keepingCapacity: true)
      CellBytes.appendNull(to: &cell)
      return batch.append(cell.span)
    }
    let field = reader.field(column)
    if field.kind == .text, case .string = slot.rule {
      return batch.append(
        tag: CellBytes.Tag.string.rawValue, counted: chunk.extracting(field.range))
    }
    do {
      if let word = try CellEncoder.word(
        of: field, as: slot.rule, isCSV: reader.isCSV, in: chunk)
      {
        return batch.append(tag: word.tag.rawValue, bigEndian: word.bits)
      }
      cell.removeAll(keepingCapacity: true)
      try encoder.append(field, as: slot.rule, isCSV: reader.isCSV, in: chunk, to: &cell)
    } catch {
      throw reader.refusal(error, column: column, row: reader.row)
    }
    batch.append(cell.span)
  }
}
