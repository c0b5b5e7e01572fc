internal import Foundation

/// A regular file open for positional reads, closed when the last reference goes.
///
/// Reading by `pread` copies, and that is the point: a file that shrinks underneath gives an error
/// here where a mapping would end the process. Several threads may read at once.
package final class OpenFile: Sendable {
  /// The path as the caller gave it.
  package let path: String
  /// What the file was when it was opened.
  package let stamp: Stamp
  let descriptor: Int32
  /// The first bytes of what can only be read once, in its order; `nil` for a regular file.
  private let start: [UInt8]?

  /// What tells one state of a file from another without reading it.
  package struct Stamp: Hashable, Sendable {
    /// Bytes in the file, 0 or more.
    package let size: Int
    let device: UInt64
    let inode: UInt64
    /// What tells one file of this machine from another, whatever their names.
    package var place: [UInt64] { [device, inode] }
    let modifiedSeconds: Int
    let modifiedNanoseconds: Int
    let isRegular: Bool
  }

  /// Opens the file at `path`; it must be a regular one (symbolic links are followed).
  package init(path: String) throws(FileFailure) {
    let descriptor = try System.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    do throws(FileFailure) {
      let stamp = try System.stamp(descriptor, path)
      guard stamp.isRegular else { throw FileFailure.notRegular(path: path) }
      self.stamp = stamp
    } catch {
      System.close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.path = path
    start = nil
  }

  /// Opens what a user names as input: a regular file or a pipe, or standard input under the name `-`.
  ///
  /// Of what is no regular file ``read(into:at:count:from:)`` gives one byte after the other, each once
  /// and to one caller: each call goes on where the last one ended.
  package init(input path: String) throws(FileFailure) {
    let isStandardInput = path == "-"
    let descriptor =
      try isStandardInput
      ? System.duplicate(0, path) : System.open(path, O_RDONLY | O_CLOEXEC)
    do throws(FileFailure) {
      let stamp = try System.stamp(descriptor, path)
      guard isStandardInput || stamp.isRegular || WholeInput.isPipe(path) else {
        throw FileFailure.notRegular(path: path)
      }
      self.stamp = stamp
      start =
        stamp.isRegular && !isStandardInput
        ? nil : try System.read(descriptor, path, upTo: Packing.leadSize)
    } catch {
      System.close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.path = isStandardInput ? "Standard input" : path
  }

  /// Whether it can only be read once.
  package var isStream: Bool { start != nil }

  deinit { System.close(descriptor) }

  /// A path by which another program of this user reads this very file, as long as it is open here.
  package var pathForOthers: String { System.path(forOthersOf: descriptor) }

  /// Bytes in the file when it was opened.
  package var size: Int { stamp.size }

  /// Reads up to `count` bytes from `offset` on into `buffer` at `start`; gives how many came.
  ///
  /// Fewer than `count` come only at the file's end. The caller has made `buffer` long enough.
  package func read(
    into buffer: inout [UInt8], at start: Int = 0, count: Int, from offset: Int
  ) throws(FileFailure) -> Int {
    precondition(
      start >= 0 && count >= 0 && offset >= 0 && start <= buffer.count - count,
      "the buffer must have room for the bytes asked for")
    guard let first = self.start else {
      return try System.pread(descriptor, path, &buffer, at: start, count: count, from: offset)
    }
    var done = 0
    if offset < first.count {
      let early = first[offset..<min(first.count, offset + count)]
      buffer.replaceSubrange(start..<start + early.count, with: early)
      done = early.count
    }
    return done
      + (try System.read(descriptor, path, &buffer, at: start + done, count: count - done))
  }

  /// The first bytes, which tell how the file is packed; none is taken.
  func lead() throws(FileFailure) -> [UInt8] {
    if let start { return start }
    var first = [UInt8](repeating: 0, count: Packing.leadSize)
    let got = try read(into: &first, count: first.count, from: 0)
    return Array(first[..<got])
  }

  /// The `count` bytes from `offset` on, or ``FileFailure/outOfBounds(path:)``.
  ///
  /// The size of the file is looked at before anything is allocated.
  package func bytes(from offset: Int, count: Int) throws(FileFailure) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= size, count <= size - offset else {
      throw .outOfBounds(path: path)
    }
    var buffer = [UInt8](repeating: 0, count: count)
    guard try read(into: &buffer, count: count, from: offset) == count else {
      throw .changed(path: path)
    }
    return buffer
  }

  /// Refuses with ``FileFailure/changed(path:)`` when the file is no longer what was opened.
  ///
  /// What can only be read once has no earlier state to compare with.
  package func checkUnchanged() throws(FileFailure) {
    if isStream { return }
    guard try System.stamp(descriptor, path) == stamp else { throw .changed(path: path) }
  }

  /// The bytes of a small file as a whole, or ``FileFailure/tooLarge(path:limit:)``.
  package static func readAll(
    _ path: String, maxBytes limit: Int
  ) throws(FileFailure) -> [UInt8] {
    let file = try OpenFile(path: path)
    guard file.size <= limit else { throw .tooLarge(path: path, limit: limit) }
    let bytes = try file.bytes(from: 0, count: file.size)
    try file.checkUnchanged()
    return bytes
  }
}
