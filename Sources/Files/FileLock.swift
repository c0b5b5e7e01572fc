internal import Foundation

/// An advisory lock (`flock`) on a file, held until the value goes or the process ends.
package struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock of what `path` names, whether or not anything is there: that of an empty file
  /// beside it, `.NAME.lock`, which no name of ours is.
  ///
  /// The empty file stays, for taking it away would let two processes lock two files of one name.
  ///
  /// - Parameters:
  ///   - path: what is worked on.
  ///   - waiting: whether to wait for another holder or throw ``FileFailure/locked(path:)``.
  /// - Throws: ``FileFailure`` when the lock cannot be had.
  package init(of path: String, waiting: Bool) throws(FileFailure) {
    let file = "\(Directory.parent(of: path))/.\(Directory.name(of: path)).lock"
    let descriptor = try System.open(
      file, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode: 0o600)
    do throws(FileFailure) {
      try System.lock(descriptor, path, waiting: waiting)
    } catch {
      System.close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  /// Takes the lock on a directory that is there, and that its holder may rename or remove.
  ///
  /// - Parameters:
  ///   - path: the directory.
  ///   - waiting: whether to wait for another holder or throw.
  /// - Throws: ``FileFailure/locked(path:)`` when another process holds it, or has just moved it away.
  package init(directory path: String, waiting: Bool = false) throws(FileFailure) {
    let descriptor: Int32
    do throws(FileFailure) {
      descriptor = try System.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    } catch  where error.isMissing {
      throw .locked(path: path)
    }
    do throws(FileFailure) {
      try System.lock(descriptor, path, waiting: waiting)
      guard try System.isAt(path, descriptor) else { throw .locked(path: path) }
    } catch {
      System.close(descriptor)
      throw error
    }
    self.descriptor = descriptor
  }

  deinit { System.close(descriptor) }
}
