internal import Files
package import LedgerCrypto

extension Ledger {
  /// Keeps bytes under their digest, durably; call it before the event that names them is admitted.
  ///
  /// Costs a few syncs, and nothing but a read when they are kept already.
  ///
  /// - Throws: ``LedgerFailure/readOnly``, or `FileFailure` when the disk refuses.
  package func putAttachment(_ bytes: [UInt8]) throws -> Digest {
    try checkWritable()
    let digest = Digest(sha256: bytes)
    if try Self.digest(ofFile: attachmentPath(digest)) == digest { return digest }
    let path = attachmentPath(digest)
    do throws(FileFailure) {
      do throws(FileFailure) {
        try Self.write(bytes, to: path)
      } catch {
        // A command that was refused may have taken away its directory, which was empty again.
        guard error.isMissing else { throw error }
        try Self.write(bytes, to: path)
      }
    } catch {
      // Another writer of the same bytes may have been first.
      guard try Self.digest(ofFile: path) == digest else { throw error }
    }
    return digest
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    try Directory.make(Directory.parent(of: path))
    try AtomicFile.write(bytes, to: path)
  }

  /// The bytes of an attachment, or `nil` when they are not kept here.
  ///
  /// At most `limit` bytes are read, by default 64 MiB.
  ///
  /// - Throws: ``LedgerFailure/attachmentDamaged(_:)``, or `FileFailure` when it is larger.
  package func attachment(_ digest: Digest, maxBytes limit: Int = 1 << 26) throws -> [UInt8]? {
    guard let file = try Self.open(attachmentPath(digest)) else { return nil }
    guard file.size <= limit else { throw FileFailure.tooLarge(path: file.path, limit: limit) }
    let bytes = try file.bytes(from: 0, count: file.size)
    guard Digest(sha256: bytes) == digest else { throw LedgerFailure.attachmentDamaged(digest) }
    return bytes
  }

  /// Whether an attachment's bytes are kept here; they are not read.
  package func hasAttachment(_ digest: Digest) throws -> Bool {
    try Self.open(attachmentPath(digest)) != nil
  }

  /// Where an attachment's bytes are kept, if they are.
  package func attachmentPath(_ digest: Digest) -> String {
    let hex = digest.hex
    return "\(directory)/attachments/\(hex.prefix(2))/\(hex)"
  }

  private static func open(_ path: String) throws -> OpenFile? {
    do {
      return try OpenFile(path: path)
    } catch {
      if error.isMissing { return nil }
      throw error
    }
  }

  /// The digest of a file of any size, or `nil` when it is not there.
  static func digest(ofFile path: String) throws -> Digest? {
    guard let file = try open(path) else { return nil }
    var hasher = SHA256()
    var buffer = [UInt8](repeating: 0, count: min(1 << 20, max(1, file.size)))
    var offset = 0
    while offset < file.size {
      let count = try file.read(
        into: &buffer, count: min(buffer.count, file.size - offset), from: offset)
      if count == 0 { break }
      hasher.update(buffer.span.extracting(0..<count))
      offset += count
    }
    return hasher.digest()
  }
}
