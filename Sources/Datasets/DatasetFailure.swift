package import Files
internal import LedgerCrypto
package import Rows
package import SetCommitment

/// Why work on a dataset's files stopped.
///
/// No case carries a value of a row or an element of a hash list, nor does its sentence.
package enum DatasetFailure: Error, Sendable {
  /// Input or output failed.
  case file(FileFailure)
  /// A row, or the header, of a shard is refused.
  case row(shard: String, RowError)
  /// The caller's closure asked to stop; nothing half-written is left.
  case cancelled
  /// No shard was named.
  case noShards
  /// The name of a shard says no format that is known.
  case unknownFormat(shard: String)
  /// One file is named twice.
  case duplicateShard(String)
  /// Two shards are one file under two names.
  case sameFile(String, String)
  /// No shard can have this name.
  case shardName(String)
  /// A directory or a pattern stands for no file of a known format.
  case nothingNamed(String)
  /// A shard has no such column.
  case missingColumn(shard: String, String)
  /// Columns that cannot be committed, or types that do not fit.
  case columns(shard: String, ColumnError)
  /// What is said of the files' columns fits none of them.
  case declared(ColumnError)
  /// A shard of JSON Lines has no row that names a column.
  case noColumn(shard: String)
  /// A column cannot be compared with a hash list.
  case notComparable(column: String, ComparisonFlaw)
  /// One value of a column has several spellings, so that no condition says which rows hold it.
  case severalSpellings(column: String, ColumnType)
  /// A list of rows that are asked for has this one without a key.
  case asked(path: String, row: Int, RowKey.Failure)
  /// A list of rows that are asked for has more than this many.
  case tooManyAsked(path: String, Int)
  /// No file that is written has the format and columns of rows that come back to it.
  case rowsDoNotFit(shard: String)
  /// A shard is not the file that the catalogue describes.
  case shardChanged(String)
  /// The release's root is not the one expected.
  case rootDiffers(release: String)
  /// The rows that a cleaning wrote do not give the root that comes of the index.
  case rebuiltDiffers(release: String)
  /// A hash list is malformed at this line, counted from 1, or as a whole.
  case list(path: String, line: Int?, HashListFlaw)
  /// An index file is damaged.
  case index(path: String, IndexFlaw)
  /// The set cannot be committed.
  case set(SetBuildError)
  /// A catalogue or manifest is malformed.
  case document(path: String, String)
  /// DuckDB's command line, by which Parquet is read and written, failed; on this shard if one is named.
  case engine(String?, EngineFlaw)
  /// A text is no condition on one row.
  case expression(FilterExpression.Flaw)
  /// A file is in the way of the one to be written.
  case alreadyExists(String)

  /// What is wrong with the column that a list should be compared with.
  package enum ComparisonFlaw: Hashable, Sendable {
    /// LAION's `hash` is MurmurHash3 of URL and caption.
    case murmur
    /// The column holds neither text nor bytes.
    case type(String)
    /// The column has values, and none is a hash of the list's algorithm.
    case noHash(ListAlgorithm)
    /// The column has values, and none is a number.
    case noQuality
  }
}

extension DatasetFailure: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .file(let failure): failure.description
    case .row(let shard, let error): "\(shard): \(error)"
    case .cancelled: "Interrupted; nothing was left half-written, so run this again when it suits."
    case .noShards: "No shard was given; name the files of the release."
    case .unknownFormat(let shard):
      "\(shard) is of no known format; name it .parquet, or .csv, .jsonl, .ndjson or .json after what it holds,"
        + " perhaps followed by .gz or .zst."
    case .duplicateShard(let name):
      "\(name) is named twice; name each file of a release once."
    case .sameFile(let one, let other):
      "\(one) and \(other) are one file under two names; name it once, or give a copy where its rows are meant twice."
    case .shardName(let name):
      "\(name) can be no file of a release, whose name and folders have at most \(ShardName.maximumLength.of("byte")) and no control characters; rename it."
    case .nothingNamed(let path):
      "No file whose name says a known format is found at \(path), hidden ones apart; check the path, or name the files."
    case .missingColumn(let shard, let column):
      "\(shard) has no column \(column); check the spelling, or give a file that has it."
    case .columns(let shard, let error): "\(shard): \(error)"
    case .declared(let error): error.description
    case .noColumn(let shard):
      "\(shard) has no row that names a column; give it rows, or leave it out."
    case .notComparable(let column, .murmur):
      "Column \(column) is LAION's MurmurHash3 of URL and caption and no hash of an image; match on"
        + " a column of digests such as md5, or on the URL."
    case .notComparable(let column, .type(let type)):
      "Column \(column) is of type \(type); match on a column of strings or bytes."
    case .severalSpellings(let column, let type):
      "Column \(column) is of type \(type.text), whose values have several spellings each; give the rows in a file, or a condition on a column of text."
    case .asked(let path, let row, let failure): "\(path), row \(row): \(failure)"
    case .tooManyAsked(let path, let most):
      "\(path) has more than \(most.of("row")); give them in several lists."
    case .notComparable(let column, .noHash(let algorithm)):
      "Column \(column) holds no \(algorithm.name); match on another column."
    case .notComparable(let column, .noQuality):
      "Column \(column) holds no quality, which is a number; name another column of it."
    case .rowsDoNotFit(let shard):
      "The rows of \(shard) that come back fit no file of this release, which have other columns or another format; write the files yourself and publish them."
    case .shardChanged(let name):
      "\(name) is not the file that was catalogued; restore that file before going on."
    case .rootDiffers(let release):
      "The files of \(release) do not give its published root; restore the released files."
    case .rebuiltDiffers(let release):
      "The rows written from \(release) do not give the root that its index gives; nothing was published. Index the release again, and clean it once more."
    case .list(let path, let line, let flaw):
      "\(path)\(line.map { ", line \($0)," } ?? "") \(flaw.description)"
    case .index(let path, let flaw): "\(path) \(flaw.description)"
    case .set:
      "The rows cannot be committed: there are too many, or one digest is all zeros; split the release, or mend the row."
    case .document(let path, let problem): "\(path): \(problem)"
    case .expression(let flaw): flaw.description
    case .engine(let shard?, let flaw): "\(shard): \(flaw)."
    case .engine(nil, let flaw): "\(flaw)."
    case .alreadyExists(let path):
      "\(path) is there already; choose another directory or move it away."
    }
  }
}
