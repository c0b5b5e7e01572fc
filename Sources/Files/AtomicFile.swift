internal import Foundation
internal import Synchronization

/// A file that appears under its name whole and synced, or not at all.
///
/// Bytes go to `NAME.partial` beside it. ``commit()`` syncs them, renames, and syncs the directory;
/// until then the name holds whatever it held. A writer that is dropped before that, or whose commit
/// fails, removes its `.partial`; one that is killed leaves it, and a `.partial` is garbage
/// (``Directory/removePartials(in:)``). After a failed write or sync no further call succeeds: after
/// a failed `fsync` the kernel may have dropped the pages, so only starting over is safe.
package final class AtomicFile: Sendable {
  /// Where the file will be.
  package let path: String
  /// Where its bytes are until ``commit()``.
  package var partialPath: String { path + ".partial" }
  /// Bytes written so far.
  package var size: Int { state.withLock { $0.size } }

  private let state: Mutex<PartialFile>

  /// Starts `path.partial`, replacing what a killed writer left there.
  ///
  /// - Parameters:
  ///   - path: where the file will be; its directory is there already.
  ///   - mode: the file's mode before the umask: 0600 for secrets.
  ///   - bufferSize: bytes gathered before each system call.
  ///   - waiting: whether to wait for another writer of the same file.
  /// - Throws: ``FileFailure`` when the `.partial` cannot be made; ``FileFailure/locked(path:)`` when
  ///   another writer has it, and this one is not to wait.
  package init(
    path: String, mode: UInt32 = 0o644, bufferSize: Int = 1 << 18, waiting: Bool = false
  ) throws(FileFailure) {
    let partial = path + ".partial"
    let descriptor = try PartialFile.open(partial, mode: mode, waiting: waiting)
    self.path = path
    state = Mutex(PartialFile(path: partial, descriptor: descriptor, bufferSize: bufferSize))
  }

  /// Appends `bytes`.
  package func write(_ bytes: Span<UInt8>) throws(FileFailure) {
    try state.withLock { (file) throws(FileFailure) in try file.write(unsafe bytes.bytes) }
  }

  /// Appends the bytes of `words` as they lie in memory.
  package func write(words: Span<UInt64>) throws(FileFailure) {
    try state.withLock { (file) throws(FileFailure) in try file.write(unsafe words.bytes) }
  }

  /// Appends `bytes`.
  package func write(_ bytes: [UInt8]) throws(FileFailure) {
    try write(bytes.span)
  }

  /// Replaces bytes that were written before, for a header whose fields are known last.
  package func overwrite(at offset: Int, _ bytes: [UInt8]) throws(FileFailure) {
    try state.withLock { (file) throws(FileFailure) in try file.overwrite(at: offset, bytes) }
  }

  /// Syncs all bytes; they can then be read back at ``partialPath`` before ``commit()``.
  package func seal() throws(FileFailure) {
    try state.withLock { (file) throws(FileFailure) in try file.seal() }
  }

  /// Seals, renames over ``path`` and syncs the directory.
  ///
  /// When it throws before the rename, the old file still stands. When only the directory's sync
  /// fails, the new file stands and may not outlast a power loss.
  package func commit() throws(FileFailure) {
    try rename()
    try Directory.sync(Directory.parent(of: path))
  }

  /// Seals all `files`, renames them, then syncs each of their directories once.
  ///
  /// When it throws, those that were renamed before are removed again; what they replaced is gone. A
  /// kill between two renames leaves some files under their names.
  package static func commit(_ files: [AtomicFile]) throws(FileFailure) {
    for file in files { try file.seal() }
    var renamed: [AtomicFile] = []
    do throws(FileFailure) {
      for file in files {
        try file.rename()
        renamed.append(file)
      }
      for directory in Set(files.map { Directory.parent(of: $0.path) }) {
        try Directory.sync(directory)
      }
    } catch {
      for file in renamed { try? Directory.remove(file: file.path) }
      throw error
    }
  }

  /// Gives up and removes the partial file; after ``commit()`` nothing happens.
  package func cancel() {
    state.withLock { $0.cancel() }
  }

  private func rename() throws(FileFailure) {
    try state.withLock { (file) throws(FileFailure) in try file.rename(to: path) }
  }

  /// Writes `bytes` as the whole file at `path`, durably; waits for another writer of it.
  package static func write(
    _ bytes: [UInt8], to path: String, mode: UInt32 = 0o644
  ) throws(FileFailure) {
    let file = try AtomicFile(path: path, mode: mode, waiting: true)
    try file.write(bytes)
    try file.commit()
  }
}
