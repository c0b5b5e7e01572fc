internal import Foundation

/// The system calls of this module, each turned into a value or a ``FileFailure``.
enum System {
  static func open(
    _ path: String, _ flags: Int32, mode: mode_t = 0
  ) throws(FileFailure) -> Int32 {
    while true {
      let descriptor = unsafe Foundation.open(path, flags, mode)
      if descriptor >= 0 { return descriptor }
      let code = errno
      if code != EINTR {
        throw .system(path: path, flags & O_CREAT == 0 ? .open : .create, code: code)
      }
    }
  }

  /// A new file in `directory` that has no name, or `nil` where there are none such.
  static func openNameless(_ directory: String, mode: mode_t) -> Int32? {
    #if os(Linux)
      // O_TMPFILE, which is no plain constant in the C headers.
      let flags = O_RDWR | O_CLOEXEC | O_DIRECTORY | 0o20_000_000
      let descriptor = unsafe Foundation.open(directory, flags, mode)
      guard descriptor >= 0 else { return nil }
      // It gets its name by the one it has there.
      if Directory.holds(path(of: descriptor)) { return descriptor }
      close(descriptor)
    #endif
    return nil
  }

  /// A path that leads to an open file, whether or not it has a name.
  static func path(of descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  /// A path by which other programs of this user reach an open file of this process, as long as it is open.
  static func path(forOthersOf descriptor: Int32) -> String { "/proc/\(getpid())/fd/\(descriptor)" }

  /// Gives an open file without a name one, which nothing may have.
  static func link(_ descriptor: Int32, to path: String) throws(FileFailure) {
    guard
      unsafe linkat(
        AT_FDCWD, Self.path(of: descriptor), AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
    else { throw .system(path: path, .create, code: errno) }
  }

  /// Gives a file a second name, which nothing may have.
  static func link(_ old: String, to path: String) throws(FileFailure) {
    guard unsafe Foundation.link(old, path) == 0 else {
      throw .system(path: path, .create, code: errno)
    }
  }

  /// How many files this process may have open at once.
  static var limitOfOpenFiles: Int { max(0, sysconf(Int32(_SC_OPEN_MAX))) }

  /// Closes without a report: every byte that matters was synced before.
  static func close(_ descriptor: Int32) {
    _ = Foundation.close(descriptor)
  }

  static func stamp(_ descriptor: Int32, _ path: String) throws(FileFailure) -> OpenFile.Stamp {
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0 else {
      throw .system(path: path, .inspect, code: errno)
    }
    #if canImport(Darwin)
      let modified = info.st_mtimespec
    #else
      let modified = info.st_mtim
    #endif
    return OpenFile.Stamp(
      size: Int(info.st_size), device: UInt64(truncatingIfNeeded: info.st_dev),
      inode: UInt64(truncatingIfNeeded: info.st_ino), modifiedSeconds: modified.tv_sec,
      modifiedNanoseconds: modified.tv_nsec, isRegular: info.st_mode & S_IFMT == S_IFREG)
  }

  /// Reads until `count` bytes came or the file ended; the caller has checked the range.
  static func pread(
    _ descriptor: Int32, _ path: String, _ buffer: inout [UInt8], at start: Int, count: Int,
    from offset: Int
  ) throws(FileFailure) -> Int {
    try fill(count, path) { done in
      unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Foundation.pread(
          descriptor, bytes.baseAddress.map { unsafe $0 + start + done }, count - done,
          off_t(offset + done))
      }
    }
  }

  /// Reads what comes next into `buffer`, which has room; gives how many bytes, 0 at the end.
  static func read(
    _ descriptor: Int32, _ path: String, _ buffer: inout [UInt8]
  ) throws(FileFailure) -> Int {
    while true {
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Foundation.read(descriptor, bytes.baseAddress, bytes.count)
      }
      if got >= 0 { return got }
      let code = errno
      if code != EINTR { throw .system(path: path, .read, code: code) }
    }
  }

  /// Reads what comes next until `count` bytes came or the end; the caller has checked the range.
  static func read(
    _ descriptor: Int32, _ path: String, _ buffer: inout [UInt8], at start: Int, count: Int
  ) throws(FileFailure) -> Int {
    try fill(count, path) { done in
      unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Foundation.read(
          descriptor, bytes.baseAddress.map { unsafe $0 + start + done }, count - done)
      }
    }
  }

  /// Calls `step`, which reads on after so many bytes, until `count` came or the end.
  private static func fill(
    _ count: Int, _ path: String, _ step: (_ done: Int) -> Int
  ) throws(FileFailure) -> Int {
    var done = 0
    while done < count {
      let got = step(done)
      if got > 0 {
        done += got
      } else if got == 0 {
        return done
      } else {
        let code = errno
        if code != EINTR { throw .system(path: path, .read, code: code) }
      }
    }
    return done
  }

  /// Up to `count` of the bytes that come next; fewer only at the end.
  static func read(
    _ descriptor: Int32, _ path: String, upTo count: Int
  ) throws(FileFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = try read(descriptor, path, &bytes, at: 0, count: count)
    bytes.removeLast(count - got)
    return bytes
  }

  /// Another descriptor of an open file, not left to programs that are started.
  static func duplicate(_ descriptor: Int32, _ path: String) throws(FileFailure) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw .system(path: path, .open, code: errno) }
    return copy
  }

  /// Writes all of `bytes`, at `offset` or, when that is `nil`, at the descriptor's own place.
  static func write(
    _ descriptor: Int32, _ path: String, _ bytes: RawSpan, at offset: Int? = nil
  ) throws(FileFailure) {
    var done = 0
    while done < bytes.byteCount {
      let wrote = unsafe bytes.withUnsafeBytes { raw in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: raw[done...])
        return if let offset {
          unsafe pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
        } else {
          unsafe Foundation.write(descriptor, rest.baseAddress, rest.count)
        }
      }
      if wrote > 0 {
        done += wrote
      } else {
        let code = wrote == 0 ? ENOSPC : errno
        if code != EINTR { throw .system(path: path, .write, code: code) }
      }
    }
  }

  /// Writes all of `bytes`, at `offset` or at the descriptor's own place.
  static func write(
    _ descriptor: Int32, _ path: String, _ bytes: Span<UInt8>, at offset: Int? = nil
  ) throws(FileFailure) {
    try write(descriptor, path, unsafe bytes.bytes, at: offset)
  }

  /// Takes the advisory lock (`flock`) of an open file, until it is closed.
  static func lock(
    _ descriptor: Int32, _ path: String, waiting: Bool
  ) throws(FileFailure) {
    while flock(descriptor, waiting ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      if code == EWOULDBLOCK { throw .locked(path: path) }
      throw .system(path: path, .lock, code: code)
    }
  }

  /// Whether `path` itself, no link that leads there, names the open file.
  static func isAt(_ path: String, _ descriptor: Int32) throws(FileFailure) -> Bool {
    var named = stat()
    var opened = stat()
    guard unsafe fstat(descriptor, &opened) == 0 else {
      throw .system(path: path, .inspect, code: errno)
    }
    guard unsafe lstat(path, &named) == 0 else {
      if errno == ENOENT { return false }
      throw .system(path: path, .inspect, code: errno)
    }
    return named.st_dev == opened.st_dev && named.st_ino == opened.st_ino
  }

  static func sync(_ descriptor: Int32, _ path: String) throws(FileFailure) {
    while fsync(descriptor) != 0 {
      let code = errno
      if code != EINTR { throw .system(path: path, .sync, code: code) }
    }
  }

  static func rename(_ old: String, _ new: String) throws(FileFailure) {
    guard unsafe Foundation.rename(old, new) == 0 else {
      throw .system(path: new, .rename, code: errno)
    }
  }

  static func remove(_ path: String) throws(FileFailure) {
    guard unsafe unlink(path) == 0 else { throw .system(path: path, .remove, code: errno) }
  }
}
