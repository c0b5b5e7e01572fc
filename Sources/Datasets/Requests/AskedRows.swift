internal import Files
package import LedgerCrypto
package import Rows

/// The keys of rows that someone asks for, from a list as it comes.
///
/// JSON Lines, one object a row with the identity columns at least; CSV with a header that names them;
/// or, where one column of text is the identity, one value a line. Which of these is told by the first
/// bytes. A packed list is unpacked, blank lines between rows are passed over.
/// Memory: 40 bytes a row, and a chunk.
package struct AskedRows: Sendable {
  /// Their keys, in the list's order.
  package private(set) var keys: [Digest] = []
  /// For each the row of the list that it stands in, counted from 1.
  package private(set) var places: [Int] = []

  /// The most rows of a list: 8,388,608.
  package static let most = 1 << 23

  private let name: String
  private let identity: [Column]
  private let secret: RowSecret?

  /// Reads the list in the regular file at `path`.
  ///
  /// - Throws: ``DatasetFailure``, none with a value of a row.
  package init(
    file path: String, identity: [Column], secret: RowSecret?, isCancelled: () -> Bool
  ) throws(DatasetFailure) {
    self.init(named: path, identity, secret)
    func source() throws(DatasetFailure) -> ByteSource {
      try onDisk { () throws(FileFailure) in
        try ByteSource(
          path: path, packing: try Packing.held(at: path),
          maxRecord: RowReader.maximumRecordLength)
      }
    }
    var chunk = ByteSource.Chunk()
    let head = try source()
    guard
      try onDisk({ () throws(FileFailure) in
        try head.next(into: &chunk, boundary: RowList.lines)
      })
    else { return }
    var list = try chunk.withSpan { (bytes) throws(DatasetFailure) in try form(of: bytes) }
    let content = try source()
    let boundary = list.boundary
    while try onDisk({ () throws(FileFailure) in
      try content.next(into: &chunk, boundary: boundary)
    }) {
      if isCancelled() { throw .cancelled }
      try chunk.withSpan { (bytes) throws(DatasetFailure) in try take(bytes, &list) }
    }
  }

  /// Reads the list in `bytes`, which came from `name`.
  package init(
    _ bytes: [UInt8], named name: String, identity: [Column], secret: RowSecret?
  ) throws(DatasetFailure) {
    self.init(named: name, identity, secret)
    if bytes.isEmpty { return }
    var list = try form(of: bytes.span)
    try take(bytes.span, &list)
  }

  /// Takes keys that are there already, each for a row of its own.
  package init(keys: [Digest]) {
    self.init(named: "", [], nil)
    self.keys = keys
    places = Array(1..<keys.count + 1)
  }

  private init(named name: String, _ identity: [Column], _ secret: RowSecret?) {
    self.name = name
    self.identity = identity
    self.secret = secret
  }

  /// Tells the list's form from its first bytes.
  private func form(of head: Span<UInt8>) throws(DatasetFailure) -> RowList {
    let start = RowList.start(of: head)
    if start < head.count, head[start] == UInt8(ascii: "{") { return .objects(row: 0) }
    let isPlain = identity.count == 1 && identity[0].type == .string
    var missing: String?
    do throws(SchemaError) {
      let header = try FileSchema(csv: head)
      missing = identity.first { header.index(of: $0.name) == nil }?.name
      if missing == nil { return try table(header) }
    } catch {
      // A value may hold a quote or a comma twice, as no header does.
      if case .column(.duplicate(let name)) = error, name == identity[0].name {
        throw failure(error)
      }
      if !isPlain { throw failure(error) }
    }
    guard isPlain else { throw .missingColumn(shard: name, missing ?? identity[0].name) }
    return .values(RowHasher(identity: identity, content: identity, secret: secret), row: 0)
  }

  /// Takes the rows of whole records.
  private mutating func take(
    _ bytes: Span<UInt8>, _ list: inout RowList
  ) throws(DatasetFailure) {
    switch list {
    case .objects(var row):
      for line in RowList.split(bytes, isFirst: row == 0) {
        row += 1
        if RowList.isBlank(bytes.extracting(line)) { continue }
        let key: Digest
        do throws(RowKey.Failure) {
          key = try RowKey.key(
            of: Self.copy(bytes.extracting(line)), identity: identity, secret: secret)
        } catch {
          throw .asked(path: name, row: row, error)
        }
        try add(key, row)
      }
      list = .objects(row: row)
    case .values(let hasher, var row):
      for line in RowList.split(bytes, isFirst: row == 0) {
        row += 1
        if line.isEmpty { continue }
        guard let text = String(validating: Self.copy(bytes.extracting(line)), as: UTF8.self)
        else {
          throw .row(
            shard: name, RowError(row: row, column: identity[0].name, reason: .invalidUTF8))
        }
        try add(hasher.key([Cell.string(text)]), row)
      }
      list = .values(hasher, row: row)
    case .table(let projection, let row, let start):
      var reader = RowReader(projection, at: start, firstRow: row + 1)
      var isFull = false
      do throws(RowError) {
        while !isFull, try reader.next(in: bytes) {
          isFull = keys.count == Self.most
          if isFull { break }
          keys.append(try reader.tags(in: bytes).key)
          places.append(reader.row)
        }
      } catch {
        throw .row(shard: name, error)
      }
      if isFull { throw .tooManyAsked(path: name, Self.most) }
      list = .table(projection, row: reader.row, start: 0)
    }
  }

  private func table(_ header: FileSchema) throws(SchemaError) -> RowList {
    do throws(ColumnError) {
      let projection = try RowProjection(
        file: header, identity: identity,
        content: identity.sorted { Column.precedes($0.name, $1.name) }, secret: secret)
      return .table(projection, row: 0, start: header.dataStart)
    } catch {
      throw .column(error)
    }
  }

  private func failure(_ error: SchemaError) -> DatasetFailure {
    switch error {
    case .column(let error): .columns(shard: name, error)
    case .row(let error): .row(shard: name, error)
    }
  }

  private static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.append(copying: bytes)
    return copy
  }

  private mutating func add(_ key: Digest, _ row: Int) throws(DatasetFailure) {
    guard keys.count < Self.most else { throw .tooManyAsked(path: name, Self.most) }
    keys.append(key)
    places.append(row)
  }
}
