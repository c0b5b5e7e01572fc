internal import Files
internal import LedgerCrypto
package import Rows

/// The rows of a release that a condition chose.
package struct ChosenRows: Sendable {
  /// Rows read.
  package let rowsScanned: UInt64
  /// Their keys and digests, in the release's order.
  package let chosen: [RowTags]
  /// The shards as they were read.
  package let shards: [ShardFacts]
}

extension ReleaseReader {
  /// Chooses the rows that fulfil one of some conditions, in one pass.
  ///
  /// - Parameters:
  ///   - conditions: each of one column, named exactly or else but for ASCII case.
  ///   - work: threads and the caller's say.
  /// - Returns: the rows, and how many were read.
  /// - Throws: ``DatasetFailure``; ``DatasetFailure/severalSpellings(column:_:)`` for a column of
  ///   numbers with fractions, of times, bytes or lists, of which one value has several spellings.
  package func choose(
    _ conditions: [RowCondition], work: Work = Work()
  ) throws(DatasetFailure) -> ChosenRows {
    var columns: [[PlacedCondition]] = []
    for part in parts {
      columns.append(
        try conditions.map { (condition) throws(DatasetFailure) in
          PlacedCondition(condition: condition, column: try part.column(for: condition))
        })
    }
    let places = columns
    var chosen: [[RowTags]] = Array(repeating: [], count: parts.count)
    let facts = try scan(.also(places.map { $0.map(\.column) }), work) {
      (chunk) throws(DatasetFailure) in
      try chunk.choose(places[chunk.place.shard])
    } take: { found, chunk in
      chosen[chunk.place.shard].append(contentsOf: found)
    }
    return ChosenRows(
      rowsScanned: facts.reduce(0) { $0 + $1.rows }, chosen: chosen.flatMap { $0 },
      shards: facts)
  }
}

/// A condition, and the column of a shard that it is about.
private struct PlacedCondition: Sendable {
  let condition: RowCondition
  let column: Int
}

extension ReleaseReader.Part {
  fileprivate func column(for condition: RowCondition) throws(DatasetFailure) -> Int {
    let file = projection.file
    guard let place = file.index(ofAnyCase: condition.column) else {
      throw .missingColumn(shard: shard.name, condition.column)
    }
    let registered = (projection.content + projection.identity).first {
      $0.name.utf8.elementsEqual(file.names[place].utf8)
    }
    let type: ColumnType? =
      switch file.evidence[place] {
      case .declared(let declared): registered?.type ?? declared.type
      case .stored(let stored, let declared):
        registered?.type ?? declared?.type ?? stored.type
      case .inferred(let type): registered?.type ?? type
      case .text, .onlyNull, .absent, .undetermined: registered?.type
      }
    if type == nil, case .stored(let stored, _) = file.evidence[place] {
      throw .notComparable(column: file.names[place], .type(stored.text))
    }
    switch (condition, type) {
    case (_, nil), (_, .string), (.equals, .int), (.equals, .bool): return place
    case (_, let type?): throw .severalSpellings(column: file.names[place], type)
    }
  }
}

extension ReleaseChunk {
  fileprivate func choose(
    _ conditions: [PlacedCondition]
  ) throws(DatasetFailure) -> (rows: Int, found: [RowTags]) {
    let chunk = bytes.storage.span.extracting(0..<bytes.count)
    var reader = reader()
    var value: [UInt8] = []
    var found: [RowTags] = []
    do throws(RowError) {
      while try reader.next(in: chunk) {
        for place in conditions {
          let holds: Bool
          if let range = reader.plainValue(ofColumn: place.column) {
            holds = place.condition.holds(chunk.extracting(range))
          } else {
            value.removeAll(keepingCapacity: true)
            holds =
              try reader.appendValue(ofColumn: place.column, in: chunk, to: &value)
              && place.condition.holds(value.span)
          }
          guard holds else { continue }
          found.append(try reader.tags(in: chunk))
          break
        }
      }
    } catch {
      throw .row(shard: part.shard.name, error)
    }
    return (reader.row, found)
  }
}
