internal import Files
internal import LedgerCrypto
internal import Rows

extension ReleaseReader {
  /// Compares every row with several hash lists, reading the release once.
  ///
  /// A list of URL hashes: the exact bytes of the column (default: `URL` in any case) are hashed with
  /// the list's algorithm. A list of image hashes: the column (default: named like the algorithm)
  /// holds digests, in hexadecimal digits of either case or in base64, perhaps with white space around
  /// them.
  ///
  /// - Parameters:
  ///   - comparisons: the lists, each with its column and how it is compared.
  ///   - work: threads and the caller's say.
  /// - Returns: for each list, in their order, counts and the rows that matched; and the shards as they
  ///   were read.
  /// - Throws: ``DatasetFailure``; ``DatasetFailure/notComparable(column:_:)`` for LAION's `hash`, and
  ///   for a column that has values, none of which is a hash of the list's algorithm.
  package func match(
    _ comparisons: [Comparison], work: Work = Work()
  ) throws(DatasetFailure) -> (results: [MatchResult], shards: [ShardFacts]) {
    let groups = try groups(comparisons)
    var totals = groups.map { RowsFound(lists: $0.lists.count) }
    let columns = parts.indices.map { shard in groups.flatMap { $0.places(inShard: shard) } }
    let facts = try scan(.also(columns), work) { (chunk) throws(DatasetFailure) in
      var found = groups.map { RowsFound(lists: $0.lists.count) }
      return (try chunk.match(groups, &found), found)
    } take: { found, _ in
      for (place, rows) in found.enumerated() { totals[place] += rows }
    }
    let rows = facts.reduce(0) { $0 + $1.rows }
    var results = Array(repeating: MatchResult(), count: comparisons.count)
    for (group, total) in zip(groups, totals) {
      try group.check(total.skipped, rows: rows)
      for (place, list) in zip(group.places, total.lists) {
        results[place].column = group.column
        results[place].qualityColumn = group.qualityColumn
        results[place].rowsScanned = rows
        results[place].skipped = total.skipped
        results[place].matched = list.rows.sorted()
        results[place].rowsBySpelling = list.bySpelling
      }
    }
    return (results, facts)
  }

  /// Compares every row with one hash list.
  package func match(
    _ list: HashList, column: String? = nil, method: Comparison.Method = .exact,
    work: Work = Work()
  ) throws(DatasetFailure) -> MatchResult {
    try match([Comparison(list, column: column, method: method)], work: work).results[0]
  }

  /// The comparisons, those together that take the same of a row.
  private func groups(
    _ comparisons: [Comparison]
  ) throws(DatasetFailure) -> [ComparedColumn] {
    var groups: [ComparedColumn] = []
    for (place, comparison) in comparisons.enumerated() {
      let known = groups.firstIndex { $0.subject == comparison.subject }
      if let known {
        groups[known].add(comparison, at: place)
      } else {
        groups.append(try ComparedColumn(comparison, at: place, of: parts))
      }
    }
    return groups
  }
}

extension ReleaseChunk {
  /// Compares each row with the lists of all groups; gives how many rows there are.
  fileprivate func match(
    _ groups: [ComparedColumn], _ found: inout [RowsFound]
  ) throws(DatasetFailure) -> Int {
    let chunk = bytes.storage.span.extracting(0..<bytes.count)
    var reader = reader()
    var value: [UInt8] = []
    let columns = groups.map { $0.columns[place.shard] }
    do throws(MatchFault) {
      while try MatchFault.of({ () throws(RowError) in try reader.next(in: chunk) }) {
        // Computed when the first list has the row, for all of them.
        var tags: RowTags?
        for group in groups.indices {
          let column = columns[group]
          value.removeAll(keepingCapacity: true)
          var quality: RowQuality?
          if let place = column.quality {
            let range = reader.plainValue(ofColumn: place)
            quality = if let range { chunk.extracting(range).quality } else { .absent }
          }
          let plain = reader.plainValue(ofColumn: column.value)
          if plain == nil {
            let isThere = try MatchFault.of { () throws(RowError) in
              try reader.appendValue(ofColumn: column.value, in: chunk, to: &value)
            }
            if !isThere { value.removeAll(keepingCapacity: true) }
          }
          let text = value.span
          let span = if let plain { chunk.extracting(plain) } else { text }
          guard let hash = try groups[group].hash(of: span, quality, &found[group].skipped)
          else { continue }
          for list in groups[group].lists.indices {
            guard let way = groups[group].lists[list].has(hash, of: span) else { continue }
            let row =
              if let tags { tags } else {
                try MatchFault.of { () throws(RowError) in try reader.tags(in: chunk) }
              }
            tags = row
            found[group].lists[list].rows.append(row)
            if way == .spelling { found[group].lists[list].bySpelling += 1 }
          }
        }
      }
    } catch {
      switch error {
      case .row(let error): throw .row(shard: part.shard.name, error)
      case .murmur(let column): throw .notComparable(column: column, .murmur)
      }
    }
    return reader.row
  }
}

/// What stops the comparing of a chunk.
enum MatchFault: Error {
  case row(RowError)
  /// A value of the column is LAION's MurmurHash3.
  case murmur(column: String)

  static func of<Result>(
    _ body: () throws(RowError) -> Result
  ) throws(MatchFault) -> Result {
    do throws(RowError) {
      return try body()
    } catch {
      throw .row(error)
    }
  }
}

/// What was found in some rows, of one column.
private struct RowsFound: Sendable {
  var skipped = MatchResult.Skipped()
  var lists: [(rows: [RowTags], bySpelling: UInt64)]

  init(lists count: Int) {
    lists = Array(repeating: ([], 0), count: count)
  }

  static func += (a: inout RowsFound, b: RowsFound) {
    a.skipped += b.skipped
    for place in b.lists.indices {
      a.lists[place].rows.append(contentsOf: b.lists[place].rows)
      a.lists[place].bySpelling += b.lists[place].bySpelling
    }
  }
}
