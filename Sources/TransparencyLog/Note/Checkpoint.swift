package import LedgerCrypto

/// The size and root of a log under its name: the text that the log signs (tlog-checkpoint 1.0.0).
///
/// Three lines: origin, size in decimal, root in base64; extension lines may follow.
package struct Checkpoint: Hashable, Sendable {
  /// The name of the log, and of the key that signs for it.
  package let origin: KeyName

  /// The size and root of its tree; size 0 has the empty root.
  package let head: TreeHead

  /// Further lines without their newlines; none unless the parser was told to take them.
  package let extensionLines: [[UInt8]]

  /// The number of entries.
  package var size: TreeSize { head.size }

  /// The root over all of them.
  package var root: Digest { head.root }

  /// Names the head of a log.
  ///
  /// - Throws: ``CheckpointError/emptyTreeWithRoot`` for a size of 0 with another root than the
  ///   empty one.
  package init(origin: KeyName, head: TreeHead) throws(CheckpointError) {
    try self.init(origin: origin, head: head, extensionLines: [])
  }

  private init(
    origin: KeyName, head: TreeHead, extensionLines: [[UInt8]]
  ) throws(CheckpointError) {
    guard head.size != .zero || head.root == TreeHash.empty else { throw .emptyTreeWithRoot }
    self.origin = origin
    self.head = head
    self.extensionLines = extensionLines
  }

  /// Parses the text of a note as a checkpoint.
  ///
  /// - Parameters:
  ///   - text: The text with its last newline, as in ``SignedNote/text``.
  ///   - acceptingExtensions: Whether lines may follow the root. Logs of this kind write none:
  ///     monitors cannot audit them.
  /// - Throws: ``CheckpointError`` for anything that is not exactly a checkpoint.
  package init(
    parsing text: [UInt8], acceptingExtensions: Bool = false
  ) throws(CheckpointError) {
    guard text.last == 0x0a else { throw .missingLine }
    let lines = text.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false)
    guard lines.count >= 3 else { throw .missingLine }
    guard let origin = KeyName(bytes: lines[0]) else { throw .invalidOrigin }
    guard let size = TreeSize(decimal: lines[1]) else { throw .invalidSize }
    guard let data = Base64.decode(lines[2]), let root = Digest(bytes: data) else {
      throw .invalidRoot
    }
    guard lines.count == 3 || acceptingExtensions else { throw .extensionLines }
    guard !lines.dropFirst(3).contains(where: \.isEmpty) else { throw .emptyExtensionLine }
    try self.init(
      origin: origin, head: TreeHead(size: size, root: root),
      extensionLines: lines.dropFirst(3).map { Array($0) })
  }

  /// The bytes to sign: the lines, each with its newline.
  package var text: [UInt8] {
    var output = origin.bytes
    output += Array("\n\(size)\n\(root.base64)\n".utf8)
    for line in extensionLines { output += line + [0x0a] }
    return output
  }

  /// Signs the checkpoint with the log's key.
  ///
  /// - Throws: ``CheckpointError/signerIsNotOrigin(_:)`` when the key has another name than the log,
  ///   or ``CheckpointError/note(_:)`` when signing fails.
  package func signed(by signer: NoteSigner) throws(CheckpointError) -> SignedNote {
    guard signer.verifierKey.name == origin else {
      throw .signerIsNotOrigin(signer.verifierKey.name)
    }
    do {
      return try SignedNote(signing: text, by: [signer])
    } catch {
      throw .note(error)
    }
  }
}
