package import CanonicalJSON
package import Rows

/// The names and types of a dataset's columns, fixed by its first release.
///
/// The identity columns stand in the order of the registration, the content columns by the bytes of
/// their names: no order of files, columns or rows changes a root.
package struct ColumnsFixed: StatementPart {
  package let identity: [Column]
  package let content: [Column]

  package init(identity: [Column], content: [Column]) {
    self.identity = identity
    self.content = content
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    identity = try Self.columns(
      reader.array("identity", count: 1...16), reader.path(of: "identity"))
    content = try Self.columns(reader.array("content", count: 1...4096), reader.path(of: "content"))
    guard Column.areAscending(content.map(\.name)) else {
      throw .notAllowed(reader.path(of: "content"), allowed: ColumnName.ascending)
    }
  }

  private static func columns(
    _ list: [JSONElement], _ path: String
  ) throws(FieldError) -> [Column] {
    do { return try Column.list(from: .array(list.map(\.json))) } catch { throw .outOfRange(path) }
  }

  package func write(to object: inout JSONObject) {
    object["identity"] = Column.json(identity)
    object["content"] = Column.json(content)
  }
}
