package import LedgerCrypto

/// The key of a row that someone holds, from a JSON object of its columns.
package enum RowKey {
  /// Why a row has no key.
  package enum Failure: Error, Hashable, Sendable {
    case notOneRow
    case missing(String)
    case schema(SchemaError)
    case column(ColumnError)
    case row(RowError)
  }

  /// The key of the row in `json`, one JSON object, perhaps over several lines.
  ///
  /// Columns beyond the identity columns are passed over.
  package static func key(
    of json: [UInt8], identity: [Column], secret: RowSecret?
  ) throws(Failure) -> Digest {
    let line = singleLine(json)
    let file: FileSchema
    do {
      file = try FileSchema(jsonLines: line.span)
    } catch {
      throw isSeveral(json) ? .notOneRow : .schema(error)
    }
    guard !file.names.isEmpty else { throw .schema(.column(.none)) }
    for column in identity where file.index(of: column.name) == nil {
      throw .missing(column.name)
    }
    let projection: RowProjection
    do {
      projection = try RowProjection(
        file: file, identity: identity,
        content: identity.sorted { Column.precedes($0.name, $1.name) }, secret: secret)
    } catch { throw .column(error) }
    var reader = RowReader(projection)
    do {
      guard try reader.next(in: line.span) else { throw Failure.notOneRow }
      let key = try reader.tags(in: line.span).key
      guard try !reader.next(in: line.span) else { throw Failure.notOneRow }
      return key
    } catch let error as RowError {
      throw .row(error)
    } catch let error as Failure {
      throw error
    } catch {
      throw .notOneRow
    }
  }

  /// Refuses what is not one JSON object of columns, whatever a dataset asks of it.
  package static func check(_ json: [UInt8]) throws(Failure) {
    // Without line ends the columns are those of one object, or a second one is in the way. What
    // the values are is for the columns' types to judge, which only a dataset knows.
    let file: FileSchema
    do {
      file = try FileSchema(jsonLines: singleLine(json).span)
    } catch {
      throw isSeveral(json) ? .notOneRow : .schema(error)
    }
    guard !file.names.isEmpty else { throw .schema(.column(.none)) }
  }

  /// Whether more than one line begins an object of columns, as in a file of rows.
  private static func isSeveral(_ json: [UInt8]) -> Bool {
    json.split(separator: 0x0a).count { $0.starts(with: [UInt8(ascii: "{"), UInt8(ascii: "\"")]) }
      > 1
  }

  /// The same JSON with line ends outside of strings as spaces; within strings JSON allows none.
  private static func singleLine(_ json: [UInt8]) -> [UInt8] {
    var output = json
    while let last = output.last, [0x0a, 0x0d, 0x20, 0x09].contains(last) { output.removeLast() }
    var isInString = false
    var isEscaped = false
    for (index, byte) in output.enumerated() {
      if isEscaped {
        isEscaped = false
      } else if isInString, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString.toggle()
      } else if !isInString, byte == 0x0a || byte == 0x0d {
        output[index] = 0x20
      }
    }
    return output
  }
}

extension RowKey.Failure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notOneRow:
      "The row's file does not hold exactly one JSON object of columns; give the row alone, as {\"URL\": …}."
    case .missing(let name): "The row lacks the identity column \(name); give all of them."
    case .schema(let error): error.description
    case .column(let error): error.description
    case .row(let error): error.description
    }
  }
}
