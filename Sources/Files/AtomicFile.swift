internal import Foundation
internal import Synchronization

/// A file that appears under its name whole and synced, or not at all.
///
/// ``commit(replacing:)`` syncs the bytes, gives them the name and syncs the directory; until then the
/// name holds whatever it held. Two writers of one file each write their own, and the last one stays.
/// After a failed write or sync no further call succeeds: after a failed `fsync` the kernel may have
/// dropped the pages, so only starting over is safe.
package final class AtomicFile: Sendable {
  /// Where the file will be.
  package let path: String
  /// Where its bytes can be read before ``commit(replacing:)``, once they are sealed.
  package var readingPath: String { state.withLock { $0.readingPath } }
  /// Bytes written so far.
  package var size: Int { state.withLock { $0.size } }

  private let state: Mutex<PartialFile>

  /// Starts a file.
  ///
  /// - Parameters:
  ///   - path: where the file will be; its directory is there already.
  ///   - mode: the file's mode before the umask: 0600 for secrets.
  ///   - bufferSize: bytes gathered before each system call.
  ///   - nameless: whether its bytes may have no name until then, where the system can.
  /// - Throws: ``FileFailure`` when no file can be made in that directory.
  package init(
    path: String, mode: UInt32 = 0o644, bufferSize: Int = 1 << 18, nameless: Bool = true
  ) throws(FileFailure) {
    let file = try PartialFile(path, mode: mode, bufferSize: bufferSize, nameless: nameless)
    self.path = path
    state = Mutex(file)
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

  /// Lets another program write the bytes, all of them, to the path that `body` gets; when it throws, the
  /// file is given up.
  package func write<Failure>(
    by body: (String) throws(Failure) -> Void
  ) throws(Failure) -> Result<Void, FileFailure> {
    try state.withLock { (file) throws(Failure) in try file.write(by: body) }
  }

  /// Replaces bytes that were written before, for a header whose fields are known last.
  package func overwrite(at offset: Int, _ bytes: [UInt8]) throws(FileFailure) {
    try state.withLock { (file) throws(FileFailure) in try file.overwrite(at: offset, bytes) }
  }

  /// Syncs all bytes; they can then be read back at ``readingPath``.
  package func seal() throws(FileFailure) {
    try state.withLock { (file) throws(FileFailure) in try file.seal() }
  }

  /// Seals the bytes and closes the file until ``commit(replacing:)``, for whoever writes more files than
  /// a process may have open (``limitOfOpenFiles``).
  ///
  /// Its bytes then have a temporary name, which a kill leaves.
  package func setAside() throws(FileFailure) {
    try state.withLock { (file) throws(FileFailure) in try file.setAside() }
  }

  /// How many files this process may have open at once.
  package static var limitOfOpenFiles: Int { System.limitOfOpenFiles }

  /// Seals the bytes, gives them the name and syncs the directory.
  ///
  /// With `replacing` they take the place of what has the name; without it, whatever has it stays and
  /// this throws `EEXIST`. When it throws before the file has its name, the old one still stands; when
  /// only the directory's sync fails, the new one stands and may not outlast a power loss.
  package func commit(replacing: Bool = true) throws(FileFailure) {
    try name(replacing: replacing)
    try Directory.sync(Directory.parent(of: path))
  }

  /// Seals all `files`, names them where nothing has these names, then syncs each of their directories
  /// once.
  ///
  /// When it throws, those that were named before are removed again. A kill in between leaves some
  /// files under their names.
  package static func commitNew(_ files: [AtomicFile]) throws(FileFailure) {
    for file in files { try file.seal() }
    var named: [AtomicFile] = []
    do throws(FileFailure) {
      for file in files {
        try file.name(replacing: false)
        named.append(file)
      }
      for directory in Set(files.map { Directory.parent(of: $0.path) }) {
        try Directory.sync(directory)
      }
    } catch {
      for file in named { try? Directory.remove(file: file.path) }
      throw error
    }
  }

  /// Gives up; after ``commit(replacing:)`` nothing happens.
  package func cancel() {
    state.withLock { $0.cancel() }
  }

  private func name(replacing: Bool) throws(FileFailure) {
    try state.withLock { (file) throws(FileFailure) in try file.name(replacing: replacing) }
  }

  /// Writes `bytes` as the whole file at `path`, durably.
  package static func write(
    _ bytes: [UInt8], to path: String, mode: UInt32 = 0o644, replacing: Bool = true
  ) throws(FileFailure) {
    let file = try AtomicFile(path: path, mode: mode)
    try file.write(bytes)
    try file.commit(replacing: replacing)
  }
}
