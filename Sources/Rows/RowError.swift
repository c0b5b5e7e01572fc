internal import LedgerCrypto
/// Why a record is refused; never a value of it.
package enum RowReason: Error, Hashable, Sendable {
  case invalidUTF8, loneSurrogate, notJSON, notFinite, notAnObject, tooDeep, emptyLine
  case duplicateMember
  /// The member at this place of its record, counted from 1, is no column.
  ///
  /// Its name may be a value of the row, and is not repeated.
  case unknownMember(Int)
  /// So many members are no column that they cannot all be named.
  case tooManyMembers
  /// The record has another number of fields than the header.
  case ragged(expected: Int)
  case bareQuote, unterminatedQuote, bareCarriageReturn, recordTooLong
  case noHeader
  case wrongType(expected: ColumnType)
  /// An object stands where a typed value should.
  case object
  case notBool, notInteger, integerOutOfRange, integerRounded, notNumber, floatOverflow,
    notHexadecimal
  case notInstant(InstantError)
}

/// Why a row is refused, and where.
package struct RowError: Error, Hashable, Sendable {
  /// The data row, counted from 1; 0 is the header.
  package var row: Int
  /// The name of the column, when it is one of the file's.
  package let column: String?
  /// What is wrong.
  package let reason: RowReason

  /// Says what is wrong, and where.
  package init(row: Int, column: String?, reason: RowReason) {
    self.row = row
    self.column = column
    self.reason = reason
  }

  /// The same error in a file where `rows` more rows stand before the chunk.
  package func shifted(by rows: Int) -> RowError {
    let (sum, overflow) = row.addingReportingOverflow(rows)
    return RowError(row: overflow ? Int.max : sum, column: column, reason: reason)
  }
}

extension RowError: CustomStringConvertible {
  /// One sentence with the place and what to do.
  package var description: String { "\(place) \(reason.description)." }

  /// The row and the column.
  package var place: String {
    let place = row == 0 ? "The header" : "Row \(row)"
    return place + (column.map { ", column \($0)," } ?? "")
  }
}

extension RowReason: CustomStringConvertible {
  /// The rest of a sentence that begins with the place.
  package var description: String {
    switch self {
    case .invalidUTF8: "is not valid UTF-8; encode it as UTF-8"
    case .loneSurrogate: "has half of a surrogate pair; write the whole pair"
    case .notJSON: "is not sound JSON on one line; correct it"
    case .notFinite:
      "is NaN or Infinity, which JSON does not have; write null, or the row as CSV with a float type"
    case .notAnObject: "is not a JSON object; write one object on each line"
    case .tooDeep: "is nested too deeply; flatten it"
    case .emptyLine: "is an empty line; remove it"
    case .duplicateMember: "has two members of one name; keep one of them"
    case .unknownMember(let place):
      "has a member, number \(place), that is no column; name all columns in the first 10,000 rows"
    case .tooManyMembers:
      "has members that are no column, past \(FileSchema.maximumColumns.grouped) in the file; leave them out"
    case .ragged(let expected): "has not the \(expected.of("field")) of the header; correct it"
    case .bareQuote: "has a quote where none may stand; quote the field and double its quotes"
    case .unterminatedQuote: "has a quoted field without an end; close it"
    case .bareCarriageReturn: "has a carriage return outside of quotes; quote the field"
    case .recordTooLong: "is longer than \(RowReader.maximumRecordLength.of("byte")); shorten it"
    case .noHeader: "is missing; begin the file with the names of the columns"
    case .wrongType(let expected): "is no \(expected.text); convert it or give its type"
    case .object: "is an object, which has no type; read the column as text, or leave it out"
    case .notBool: "is neither true nor false; write one of them"
    case .notInteger: "is no integer; write decimal digits without leading zeros"
    case .integerOutOfRange: "is an integer outside of -2^63...2^64-1; use another type"
    case .integerRounded:
      "is an integer that no float of its type holds exactly; write it with a fraction or exponent, or use another type"
    case .notNumber: "is no number; write it as JSON does, in CSV also NaN, Infinity or -Infinity"
    case .floatOverflow: "is too large for its type; use another type"
    case .notHexadecimal: "is not written in pairs of hexadecimal digits; convert it"
    case .notInstant(let error): "holds no valid time: \(error.description.dropLast())"
    }
  }
}
