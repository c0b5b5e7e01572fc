internal import Files
package import LedgerCrypto
internal import Rows

/// What an expression chose of a release.
package struct FilteredRows: Sendable {
  /// The keys of the rows of which it is true, ascending, each once.
  package let keys: [Digest]
  /// The shards as they were read, with the rows that DuckDB counted.
  package let shards: [ShardFacts]
}

extension ReleaseReader {
  /// Lets DuckDB choose the rows of which an expression is true, shard by shard.
  ///
  /// DuckDB reads each file as it was opened here, and has no access to anything else; what it gives back
  /// are the identity columns of the rows, of which keys are made here. Whoever calls holds the keys against
  /// the release's index and the rows against its catalogue: so a file that DuckDB reads otherwise is found.
  ///
  /// - Parameters:
  ///   - expression: a condition on one row; null counts as false.
  ///   - work: threads and the caller's say.
  /// - Returns: keys and counts.
  /// - Throws: ``DatasetFailure``; ``EngineFlaw/expression`` where the expression does not fit the columns
  ///   or a value.
  package func filter(
    _ expression: FilterExpression, work: Work = Work()
  ) throws(DatasetFailure) -> FilteredRows {
    var keys: Set<Digest> = []
    var shards: [ShardFacts] = []
    let done = DoneRows(work, totalBytes: totalBytes)
    let results: [Result<ShardChoice, DatasetFailure>] = try Crew.work(width: work.workers) {
      (crew) throws(DatasetFailure) in
      let pending = parts.map { part in
        crew.post { Result { () throws(DatasetFailure) in try choose(expression, part, work) } }
      }
      return pending.map { pending in
        let result = pending.take()
        if case .success(let choice) = result { done.add(choice.facts) }
        return result
      }
    }
    for result in results {
      let choice = try result.get()
      keys.formUnion(choice.keys)
      shards.append(choice.facts)
    }
    return FilteredRows(keys: keys.sorted(), shards: shards)
  }

  private struct ShardChoice: Sendable {
    let keys: Set<Digest>
    let facts: ShardFacts
  }

  private func choose(
    _ expression: FilterExpression, _ part: Part, _ work: Work
  ) throws(DatasetFailure) -> ShardChoice {
    if work.isCancelled() { throw .cancelled }
    let view = try TypedView(part)
    let projection = try identity(of: view, part)
    let command = try engine.command("")
    let columns = part.projection.identityPlaces.enumerated().map { place, column in
      let source = view.columns[column]
      return "\(source.type?.expression(source.name, declared: nil) ?? source.name) AS \"\(place)\""
    }
    var hasher = SHA256()
    let source = try Engine.reading(part.shard.name) { () throws(FileFailure) in
      try ByteSource(
        path: part.shard.path,
        toldBy: { path in
          let table = view.table(path)
          var command = command
          command.input += Array(
            """
            SET TimeZone='UTC';
            SET allowed_paths=['\(path)', '/dev/stdout'];
            SET enable_external_access=false;
            SET lock_configuration=true;
            COPY (SELECT \(columns.joined(separator: ", ")) FROM \(table) AS shard WHERE (
            \(expression.text)
            )) TO '/dev/stdout' (FORMAT json);
            COPY (SELECT count(*) AS rows FROM \(table)) TO '/dev/stdout' (FORMAT json);

            """.utf8)
          return command
        }, chunkSize: work.chunkSize, isCancelled: work.isCancelled
      ) { hasher.update($0) }
    }
    guard source.stamp == part.stamp else { throw .file(.changed(path: part.shard.path)) }
    var keys: Set<Digest> = []
    var rows: UInt64?
    var chunk = ByteSource.Chunk()
    while try Engine.reading(
      part.shard.name,
      { () throws(FileFailure) in
        try source.next(into: &chunk, boundary: part.shard.format.boundary)
      })
    {
      let bytes = chunk.storage.span.extracting(0..<chunk.count)
      let end = Self.startOfCount(in: bytes)
      if let end { rows = try count(bytes.extracting(end..<bytes.count), part) }
      let lines = bytes.extracting(0..<(end ?? bytes.count))
      var reader = RowReader(projection)
      do throws(RowError) {
        while try reader.next(in: lines) { keys.insert(try reader.tags(in: lines).key) }
      } catch {
        throw .engine(part.shard.name, .otherAnswer)
      }
    }
    guard let rows else { throw .engine(part.shard.name, .otherAnswer) }
    return ShardChoice(
      keys: keys,
      facts: ShardFacts(
        name: part.shard.name, size: part.stamp.size, sha256: hasher.digest(), rows: rows))
  }

  /// How the identity columns that DuckDB gives back are read.
  private func identity(of view: TypedView, _ part: Part) throws(DatasetFailure) -> RowProjection {
    do throws(ColumnError) {
      let types = zip(identity, part.projection.identityPlaces).map { column, place in
        // A column of nulls has the dataset's type.
        (column.name, view.columns[place].type?.stored ?? .cells(column.type))
      }
      return try RowProjection(
        file: FileSchema(stored: types, types: [:]), identity: identity,
        content: identity.sorted { Column.precedes($0.name, $1.name) }, secret: secret)
    } catch {
      throw .columns(shard: part.shard.name, error)
    }
  }

  /// Where the line begins that counts all rows, which is the last one.
  private static func startOfCount(in bytes: Span<UInt8>) -> Int? {
    let mark = Array("{\"rows\":".utf8)
    var start = bytes.count
    if start > 0, bytes[start - 1] == 0x0a { start -= 1 }
    while start > 0, bytes[start - 1] != 0x0a { start -= 1 }
    guard bytes.count - start > mark.count else { return nil }
    return mark.indices.allSatisfy { bytes[start + $0] == mark[$0] } ? start : nil
  }

  private func count(_ line: Span<UInt8>, _ part: Part) throws(DatasetFailure) -> UInt64 {
    let digits = (0..<line.count).map { line[$0] }.filter { (0x30...0x39).contains($0) }
    guard let count = UInt64(String(decoding: digits, as: UTF8.self)) else {
      throw .engine(part.shard.name, .otherAnswer)
    }
    return count
  }
}

/// Tells how far work on whole shards has come.
private final class DoneRows {
  private let work: Work
  private var progress: Progress

  init(_ work: Work, totalBytes: Int) {
    self.work = work
    progress = Progress(rows: 0, bytes: 0, totalBytes: totalBytes)
  }

  func add(_ facts: ShardFacts) {
    progress.rows += facts.rows
    progress.bytes += facts.size
    work.progress(progress)
  }
}
