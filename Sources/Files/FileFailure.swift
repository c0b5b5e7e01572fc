internal import Foundation

/// Why the file system, or a file's framing, stopped us.
///
/// Paths are those that the caller gave; no content of a file is ever carried.
package enum FileFailure: Error, Hashable, Sendable {
  /// A system call failed with this `errno`.
  case system(path: String, Operation, code: Int32)
  /// A file was asked for as a whole and holds more than `limit` bytes.
  case tooLarge(path: String, limit: Int)
  /// A pipe, or standard input, holds more than `limit` bytes.
  case pipeTooLarge(path: String, limit: Int)
  /// A file's size, place or time of change moved while it was being read.
  case changed(path: String)
  /// A path that must name a regular file names a directory, pipe or device.
  case notRegular(path: String)
  /// One record is longer than `limit` bytes.
  case recordTooLong(path: String, limit: Int)
  /// A file in gzip framing is damaged.
  case gzip(path: String, GzipFlaw)
  /// A file of zstd frames is damaged, or asks for more than is given.
  case zstd(path: String, ZstdFlaw)
  /// Bytes were asked for past a file's end.
  case outOfBounds(path: String)
  /// Another process holds the lock on this file.
  case locked(path: String)
  /// A program that was to give bytes did not.
  case program(String, ProgramFlaw)

  /// What was being done.
  package enum Operation: String, Hashable, Sendable {
    case open, read, write, sync, rename, remove, create, map, inspect, lock, list
  }

  /// What is wrong with a gzip stream (RFC 1952).
  package enum GzipFlaw: String, Hashable, Sendable {
    case truncated = "ends in the middle of a member"
    case damaged = "is damaged: its checksum, length or codes are wrong"
    case trailingBytes = "has bytes after its last member that are not gzip"
  }

  /// What is wrong with zstd frames (RFC 8878).
  package enum ZstdFlaw: String, Hashable, Sendable {
    case truncated = "ends in the middle of a frame; fetch or compress it again"
    case damaged =
      "is damaged: its checksum, length or codes are wrong; fetch or compress it again"
    case trailingBytes =
      "has bytes after its last frame that are not zstd; fetch or compress it again"
    case window =
      "needs a window of more than 128 MiB to decompress; compress it again at an ordinary level, without a long window"
    case dictionary = "was compressed with a dictionary; compress it again without one"
  }

  /// Why a program gave no bytes, or not all.
  package enum ProgramFlaw: Hashable, Sendable {
    case notStarted
    /// It ended with another exit code than 0, or by a signal (128 and its number); which of the phrases
    /// that it was asked for it said, if any.
    case failed(Int?, code: Int32)
    /// It wrote more than it may.
    case tooMuch
    /// The caller stopped it.
    case stopped
  }

  /// The `errno` of the failed call, or `nil` when no call failed.
  package var code: Int32? {
    if case .system(_, _, let code) = self { code } else { nil }
  }

  /// Whether the file or directory is not there.
  package var isMissing: Bool { code == ENOENT }
}

extension FileFailure: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .system(let path, let operation, let code):
      "Cannot \(operation.rawValue) \(path): \(Self.advice(code))."
    case .tooLarge(let path, let limit):
      "\(path) is larger than such a file may be, \(Self.size(limit)); check that it is the one meant."
    case .pipeTooLarge(let path, let limit):
      "\(path) holds more than the \(Self.size(limit)) that are read from a pipe; write it to a file, and give the path of that."
    case .changed(let path):
      "\(path) changed while it was being read; stop whatever writes to it, then run this again."
    case .notRegular(let path):
      "\(path) is not a regular file; give the path of a file."
    case .recordTooLong(let path, let limit):
      "\(path) has a record longer than \(Self.size(limit)); check its quotes and line ends."
    case .gzip(let path, let flaw):
      "\(path) \(flaw.rawValue); fetch or compress it again."
    case .zstd(let path, let flaw): "\(path) \(flaw.rawValue)."
    case .outOfBounds(let path):
      "\(path) is shorter than its own header says; fetch or build it again."
    case .locked(let path):
      "Another process is at work on \(path); wait for it to end, then run this again."
    case .program(let name, .notStarted):
      "\(name) cannot be started; check that it is a program for this machine."
    case .program(let name, .failed(_, let code)):
      "\(name) ended with exit code \(code) before its work was done; run it by itself to see why."
    case .program(let name, .tooMuch):
      "\(name) wrote more than was asked of it; check which program that is."
    case .program(let name, .stopped): "\(name) was stopped; run this again when it suits."
    }
  }

  /// A limit of this program, which is a round number of bytes.
  private static func size(_ bytes: Int) -> String {
    if bytes >= 1 << 20, bytes.isMultiple(of: 1 << 20) { return "\(bytes >> 20) MiB" }
    if bytes >= 1 << 10, bytes.isMultiple(of: 1 << 10) { return "\(bytes >> 10) KiB" }
    return "\(bytes) bytes"
  }

  private static func advice(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT: "the disk is full; free some space, then run this again"
    case EFBIG: "the file would pass the size limit of this system or user; raise the limit"
    case ENOENT: "there is no such file or directory; check the path"
    case EACCES, EPERM: "permission denied; check who owns it and its mode"
    case EROFS: "the file system is read-only; choose another directory"
    case EEXIST: "it already exists; choose another name or remove it"
    case EISDIR: "it is a directory; give the path of a file"
    case ENOTDIR: "a part of the path is not a directory; check the path"
    case EMFILE, ENFILE: "too many files are open; raise the limit (ulimit -n)"
    case EIO: "the device reports an input or output error; check the disk"
    case ENAMETOOLONG: "the name is too long; choose a shorter one"
    default: "the system reports error \(code); look it up, and run this again"
    }
  }
}
