internal import Files
internal import Foundation
internal import GRDB

/// A ledger where nothing can be written: on a read-only file system, or owned by somebody else.
enum Unwritable {
  /// Whether this process may write to the file at `path` and make files beside it.
  static func isWritable(_ path: String) -> Bool {
    Access.mayWrite(path) && Access.mayWrite(Directory.parent(of: path))
  }

  /// What SQLite is to open for the file at `path`, for reading.
  ///
  /// Beside a write-ahead log with something in it SQLite reads as it does anywhere (sqlite.org/wal.html,
  /// "Read-Only Databases"). Without one the file alone is the whole ledger, and it can only be opened
  /// as immutable, with no lock: a writer that comes meanwhile writes to the log first, and what it
  /// moves from there into the file can at worst make a read fail. The URI needs an SQLite that was
  /// built with `SQLITE_USE_URI`; any other finds no file of that name.
  static func name(of path: String) -> String {
    guard Access.size(path + "-wal") == 0,
      let encoded = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
    else { return path }
    return "file:\(path.hasPrefix("/") ? "//" : "")\(encoded)?immutable=1"
  }
}

extension LedgerFailure {
  /// Whether SQLite could not open a file, or not without writing beside it.
  var isOfOpening: Bool {
    switch self {
    case .readOnly: true
    case .database(let code, _): code & 0xff == ResultCode.SQLITE_CANTOPEN.rawValue
    default: false
    }
  }
}
