import LedgerCrypto
import Rows
import TestSupport
import Testing

/// Whole small files, read in one go.
enum RowText {
  /// Read row by row; read by batches they are the same, or fail alike.
  static func tags(_ projection: RowProjection, _ bytes: [UInt8]) throws -> [RowTags] {
    let batched = Result { () throws(RowError) in try batchedTags(projection, bytes) }
    do throws(RowError) {
      var reader = RowReader(projection, at: projection.file.dataStart)
      var tags: [RowTags] = []
      while try reader.next(in: bytes.span) { tags.append(try reader.tags(in: bytes.span)) }
      #expect(batched == .success(tags))
      return tags
    } catch {
      #expect(batched == .failure(error))
      throw error
    }
  }

  static func batchedTags(
    _ projection: RowProjection, _ bytes: [UInt8]
  ) throws(RowError) -> [RowTags] {
    var reader = RowReader(projection, at: projection.file.dataStart)
    var batch = RowBatch(projection.hasher)
    var keyBatch = RowBatch(projection.hasher, digests: false)
    var tags: [RowTags] = []
    while true {
      let isRow = try reader.next(in: bytes.span)
      if isRow {
        try batch.append(reader, in: bytes.span)
        try keyBatch.append(reader, in: bytes.span)
        if !batch.isFull { continue }
      }
      batch.hash()
      keyBatch.hash()
      let found = (0..<batch.hashed).map { batch.tags(at: $0) }
      #expect(found.map(\.key) == (0..<keyBatch.hashed).map { keyBatch.key(at: $0) })
      tags += found
      if !isRow { return tags }
    }
  }

  static func tags(
    csv: String, identity: [Column], content: [Column], secret: RowSecret? = nil
  ) throws -> [RowTags] {
    let bytes = [UInt8](csv)
    let file = try FileSchema(csv: bytes.span)
    let projection = try RowProjection(
      file: file, identity: identity,
      content: content.sorted { Column.precedes($0.name, $1.name) }, secret: secret)
    return try tags(projection, bytes)
  }

  /// The digests of one column of CSV or JSON Lines.
  static func digests(_ bytes: [UInt8], _ format: FileSchema.Format, _ column: Column) throws
    -> [Digest]
  {
    let file =
      switch format {
      case .csv: try FileSchema(csv: bytes.span)
      case .jsonLines:
        try FileSchema(jsonLines: bytes.span, types: [column.name: column.type])
          .expecting([column.name])
      case .stored: try FileSchema(stored: [(column.name, .cells(column.type))], types: [:])
      }
    let projection = try RowProjection(
      file: file, identity: [column], content: [column], missing: .any)
    return try tags(projection, bytes)
      .map(\.digest)
  }

  /// The digest of one cell.
  static func digest(_ cell: Cell, _ column: Column) -> Digest {
    RowHasher(identity: [column], content: [column]).digest([cell])
  }

  /// The refusal of reading a file of one column `c` whole, if any.
  static func refusal(_ bytes: [UInt8], _ format: FileSchema.Format, _ type: ColumnType)
    -> RowError?
  {
    do {
      _ = try digests(bytes, format, Column("c", type))
      return nil
    } catch let error as RowError {
      return error
    } catch SchemaError.row(let error) {
      return error
    } catch {
      return RowError(row: -1, column: nil, reason: .noHeader)
    }
  }
}
