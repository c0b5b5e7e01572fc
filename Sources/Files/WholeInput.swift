internal import Foundation

/// What a user names as input, read as a whole: a regular file, a pipe such as `<(command)` makes,
/// or standard input.
package enum WholeInput {
  /// The bytes of the regular file or the pipe at `path`.
  ///
  /// A pipe is read to its end, and can be read once. What is neither is refused, so that no device
  /// is read without an end.
  ///
  /// - Parameters:
  ///   - path: symbolic links are followed.
  ///   - limit: the most bytes of a file.
  ///   - pipeLimit: the most bytes of a pipe, whose size nobody knows before; `limit` by default.
  /// - Returns: the bytes, from the first to the end.
  /// - Throws: ``FileFailure``, ``FileFailure/tooLarge(path:limit:)`` and
  ///   ``FileFailure/pipeTooLarge(path:limit:)`` among them.
  package static func read(
    _ path: String, maxBytes limit: Int, pipeBytes pipeLimit: Int? = nil
  ) throws(FileFailure) -> [UInt8] {
    guard isPipe(path) else { return try OpenFile.readAll(path, maxBytes: limit) }
    let descriptor = try System.open(path, O_RDONLY | O_CLOEXEC)
    defer { System.close(descriptor) }
    return try readToEnd(descriptor, path, maxBytes: pipeLimit ?? limit)
  }

  /// The content of a regular file, a pipe, or standard input under the name `-`, unpacked, up to
  /// `limit`.
  package static func readUnpacked(
    _ path: String, maxBytes limit: Int
  ) throws(FileFailure) -> [UInt8] {
    let source = try ByteSource(input: path)
    var bytes: [UInt8] = []
    var chunk = ByteSource.Chunk()
    while try source.next(into: &chunk, boundary: { $0.count }) {
      guard chunk.count <= limit - bytes.count else {
        throw .pipeTooLarge(path: source.path, limit: limit)
      }
      bytes.append(contentsOf: chunk.storage[..<chunk.count])
    }
    return bytes
  }

  /// The bytes of standard input, whatever it is, up to `limit`.
  package static func readStandardInput(maxBytes limit: Int) throws(FileFailure) -> [UInt8] {
    try readToEnd(0, "Standard input", maxBytes: limit)
  }

  /// Whether a pipe, named or not, is at `path`.
  package static func isPipe(_ path: String) -> Bool {
    var info = stat()
    return unsafe stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFIFO
  }

  private static func readToEnd(
    _ descriptor: Int32, _ path: String, maxBytes limit: Int
  ) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = try System.read(descriptor, path, &buffer)
      if got == 0 { return bytes }
      guard got <= limit - bytes.count else { throw .pipeTooLarge(path: path, limit: limit) }
      bytes.append(contentsOf: buffer[..<got])
    }
  }
}
