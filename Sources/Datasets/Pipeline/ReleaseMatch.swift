internal import Files
internal import LedgerCrypto
package import Rows

/// What comparing a release with a hash list found.
package struct MatchResult: Sendable {
  /// Rows read.
  package let rowsScanned: UInt64
  /// Rows whose value is on the list, by key and then digest ascending.
  ///
  /// A removal takes all rows of a key.
  package let matched: [RowTags]
  /// Rows that had nothing to compare: null, empty, or no digest of the list's kind.
  package let rowsWithoutHash: UInt64
  /// The shards as they were read.
  package let shards: [ShardFacts]
}

extension ReleaseReader {
  /// Compares one column of every row with a hash list.
  ///
  /// A list of URL hashes: the exact bytes of the column (default: `URL` in any case) are hashed with
  /// the list's algorithm. A list of image hashes: the column (default: named like the algorithm)
  /// holds digests in hexadecimal digits of either case; a value that is no such digest counts as
  /// ``MatchResult/rowsWithoutHash``.
  ///
  /// - Parameters:
  ///   - list: the hashes.
  ///   - column: the column's name, exact or else but for ASCII case.
  ///   - work: threads and the caller's say.
  /// - Returns: counts, and the rows that matched.
  /// - Throws: ``DatasetFailure``; ``DatasetFailure/notComparable(column:_:)`` for LAION's `hash`.
  package func match(
    _ list: HashList, column: String? = nil, work: Work = Work()
  ) throws(DatasetFailure) -> MatchResult {
    var columns: [Int] = []
    for part in parts { columns.append(try part.column(for: list, named: column)) }
    let places = columns
    var total = MatchFound()
    let facts = try scan(work) { (chunk) throws(DatasetFailure) in
      var found = MatchFound()
      return (try chunk.match(list, column: places[chunk.place.shard], &found), found)
    } take: { found, _ in
      total.without += found.without
      total.rows.append(contentsOf: found.rows)
    }
    return MatchResult(
      rowsScanned: facts.reduce(0) { $0 + $1.rows }, matched: total.rows.sorted(),
      rowsWithoutHash: total.without, shards: facts)
  }
}

extension ReleaseReader.Part {
  /// The place of the column to compare.
  fileprivate func column(
    for list: HashList, named name: String?
  ) throws(DatasetFailure) -> Int {
    let file = projection.file
    let place: Int?
    switch (name, list.subject) {
    case (let name?, _): place = file.index(ofAnyCase: name)
    case (nil, .url): place = file.index(ofAnyCase: "URL")
    case (nil, .image): place = file.names.firstIndex { list.algorithm.isNamed(by: $0) }
    }
    guard let place else {
      let wanted = name ?? (list.subject == .url ? "URL" : list.algorithm.rawValue)
      throw .missingColumn(shard: shard.name, wanted)
    }
    let column = file.names[place]
    let registered = (projection.content + projection.identity).first {
      $0.name.utf8.elementsEqual(column.utf8)
    }
    let type: ColumnType? =
      switch file.evidence[place] {
      case .declared(let declared): declared.type
      case .inferred(let type): type
      case .text, .onlyNull, .absent, .undetermined: registered?.type
      }
    switch registered?.type ?? type {
    case nil, .string: break
    case .bytes where list.subject == .image: break
    case .int? where Self.isNamedHash(column): throw .notComparable(column: column, .murmur)
    case let type?: throw .notComparable(column: column, .type(type.text))
    }
    return place
  }

  /// Whether a column is called `hash`, in any case.
  fileprivate static func isNamedHash(_ name: String) -> Bool {
    name.utf8.elementsEqual("hash".utf8) { $0 | 0x20 == $1 }
  }
}

/// What was found in some rows.
private struct MatchFound: Sendable {
  var without: UInt64 = 0
  var rows: [RowTags] = []
}

extension ReleaseChunk {
  /// Compares one column of each row; gives how many rows there are.
  fileprivate func match(
    _ list: HashList, column: Int, _ found: inout MatchFound
  ) throws(DatasetFailure) -> Int {
    let chunk = bytes.storage.span.extracting(0..<bytes.count)
    var reader = reader()
    var value: [UInt8] = []
    let name = part.projection.file.names[column]
    let mayBeMurmur = ReleaseReader.Part.isNamedHash(name)
    do throws(RowError) {
      while try reader.next(in: chunk) {
        let hash: Digest?
        if let range = reader.plainValue(ofColumn: column) {
          hash = list.digest(of: chunk.extracting(range))
          if mayBeMurmur, hash == nil, MurmurHash.isDecimal(chunk.extracting(range)) { break }
        } else {
          value.removeAll(keepingCapacity: true)
          let isThere = try reader.appendValue(ofColumn: column, in: chunk, to: &value)
          hash = isThere ? list.digest(of: value.span) : nil
        }
        guard let hash else {
          found.without += 1
          continue
        }
        if list.contains(hash) {
          found.rows.append(try reader.tags(in: chunk))
        }
      }
    } catch {
      throw .row(shard: part.shard.name, error)
    }
    // Only a murmur value leaves the loop before the chunk's end.
    if mayBeMurmur, let range = reader.plainValue(ofColumn: column),
      list.subject == .image, MurmurHash.isDecimal(chunk.extracting(range))
    {
      throw .notComparable(column: name, .murmur)
    }
    return reader.row
  }
}

extension HashList {
  /// What is looked up for a value, or `nil` when there is nothing to compare.
  fileprivate func digest(of value: Span<UInt8>) -> Digest? {
    if value.isEmpty { return nil }
    switch subject {
    case .url: return algorithm.hash(value)
    case .image: return algorithm.hash(hexDigits: value)
    }
  }
}

/// LAION's `hash`, a MurmurHash3 of text.
private enum MurmurHash {
  /// Whether a value is a decimal integer of at most 20 digits, as its values are.
  static func isDecimal(_ value: Span<UInt8>) -> Bool {
    let start = value.count > 1 && value[0] == UInt8(ascii: "-") ? 1 : 0
    guard (1...20).contains(value.count - start) else { return false }
    for index in start..<value.count where value[index] < 0x30 || value[index] > 0x39 {
      return false
    }
    return true
  }
}
