internal import Foundation

/// Where a user wants a result: a file, a pipe or device, or standard output under the name `-`.
///
/// Links are followed and stay. Pipes and devices are written into. A file appears whole or not at
/// all, and one that is there is kept unless it is to be replaced. Nothing inside a ledger directory
/// is ever written: its database, keys and policy lie there under names that are easily typed.
package struct OutputTarget: Hashable, Sendable {
  private enum Place: Hashable { case standardOutput, stream, file(String) }

  /// The path as the user gave it.
  package let path: String
  private let place: Place
  private let replaces: Bool

  /// Looks at `path` before any work is done for it.
  ///
  /// - Throws: ``OutputFailure``.
  package init(_ path: String, replacing: Bool = false) throws(OutputFailure) {
    self.path = path
    replaces = replacing
    if ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].contains(path) {
      place = .standardOutput
      return
    }
    let kind = Self.kind(of: path)
    if kind == S_IFIFO || kind == S_IFCHR {
      place = .stream
      return
    }
    guard kind == nil || kind == S_IFREG, !path.hasSuffix("/") else {
      throw .notAFile(path: path)
    }
    try Self.checkOutsideLedgers(path)
    guard kind == nil || replacing else { throw .exists(path: path) }
    place = .file(FollowedPath.of(path))
  }

  package var isStandardOutput: Bool { place == .standardOutput }

  /// Whether other files can lie beside it.
  package var isFile: Bool { if case .file = place { true } else { false } }

  /// Writes `bytes` as the whole result; `mode` is that of a new file, before the umask.
  package func write(_ bytes: [UInt8], mode: UInt32 = 0o644) throws {
    try write(mode: mode) { try $0.write(bytes) }
  }

  /// Writes what `body` hands over; gives how many bytes that were.
  @discardableResult
  package func write(mode: UInt32 = 0o644, _ body: (Sink) throws -> Void) throws -> Int {
    switch place {
    case .standardOutput:
      let sink = Sink(.descriptor(StandardStream.output.rawValue, name: "standard output"))
      try body(sink)
      return sink.size
    case .stream:
      // Without O_CREAT: what was a pipe a moment ago does not become a file.
      let descriptor = try System.open(path, O_WRONLY | O_CLOEXEC)
      defer { System.close(descriptor) }
      let sink = Sink(.descriptor(descriptor, name: path))
      try body(sink)
      return sink.size
    case .file(let followed):
      let file = try AtomicFile(path: followed, mode: mode)
      let sink = Sink(.file(file))
      try body(sink)
      do throws(FileFailure) {
        try file.commit(replacing: replaces)
      } catch  where error.code == EEXIST {
        throw OutputFailure.exists(path: path)
      }
      return sink.size
    }
  }

  /// What takes the bytes of a result, piece by piece.
  package final class Sink {
    fileprivate enum End {
      case descriptor(Int32, name: String)
      case file(AtomicFile)
    }

    private let end: End
    /// Bytes taken so far.
    fileprivate private(set) var size = 0

    fileprivate init(_ end: End) { self.end = end }

    package func write(_ bytes: [UInt8]) throws(FileFailure) {
      switch end {
      case .descriptor(let descriptor, let name):
        try System.write(descriptor, name, bytes.span)
      case .file(let file): try file.write(bytes)
      }
      size += bytes.count
    }
  }

  /// Refuses a path inside a ledger directory, for files and for whole directories of results.
  package static func checkOutsideLedgers(_ path: String) throws(OutputFailure) {
    var directory = AbsolutePath.of(FollowedPath.of(path))
    while true {
      if Directory.holds("\(directory)/ledger.db") {
        throw .insideLedger(path: path, ledger: directory)
      }
      if directory == "/" { return }
      directory = Directory.parent(of: directory)
    }
  }

  /// What a path leads to, links followed, or `nil` when there is nothing.
  private static func kind(of path: String) -> mode_t? {
    var info = stat()
    return unsafe stat(path, &info) == 0 ? info.st_mode & S_IFMT : nil
  }
}

/// Why a result is not written where it was asked for.
package enum OutputFailure: Error, Hashable, Sendable {
  /// Something is there and is kept.
  case exists(path: String)
  /// The place is inside a ledger directory.
  case insideLedger(path: String, ledger: String)
  /// A directory or something else that takes no bytes is there.
  case notAFile(path: String)
}

extension OutputFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .exists(let path):
      "\(path) is there already; choose another name or move it away."
    case .insideLedger(let path, let ledger):
      "\(path) lies in the ledger directory \(ledger), where the ledger alone writes; choose a place outside it."
    case .notAFile(let path):
      "\(path) is a directory or another thing that takes no bytes; give the path of a file."
    }
  }
}
