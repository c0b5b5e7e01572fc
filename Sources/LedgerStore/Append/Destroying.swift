internal import Files
package import LedgerCrypto

extension Ledger {
  /// Where the data key of a sealed attachment is kept, if it is.
  package func dataKeyPath(_ digest: Digest) -> String {
    "\(directory)/secrets/attachment-\(digest.hex)"
  }

  /// What is kept of an attachment: its bytes and its data key.
  package func remains(of digest: Digest) -> [String] {
    [attachmentPath(digest), dataKeyPath(digest)].filter { Directory.holds($0) }
  }

  /// Destroys the bytes and the data key of an attachment that an event erased, durably.
  ///
  /// The data key goes first: sealed bytes without it say nothing.
  ///
  /// - Returns: whether there was anything left to destroy.
  @discardableResult
  package func destroy(_ digest: Digest) throws -> Bool {
    try checkWritable()
    let remains = remains(of: digest)
    for path in remains.reversed() { try Directory.remove(file: path) }
    return !remains.isEmpty
  }
}
