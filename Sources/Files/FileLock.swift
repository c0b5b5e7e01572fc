internal import Foundation

/// An advisory lock (`flock`) on a file, held until the value goes or the process ends.
package struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock on `path`, making an empty file if there is none.
  ///
  /// - Parameters:
  ///   - path: a file that exists for the lock alone; it is never removed, since that would let two
  ///     processes lock two files of one name.
  ///   - waiting: whether to wait for another holder or throw ``FileFailure/locked(path:)``.
  /// - Throws: ``FileFailure`` when the lock cannot be had.
  package init(path: String, waiting: Bool) throws(FileFailure) {
    let descriptor = try System.open(path, O_RDWR | O_CREAT | O_CLOEXEC, mode: 0o600)
    while flock(descriptor, waiting ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      System.close(descriptor)
      if code == EWOULDBLOCK { throw .locked(path: path) }
      throw .system(path: path, .lock, code: code)
    }
    self.descriptor = descriptor
  }

  deinit { System.close(descriptor) }
}
