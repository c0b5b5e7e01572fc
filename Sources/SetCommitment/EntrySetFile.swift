package import LedgerCrypto

/// Why bytes are not a member file.
package enum EntrySetFileError: Error, Hashable, Sendable {
  /// The first line is not `winnow-set1`.
  case notAMemberFile
  /// The file ends before its count or its last key.
  case truncated
  /// Bytes follow the last key.
  case trailingBytes
  /// A key is not above the one before it.
  case notAscending(Digest)
}

extension EntrySetFileError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .notAMemberFile: "The file does not begin with winnow-set1; name a member file."
    case .truncated: "The member file ends too early; fetch it again."
    case .trailingBytes: "Bytes follow the last key of the member file; fetch it again."
    case .notAscending(let key):
      "The key \(key) of the member file is not above the one before it; write the file again."
    }
  }
}

extension EntrySet {
  private static let magic = Array("winnow-set1\n".utf8)

  /// How many bytes the member file of `count` keys has.
  package static func fileSize(of count: UInt64) -> Int {
    count < 1 << 40 ? magic.count + 8 + 32 * Int(count) : .max
  }

  /// Reads a member file: `winnow-set1` LF, u64 n, and n strictly ascending keys of 32 bytes.
  package init(file bytes: [UInt8]) throws(EntrySetFileError) {
    let start = Self.magic.count + 8
    guard bytes.starts(with: Self.magic) else { throw .notAMemberFile }
    guard bytes.count >= start else { throw .truncated }
    let count = bytes.bigEndianWord(at: Self.magic.count)
    let available = (bytes.count - start) / 32
    guard count <= UInt64(available) else { throw .truncated }
    guard count == UInt64(available), (bytes.count - start) % 32 == 0 else { throw .trailingBytes }
    var members: [Digest] = []
    members.reserveCapacity(available)
    for index in 0..<available {
      let key = bytes.digest(at: start + 32 * index)
      if let last = members.last, key <= last { throw .notAscending(key) }
      members.append(key)
    }
    self.init(ascending: members)
  }

  /// The member file.
  package var file: [UInt8] {
    var bytes = Self.magic
    bytes.reserveCapacity(bytes.count + 8 + 32 * count)
    bytes.append(bigEndian: UInt64(count))
    for key in members { key.appendWords(to: &bytes) }
    return bytes
  }
}
