internal import Foundation

/// A file that appears under its name whole and synced, or not at all.
///
/// Bytes go to `NAME.partial` beside it. ``commit()`` syncs them, renames, and syncs the directory;
/// until then the name holds whatever it held. A writer that is dropped before that, or whose commit
/// fails, removes its `.partial`; one that is killed leaves it, and a `.partial` is garbage
/// (``Directory/removePartials(in:)``). After a failed write or sync no further call succeeds: after
/// a failed `fsync` the kernel may have dropped the pages, so only starting over is safe.
package final class AtomicFile {
  /// Where the file will be.
  package let path: String
  /// Where its bytes are until ``commit()``.
  package var partialPath: String { path + ".partial" }
  /// Bytes written so far.
  package private(set) var size = 0

  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var state = State.writing
  private let bufferSize: Int

  private enum State { case writing, sealed, committed, failed }

  /// Starts `path.partial`, replacing what an earlier writer left there.
  ///
  /// - Parameters:
  ///   - path: where the file will be; its directory is there already.
  ///   - mode: the file's mode before the umask: 0600 for secrets.
  ///   - bufferSize: bytes gathered before each system call.
  /// - Throws: ``FileFailure`` when the `.partial` cannot be made.
  package init(
    path: String, mode: UInt32 = 0o644, bufferSize: Int = 1 << 18
  ) throws(FileFailure) {
    self.path = path
    self.bufferSize = bufferSize
    // Removed first: truncating would keep the old file's mode and follow a link put there.
    do throws(FileFailure) {
      try System.remove(path + ".partial")
    } catch  where error.isMissing {
    }
    descriptor = try System.open(
      path + ".partial", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode: mode_t(mode))
  }

  deinit { cancel() }

  /// Appends `bytes`.
  package func write(_ bytes: Span<UInt8>) throws(FileFailure) {
    precondition(state == .writing || state == .failed, "a sealed file takes no more bytes")
    guard state == .writing else { throw .system(path: path, .write, code: EIO) }
    size += bytes.count
    if bytes.count >= bufferSize {
      try flush()
      try attempt { () throws(FileFailure) in try System.write(descriptor, partialPath, bytes) }
    } else {
      unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
      if buffer.count >= bufferSize { try flush() }
    }
  }

  /// Appends `bytes`.
  package func write(_ bytes: [UInt8]) throws(FileFailure) {
    try write(bytes.span)
  }

  /// Replaces bytes that were written before, for a header whose fields are known last.
  package func overwrite(at offset: Int, _ bytes: [UInt8]) throws(FileFailure) {
    precondition(
      state == .writing && offset >= 0 && offset <= size - bytes.count,
      "only bytes already written can be replaced")
    try flush()
    try attempt { () throws(FileFailure) in
      try System.write(descriptor, partialPath, bytes.span, at: offset)
    }
  }

  /// Syncs all bytes; they can then be read back at ``partialPath`` before ``commit()``.
  package func seal() throws(FileFailure) {
    if state == .sealed { return }
    guard state == .writing else { throw .system(path: path, .sync, code: EIO) }
    try flush()
    try attempt { () throws(FileFailure) in try System.sync(descriptor, partialPath) }
    state = .sealed
  }

  /// Seals, renames over ``path`` and syncs the directory.
  ///
  /// When it throws before the rename, the old file still stands. When only the directory's sync
  /// fails, the new file stands and may not outlast a power loss.
  package func commit() throws(FileFailure) {
    try rename()
    try Directory.sync(Directory.parent(of: path))
  }

  /// Seals and renames several files of one directory, then syncs it once.
  package static func commit(_ files: [AtomicFile]) throws(FileFailure) {
    for file in files { try file.seal() }
    for file in files { try file.rename() }
    for directory in Set(files.map { Directory.parent(of: $0.path) }) {
      try Directory.sync(directory)
    }
  }

  /// Gives up and removes the partial file; after ``commit()`` nothing happens.
  package func cancel() {
    if descriptor >= 0 {
      System.close(descriptor)
      descriptor = -1
    }
    guard state != .committed else { return }
    state = .failed
    buffer = []
    // Best effort: what stays is garbage by its name.
    _ = unsafe unlink(partialPath)
  }

  private func rename() throws(FileFailure) {
    try seal()
    do throws(FileFailure) {
      try System.rename(partialPath, path)
    } catch {
      cancel()
      throw error
    }
    state = .committed
    cancel()
  }

  private func flush() throws(FileFailure) {
    guard !buffer.isEmpty else { return }
    // Taken out while its span is lent, so that its memory is reused and not copied.
    var bytes: [UInt8] = []
    swap(&bytes, &buffer)
    try attempt { () throws(FileFailure) in
      try System.write(descriptor, partialPath, bytes.span)
    }
    bytes.removeAll(keepingCapacity: true)
    buffer = bytes
  }

  /// Runs one step; a failure ends this writer for good and removes the `.partial`.
  private func attempt(_ step: () throws(FileFailure) -> Void) throws(FileFailure) {
    do {
      try step()
    } catch {
      cancel()
      throw error
    }
  }

  /// Writes `bytes` as the whole file at `path`, durably.
  package static func write(
    _ bytes: [UInt8], to path: String, mode: UInt32 = 0o644
  ) throws(FileFailure) {
    let file = try AtomicFile(path: path, mode: mode)
    try file.write(bytes)
    try file.commit()
  }
}
