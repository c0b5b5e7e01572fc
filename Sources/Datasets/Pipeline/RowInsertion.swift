internal import LedgerCrypto
internal import Rows

/// Puts rows of older releases back among those of the release that is written.
///
/// Each goes before the first row that has at least as many rows before it, in its shard, that both
/// releases have, as it had itself: what stayed in its order keeps it. A row goes to the shard of its
/// shard's name, else to the one in the same place of as many, else to the end of the last that is
/// written alike.
final class RowInsertion {
  /// The rows of one older release that one shard gets, in their order.
  private struct Queue {
    let others: KeyTable
    var rows: [PlacedRow]
    var next = 0
    /// Rows of the shard so far that both releases have.
    var before: UInt64 = 0
  }

  private var queues: [[Queue]]
  private var lastByte: [UInt8?]
  /// Which rows of the chunks count for the places of those that come back.
  let counting: Counting
  /// How many rows there are.
  let count: Int

  /// Decides which shard gets which rows.
  ///
  /// - Throws: ``DatasetFailure/rowsDoNotFit(shard:)`` where no shard has the columns of a row.
  init(
    _ sources: [ReturningRows], into parts: [ReleaseReader.Part]
  ) throws(DatasetFailure) {
    var queues: [[Queue]] = Array(repeating: [], count: parts.count)
    let named = Dictionary(
      parts.enumerated().map { (Array($1.shard.name.utf8), $0) },
      uniquingKeysWith: { one, _ in one })
    for source in sources {
      let others = KeyTable(source.others)
      var rows: [[PlacedRow]] = Array(repeating: [], count: parts.count)
      for row in source.rows {
        guard let place = Self.place(of: row, in: parts, named) else {
          throw .rowsDoNotFit(shard: row.shard.name)
        }
        rows[place].append(row)
      }
      for (place, rows) in rows.enumerated() where !rows.isEmpty {
        // Of several shards that go to one, each row keeps its place among those of its own.
        let sorted = rows.enumerated().sorted {
          ($0.element.after, $0.offset) < ($1.element.after, $1.offset)
        }
        queues[place].append(Queue(others: others, rows: sorted.map(\.element)))
      }
    }
    counting = Counting(tables: queues.map { $0.map(\.others) })
    self.queues = queues
    lastByte = Array(repeating: nil, count: parts.count)
    count = sources.reduce(0) { $0 + $1.rows.count }
  }

  private static func place(
    of row: PlacedRow, in parts: [ReleaseReader.Part], _ named: [[UInt8]: Int]
  ) -> Int? {
    if let place = named[Array(row.shard.name.utf8)], row.fits(parts[place]) { return place }
    if parts.count == row.ordinal.count, row.fits(parts[row.ordinal.place]) {
      return row.ordinal.place
    }
    return parts.lastIndex(where: row.fits)
  }

  /// Where rows begin in what is left of a chunk, and how many rows that both releases have come
  /// before each of them in the chunk, for each older release.
  struct Marks: Sendable {
    fileprivate var starts: [Int] = []
    fileprivate var before: [[UInt64]]
    fileprivate var counts: [UInt64]
    private let others: [KeyTable]

    fileprivate init(_ others: [KeyTable]) {
      self.others = others
      before = Array(repeating: [], count: others.count)
      counts = Array(repeating: 0, count: others.count)
    }

    /// Notes the next row of the chunk, which begins at `start` of what is left of it, or is the one of that
    /// number.
    mutating func note(_ key: Digest, at start: Int) {
      starts.append(start)
      for (source, table) in others.enumerated() {
        before[source].append(counts[source])
        if !table.contains(key) { counts[source] += 1 }
      }
    }
  }

  /// For each shard, and each older release of which it gets rows, the keys that one of both has not.
  struct Counting: Sendable {
    fileprivate let tables: [[KeyTable]]

    /// Begins a chunk; `nil` for a shard that gets no row.
    func marks(ofShard shard: Int) -> Marks? {
      tables[shard].isEmpty ? nil : Marks(tables[shard])
    }
  }

  /// How many rows a shard gets.
  func count(ofShard shard: Int) -> UInt64 {
    queues[shard].reduce(0) { $0 + UInt64($1.rows.count) }
  }

  /// The rows that belong before those of a chunk, in their order, each with the start of the one that it
  /// belongs before; chunks come in order.
  func placed(_ marks: Marks, ofShard shard: Int) -> [(at: Int, row: PlacedRow)] {
    var inserts: [(at: Int, row: PlacedRow)] = []
    for source in queues[shard].indices {
      var queue = queues[shard][source]
      for (row, start) in marks.starts.enumerated() {
        let before = queue.before + marks.before[source][row]
        while queue.next < queue.rows.count, queue.rows[queue.next].after <= before {
          inserts.append((start, queue.rows[queue.next]))
          queue.next += 1
        }
      }
      queue.before += marks.counts[source]
      queues[shard][source] = queue
    }
    // Sorting keeps the order of rows that go to one place, those of the first release first.
    return inserts.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
  }

  /// What is left of a chunk with the rows that belong before its rows; chunks come in order.
  func filled(_ bytes: [UInt8], _ marks: Marks, ofShard shard: Int) -> [UInt8] {
    var output: [UInt8] = []
    var start = 0
    for (at, row) in placed(marks, ofShard: shard) {
      output += bytes[start..<at]
      output += row.bytes
      start = at
    }
    output += bytes[start...]
    if let last = output.last { lastByte[shard] = last }
    return output
  }

  /// The rows that belong after all others of a shard.
  func last(ofShard shard: Int) -> [PlacedRow] { queues[shard].flatMap { $0.rows[$0.next...] } }

  /// The same, as they are appended.
  func rest(ofShard shard: Int) -> [UInt8] {
    let rows = last(ofShard: shard).flatMap(\.bytes)
    let last = lastByte[shard]
    return rows.isEmpty || last == nil || last == 0x0a ? rows : [0x0a] + rows
  }
}
