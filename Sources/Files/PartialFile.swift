internal import Foundation

/// The `.partial` behind an ``AtomicFile``: removed when it goes, unless it was renamed.
struct PartialFile: ~Copyable {
  private enum State { case writing, sealed, renamed, failed }

  private(set) var size = 0
  private let path: String
  private let bufferSize: Int
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var state = State.writing

  /// Takes over an open descriptor from ``open(_:mode:)``.
  init(path: String, descriptor: Int32, bufferSize: Int) {
    self.path = path
    self.descriptor = descriptor
    self.bufferSize = bufferSize
  }

  /// Makes an empty file at `path` and locks it, in place of what a killed writer left there.
  ///
  /// Whoever holds the lock alone writes, renames or removes the name: two writers of one file would
  /// otherwise rename each other's unfinished bytes. Another writer is waited for, or refused as
  /// ``FileFailure/locked(path:)``.
  static func open(_ path: String, mode: UInt32, waiting: Bool) throws(FileFailure) -> Int32 {
    while true {
      if let descriptor = try make(path, mode: mode, waiting: waiting) { return descriptor }
      try clear(path, waiting: waiting)
    }
  }

  /// A new and locked file, or `nil` when there is one, or somebody took this one for garbage.
  private static func make(
    _ path: String, mode: UInt32, waiting: Bool
  ) throws(FileFailure) -> Int32? {
    let descriptor: Int32
    do throws(FileFailure) {
      descriptor = try System.open(
        path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode: mode_t(mode))
    } catch  where error.code == EEXIST {
      return nil
    }
    do throws(FileFailure) {
      try System.lock(descriptor, path, waiting: waiting)
      if try System.isAt(path, descriptor) { return descriptor }
    } catch {
      System.close(descriptor)
      throw error
    }
    System.close(descriptor)
    return nil
  }

  /// Takes a file away that nobody writes.
  private static func clear(_ path: String, waiting: Bool) throws(FileFailure) {
    let descriptor: Int32
    do throws(FileFailure) {
      // Never through a link: what it leads to is no writer's.
      descriptor = try System.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    } catch  where error.isMissing {
      return
    } catch  where error.code == ELOOP || error.code == EACCES {
      return try System.remove(path)
    }
    defer { System.close(descriptor) }
    try System.lock(descriptor, path, waiting: waiting)
    if try System.isAt(path, descriptor) { try System.remove(path) }
  }

  deinit {
    if descriptor >= 0 { System.close(descriptor) }
    // Best effort: what stays is garbage by its name.
    if state == .writing || state == .sealed { _ = unsafe unlink(path) }
  }

  mutating func write(_ bytes: RawSpan) throws(FileFailure) {
    precondition(state == .writing || state == .failed, "a sealed file takes no more bytes")
    guard state == .writing else { throw .system(path: path, .write, code: EIO) }
    size += bytes.byteCount
    if bytes.byteCount >= bufferSize {
      try flush()
      do throws(FileFailure) {
        try System.write(descriptor, path, bytes)
      } catch {
        cancel()
        throw error
      }
    } else {
      unsafe bytes.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
      if buffer.count >= bufferSize { try flush() }
    }
  }

  mutating func overwrite(at offset: Int, _ bytes: [UInt8]) throws(FileFailure) {
    precondition(
      state == .writing && offset >= 0 && offset <= size - bytes.count,
      "only bytes already written can be replaced")
    try flush()
    do throws(FileFailure) {
      try System.write(descriptor, path, bytes.span, at: offset)
    } catch {
      cancel()
      throw error
    }
  }

  mutating func seal() throws(FileFailure) {
    if state == .sealed { return }
    guard state == .writing else { throw .system(path: path, .sync, code: EIO) }
    try flush()
    do throws(FileFailure) {
      try System.sync(descriptor, path)
    } catch {
      cancel()
      throw error
    }
    state = .sealed
  }

  mutating func rename(to target: String) throws(FileFailure) {
    try seal()
    do throws(FileFailure) {
      try System.rename(path, target)
    } catch {
      cancel()
      throw error
    }
    state = .renamed
    cancel()
  }

  mutating func cancel() {
    if descriptor >= 0 {
      System.close(descriptor)
      descriptor = -1
    }
    guard state != .renamed else { return }
    if state != .failed { _ = unsafe unlink(path) }
    state = .failed
    buffer = []
  }

  private mutating func flush() throws(FileFailure) {
    guard !buffer.isEmpty else { return }
    // Taken out while its span is lent, so that its memory is reused and not copied.
    var bytes: [UInt8] = []
    swap(&bytes, &buffer)
    do throws(FileFailure) {
      try System.write(descriptor, path, bytes.span)
    } catch {
      cancel()
      throw error
    }
    bytes.removeAll(keepingCapacity: true)
    buffer = bytes
  }
}
