package import LedgerCrypto

/// Why bytes are not a witness, or do not decide what was asked.
package enum WitnessFailure: Error, Hashable, Sendable {
  /// The bytes end within the tree.
  case truncated
  /// Bytes follow the tree.
  case trailingBytes
  /// A part begins with a byte other than 00, 01, 02 and 03.
  case unknownTag(UInt8)
  /// An empty set stands below a node.
  case emptyBelowNode
  /// A leaf or an opaque part has no rows.
  case withoutRows
  /// A leaf or node does not extend the prefix and side of the node above.
  case misplaced(Digest)
  /// The bit of a node is not above that of the node above.
  case bitDoesNotIncrease(Int)
  /// Bits of a node's prefix are set past its length.
  case prefixTooLong(Digest)
  /// The rows add up to more than 2^64−1.
  case rowsOverflow
  /// A leaf has n or D that the kind of set forbids.
  case leafMalformed(SetEntry)
  /// The tree has another root than the one expected.
  case rootDiffers(Digest)
  /// The part of the tree that decides about the key is opaque.
  case undecided(Digest)
  /// Reading the bytes failed; the sentence is the reader's own.
  case unreadable(String)
}

extension WitnessFailure: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .truncated: "The witness ends too early; ask for it again."
    case .trailingBytes: "Bytes follow the witness; ask for it again."
    case .unknownTag(let tag):
      "A part of the witness begins with \(tag); ask for a well-formed one."
    case .emptyBelowNode:
      "The witness has an empty set below a node; it is not of a set's tree; reject the witness."
    case .withoutRows:
      "The witness has a leaf or hidden part without rows; it is not of a set's tree, so reject the witness."
    case .misplaced(let prefix):
      "The part \(prefix) of the witness stands where its prefix does not belong; reject the witness."
    case .bitDoesNotIncrease(let bit):
      "A node at bit \(bit) of the witness lies below one at that bit or later; reject the witness."
    case .prefixTooLong(let prefix):
      "The prefix \(prefix) in the witness has bits past its length; ask for a well-formed one."
    case .rowsOverflow: "The rows of the witness pass 2^64−1; reject the witness."
    case .leafMalformed(let entry):
      "The leaf of key \(entry.key) in the witness cannot be in this kind of set; reject the witness."
    case .rootDiffers(let root):
      "The witness is of the root \(root), not of the one expected; ask for one of that set."
    case .undecided(let key):
      "The witness hides what decides about key \(key); ask for one that opens it."
    case .unreadable(let reason): reason
    }
  }
}
