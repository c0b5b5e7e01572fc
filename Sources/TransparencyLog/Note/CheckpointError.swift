/// Why text is not a checkpoint, or not one to trust.
package enum CheckpointError: Error, Hashable, Sendable {
  /// There are fewer than three lines that end with a newline.
  case missingLine
  /// The first line is not a log's name.
  case invalidOrigin
  /// The second line is not a canonical decimal number below 2^63.
  case invalidSize
  /// The third line is not the base64 of 32 bytes.
  case invalidRoot
  /// Lines follow the root, which the logs in question never write.
  case extensionLines
  /// An extension line is empty.
  case emptyExtensionLine
  /// The size is 0 and the root is not the empty one.
  case emptyTreeWithRoot
  /// The signer's name is not the log's.
  case signerIsNotOrigin(KeyName)
  /// None of the trusted keys belongs to this log.
  case unknownLog(KeyName)
  /// The note around the checkpoint is malformed or its signatures do not hold.
  case note(NoteError)
}

extension CheckpointError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .missingLine:
      "A checkpoint has three lines: origin, size and root; give it as the log wrote it."
    case .invalidOrigin:
      "The checkpoint's first line is not the name of a log; give it as the log wrote it."
    case .invalidSize:
      "The checkpoint's second line is not a size in decimal; give it as the log wrote it."
    case .invalidRoot:
      "The checkpoint's third line is not a root in base64; give it as the log wrote it."
    case .extensionLines:
      "The checkpoint has lines after its root, which nothing here can check; do not trust it."
    case .emptyExtensionLine:
      "The checkpoint has an empty line after its root; give it as the log wrote it."
    case .emptyTreeWithRoot:
      "The checkpoint is of size 0 but its root is not that of the empty tree; do not trust it."
    case .signerIsNotOrigin(let name):
      "The key is named \(name), not after the log; sign with the log's own key."
    case .unknownLog(let origin):
      "No trusted key belongs to the log \(origin); take the policy of that log, from where you trust."
    case .note(let error): error.description
    }
  }
}
