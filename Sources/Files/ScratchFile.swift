internal import Foundation
internal import Synchronization

/// A file without a name, for what does not fit in memory: it is gone when the last use of it ends,
/// however the process ends.
///
/// Never synced: nothing in it outlives the run that wrote it.
package final class ScratchFile: Sendable {
  private let descriptor: Int32
  private let path: String
  private let end = Mutex(0)
  /// Bytes appended so far.
  package var size: Int { end.withLock { $0 } }

  /// A path by which another program of this user reads it, as long as it is open here.
  package var pathForOthers: String { System.path(forOthersOf: descriptor) }

  /// Makes a file in `directory`, readable by its owner alone; a name that it needs at first it loses
  /// at once.
  package init(directory: String) throws(FileFailure) {
    path = TemporaryName.fresh(in: directory)
    if let nameless = System.openNameless(directory, mode: 0o600) {
      descriptor = nameless
      return
    }
    descriptor = try System.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode: 0o600)
    do throws(FileFailure) {
      try System.remove(path)
    } catch {
      System.close(descriptor)
      throw error
    }
  }

  deinit { System.close(descriptor) }

  /// Appends `values` as they lie in memory, which have no padding; gives the offset of the first.
  @discardableResult
  package func append<Value: BitwiseCopyable>(
    _ values: Span<Value>
  ) throws(FileFailure) -> Int {
    let bytes = unsafe values.bytes
    let count = bytes.byteCount
    let start = end.withLock { end in
      defer { end += count }
      return end
    }
    try System.write(descriptor, path, bytes, at: start)
    return start
  }

  /// Fills `places` of `values` from `offset` on, where values of their type were appended.
  package func read<Value: BitwiseCopyable>(
    into values: inout [Value], _ places: Range<Int>, from offset: Int
  ) throws(FileFailure) {
    precondition(
      places.lowerBound >= 0 && places.upperBound <= values.count, "the array must have room")
    let stride = MemoryLayout<Value>.stride
    let start = places.lowerBound * stride
    let count = places.count * stride
    guard offset >= 0, offset <= size, count <= size - offset else {
      throw .outOfBounds(path: path)
    }
    var done = 0
    while done < count {
      let got = unsafe values.withUnsafeMutableBytes { raw in
        unsafe pread(
          descriptor, raw.baseAddress.map { unsafe $0 + start + done }, count - done,
          off_t(offset + done))
      }
      if got > 0 {
        done += got
      } else {
        let code = got == 0 ? EIO : errno
        if code != EINTR { throw .system(path: path, .read, code: code) }
      }
    }
  }
}
