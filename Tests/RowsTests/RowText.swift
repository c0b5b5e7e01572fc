import LedgerCrypto
import Rows
import TestSupport

/// Whole small files, read in one go.
enum RowText {
  static func tags(_ projection: RowProjection, _ bytes: [UInt8]) throws -> [RowTags] {
    var reader = RowReader(projection, at: projection.file.dataStart)
    var tags: [RowTags] = []
    while try reader.next(in: bytes.span) { tags.append(try reader.tags(in: bytes.span)) }
    return tags
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
