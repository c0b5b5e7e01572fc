internal import Foundation

/// What is at a path, and what this process may do with it; links are followed.
package enum Access {
  /// Whether anything is there.
  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether this process may not look whether anything is there.
  package static func isHidden(_ path: String) -> Bool {
    unsafe access(path, F_OK) != 0 && errno == EACCES
  }

  /// Whether it is there and may be read.
  package static func mayRead(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

  /// Whether it is there and may be written; of a directory, whether names may be made in it.
  package static func mayWrite(_ path: String) -> Bool { unsafe access(path, W_OK) == 0 }

  /// Whether it is a file of bytes: opening a pipe would wait for whoever writes into it.
  package static func isFile(_ path: String) -> Bool {
    var info = stat()
    return unsafe stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
  }

  /// How many bytes it has, 0 where nothing is.
  package static func size(_ path: String) -> Int {
    var info = stat()
    return unsafe stat(path, &info) == 0 ? Int(info.st_size) : 0
  }
}
