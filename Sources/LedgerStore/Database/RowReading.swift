internal import Foundation
internal import GRDB
internal import LedgerCrypto

/// Columns read without trust: a damaged file can hold any type anywhere, and GRDB's own
/// subscripts would end the process.
extension Row {
  /// The column as an integer, or `nil` when it holds anything else.
  func integer(_ index: Int) -> Int64? {
    guard index < count else { return nil }
    let value: DatabaseValue = self[index]
    if case .int64(let integer) = value.storage { return integer }
    return nil
  }

  /// The column as bytes, or `nil` when it holds no blob.
  func bytes(_ index: Int) -> [UInt8]? {
    guard index < count else { return nil }
    let value: DatabaseValue = self[index]
    if case .blob(let data) = value.storage { return [UInt8](data) }
    return nil
  }

  /// The column as a digest, or `nil` when it holds no blob of 32 bytes.
  func digest(_ index: Int) -> Digest? {
    guard index < count else { return nil }
    // By way of an array: a generic initialiser over Data's bytes costs microseconds.
    guard let bytes = bytes(index), bytes.count == 32 else { return nil }
    return Digest(bytes.span)
  }

  /// The column as text, numbers spelled in decimal; empty for anything else.
  func text(_ index: Int) -> String {
    guard index < count else { return "" }
    let value: DatabaseValue = self[index]
    switch value.storage {
    case .string(let text): return text
    case .int64(let integer): return String(integer)
    default: return ""
    }
  }

  /// What reads a text column as bytes, all of them: as text it would end at the first NUL.
  ///
  /// Anything but text is null.
  static func wholeText(_ column: String) -> String {
    "CASE typeof(\(column)) WHEN 'text' THEN CAST(\(column) AS BLOB) END"
  }

  /// The column as an integer that counts something.
  func natural(_ index: Int, _ what: String) throws -> UInt64 {
    guard let integer = integer(index), let value = UInt64(exactly: integer) else {
      throw LedgerFailure.damaged(what)
    }
    return value
  }
}

extension Digest {
  /// The 32 bytes as SQLite takes them.
  var data: Data { Data(bytes) }

  /// The first 8 bytes as a big-endian signed integer.
  var prefix: Int64 { Int64(bitPattern: words.0) }
}

extension UInt64 {
  /// As SQLite takes it; sequences and sizes lie far below 2^63.
  var stored: Int64 { Int64(clamping: self) }
}
