package import LedgerCrypto

/// Why a set does not become another by exactly the keys that are listed.
package enum TransitionRefusal: Error, Hashable, Sendable {
  /// The witness is malformed, or hides what decides about a listed key.
  case witness(WitnessFailure)
  /// A key is not above the one before it in its list.
  case notAscending(Digest)
  /// A key is named by two lists.
  case namedTwice(Digest)
  /// A removed key is not in the set.
  case removedAbsent(Digest)
  /// A changed key is not in the set.
  case changedAbsent(Digest)
  /// A changed key keeps its n and D.
  case changedAlike(Digest)
  /// An added key is already in the set.
  case addedPresent(Digest)
  /// A changed or added key has no rows or a D of zeros.
  case entryMalformed(SetEntry)
  /// One side of the node with this prefix is gone, and the side that moves up is not opened.
  case movedSideHidden(Digest)
  /// The rows of the set afterwards pass 2^64−1.
  case rowsOverflow
  /// The witness is of the set with this root, not of the one expected before.
  case rootBeforeDiffers(Digest)
  /// The listed keys lead to this root, not to the one expected afterwards.
  case rootAfterDiffers(Digest)
  /// Reading a list failed; the sentence is the reader's own.
  case unreadable(String)
}

extension TransitionRefusal: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .witness(let failure): failure.description
    case .notAscending(let key):
      "The listed key \(key) is not above the one before it; sort each list without repeats."
    case .namedTwice(let key):
      "The key \(key) is named by two lists; name it once, as removed, changed or added."
    case .removedAbsent(let key): "The removed key \(key) is not in the set; leave it out."
    case .changedAbsent(let key): "The changed key \(key) is not in the set; list it as added."
    case .changedAlike(let key): "The changed key \(key) keeps its rows; leave it out."
    case .addedPresent(let key): "The added key \(key) is already in the set; list it as changed."
    case .entryMalformed(let entry):
      "The listed key \(entry.key) has no rows or a D of zeros; list it as removed or mend it."
    case .movedSideHidden(let prefix):
      "The witness hides the side that moves up at prefix \(prefix); make one that opens it."
    case .rowsOverflow: "The rows afterwards pass 2^64−1; reject the lists."
    case .rootBeforeDiffers(let root):
      "The witness is of the root \(root), not of the release before; ask for the right one."
    case .rootAfterDiffers(let root):
      "The lists lead to the root \(root), not to the release after; they leave something out."
    case .unreadable(let reason): reason
    }
  }
}
