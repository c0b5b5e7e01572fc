internal import Files

/// Why DuckDB's command line gave nothing, or not what it should.
package enum EngineFlaw: Hashable, Sendable {
  /// There is no such program on the search path.
  case missing
  /// The program that was named is not there, or may not be run.
  case notThere(String)
  /// The program does not say a version as DuckDB does.
  case notDuckDB(String)
  /// The program is too old.
  case old(String, version: String)
  /// The program cannot be started.
  case notStarted
  /// It ended with this exit code, or by a signal (128 and its number), for a reason that is not known.
  case failed(code: Int32)
  /// The file is no Parquet file, or is cut.
  case notParquet
  /// Its pages or metadata are damaged.
  case damaged
  /// It is encoded, compressed or encrypted in a way that DuckDB does not read.
  case unsupported
  /// A string is not UTF-8.
  case invalidUTF8
  /// A time is outside of what microseconds hold.
  case timeOutOfRange
  /// There is not enough memory for it.
  case outOfMemory
  /// The disk is full.
  case diskFull
  /// What it wrote is not what was asked for.
  case otherAnswer
  /// It did not give as many rows as the file says.
  case otherRows
  /// Columns are called alike but for case, which it cannot write.
  case namesAlike
  /// A column holds nanoseconds, of which it would write microseconds.
  case cutsTimes
  /// An expression does not fit the columns.
  case expressionTypes
  /// An expression cannot be computed for a value.
  case expressionValue
  /// An expression names a column that is not there.
  case expressionColumn
  /// What it wrote are not the rows that stay.
  case otherContent

  /// What it says on standard error, and what that means; the first that stands there counts.
  static let phrases: [(phrase: String, flaw: EngineFlaw)] = [
    ("Invalid string encoding", .invalidUTF8),
    ("not valid UTF8", .invalidUTF8),
    ("winnow: time out of range", .timeOutOfRange),
    ("Could not convert Timestamp", .timeOutOfRange),
    ("No magic bytes found", .notParquet),
    ("too small to be a Parquet file", .notParquet),
    ("footer length", .notParquet),
    ("Out of Memory", .outOfMemory),
    ("No space left on device", .diskFull),
    ("Not implemented", .unsupported),
    ("encrypt", .unsupported),
    ("Unsupported", .unsupported),
    ("not found in FROM clause", .expressionColumn),
    ("Binder Error", .expressionTypes),
    ("Catalog Error", .expressionTypes),
    ("Conversion Error", .expressionValue),
    ("Out of Range Error", .expressionValue),
    ("TProtocolException", .damaged),
    ("Invalid Input Error", .damaged),
    ("IO Error", .damaged),
    ("INTERNAL Error", .damaged),
  ]

  init(_ flaw: FileFailure.ProgramFlaw) {
    self =
      switch flaw {
      case .notStarted: .notStarted
      case .failed(let said?, _): Self.phrases[said].flaw
      case .failed(nil, let code): .failed(code: code)
      case .tooMuch, .stopped: .otherAnswer
      }
  }
}

extension EngineFlaw: CustomStringConvertible {
  /// What is wrong, and what to do, without a full stop.
  package var description: String {
    switch self {
    case .missing:
      "Parquet and filters go through DuckDB's command line, and no duckdb is on PATH: install it (pip install duckdb-cli), or name the program"
    case .notThere(let path): "\(path) is no program that can be run; name DuckDB's command line"
    case .notDuckDB(let path):
      "\(path) does not give its version as DuckDB does; name DuckDB's command line"
    case .old(let path, let version):
      "\(path) is DuckDB \(version), and \(Engine.oldest.major).\(Engine.oldest.minor) or later is needed; name another"
    case .notStarted: "DuckDB cannot be started; check that it runs on this machine"
    case .failed(let code) where code == 137:
      "DuckDB was killed, perhaps for want of memory; free some, then run this again"
    case .failed(let code):
      "DuckDB stopped with exit code \(code); open the file with it to see why"
    case .notParquet: "it is no Parquet file, or is cut short; fetch it again"
    case .damaged: "DuckDB finds it damaged; fetch it again"
    case .unsupported:
      "DuckDB does not read its compression, encoding or encryption; write it another way"
    case .invalidUTF8: "a string in it is not UTF-8; store that column as bytes, or mend it"
    case .timeOutOfRange:
      "a time in it lies outside of what microseconds since 1970 hold; mend it, or leave that column out"
    case .outOfMemory: "DuckDB runs out of memory on it; write it in smaller row groups"
    case .diskFull: "the disk is full; free some space, then run this again"
    case .otherAnswer: "DuckDB answers otherwise than expected; use another version of it"
    case .otherRows:
      "DuckDB gave other rows than its footer says; the file is damaged, so fetch it again"
    case .namesAlike:
      "it has columns whose names differ in case alone, which DuckDB cannot write; rename one of them"
    case .cutsTimes:
      "it has a column of times in nanoseconds, of which DuckDB would write microseconds; store it in microseconds and publish that"
    case .expressionTypes:
      "the expression does not fit the types of its columns, or calls what there is not; cast a column of text, as in punsafe::DOUBLE > 0.95"
    case .expressionValue:
      "the expression cannot be computed for a value in it; use TRY_CAST, which gives null there"
    case .expressionColumn: "the expression names a column that it has not; check the spelling"
    case .otherContent:
      "what DuckDB wrote are not the rows that stay, so nothing was kept; use another version of it"
    }
  }
}
