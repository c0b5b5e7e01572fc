internal import Foundation

/// A whole regular file mapped for reading.
///
/// For files that winnow itself wrote and replaces only by renaming (a renamed-over file stays whole
/// for who has it open). **A mapping of a file that somebody else truncates ends the process with
/// `SIGBUS`** when a page past the new end is touched: loud, and never a wrong answer. Inside the
/// last page a truncation would read as zeros instead; ``withSpan(_:)`` therefore compares the file's
/// size and time of change afterwards and refuses. Files of other owners (shards, lists) are read
/// through ``OpenFile`` or ``ByteSource``, which copy and cannot be hit.
@safe
package final class MappedFile {
  private let file: OpenFile
  private let base: UnsafeMutableRawPointer?

  /// Maps the file at `path`, which must be a regular one; an empty file maps to an empty span.
  package init(path: String) throws(FileFailure) {
    file = try OpenFile(path: path)
    if file.size == 0 {
      unsafe base = nil
    } else {
      unsafe base = try file.map()
    }
  }

  deinit {
    if let base = unsafe base { unsafe munmap(base, file.size) }
  }

  /// Bytes in the file.
  package var size: Int { file.size }

  /// Lends the file's bytes to `body`, then refuses if the file changed in between.
  package func withSpan<Result>(
    _ body: (Span<UInt8>) throws(FileFailure) -> Result
  ) throws(FileFailure) -> Result {
    try withSpan(of: 0..<size, body)
  }

  /// Lends the bytes of `range` to `body`, then refuses if the file changed in between.
  package func withSpan<Result>(
    of range: Range<Int>, _ body: (Span<UInt8>) throws(FileFailure) -> Result
  ) throws(FileFailure) -> Result {
    guard range.lowerBound >= 0, range.upperBound <= size else {
      throw .outOfBounds(path: file.path)
    }
    let bytes = unsafe UnsafeBufferPointer(
      start: base?.assumingMemoryBound(to: UInt8.self), count: size)
    let result = try body(unsafe bytes.span.extracting(range))
    try file.checkUnchanged()
    return result
  }
}

extension OpenFile {
  /// Maps the whole file, which is not empty.
  fileprivate func map() throws(FileFailure) -> UnsafeMutableRawPointer {
    let base = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let base = unsafe base, unsafe base != MAP_FAILED else {
      throw .system(path: path, .map, code: errno)
    }
    return unsafe base
  }
}
