package import LedgerCrypto

/// A checked transition: the release with one root became that with the other by the listed keys
/// and nothing else.
package struct Transition: Hashable, Sendable {
  /// The root that the witness is of.
  package let rootBefore: Digest
  /// The rows before.
  package let rowsBefore: UInt64
  /// The root after the listed keys were removed, changed and added.
  package let rootAfter: Digest
  /// The rows after.
  package let rowsAfter: UInt64
  /// How many keys were removed.
  package let removedKeys: UInt64
  /// How many keys were changed.
  package let changedKeys: UInt64
  /// How many keys were added.
  package let addedKeys: UInt64
  /// The rows of the removed keys.
  package let removedRows: UInt64
  /// The rows of the added keys.
  package let addedRows: UInt64

  /// Reads `witness` and the lists once, and computes both roots.
  ///
  /// Memory: a path of at most 256 nodes for the set before, and one for the set after. Cost: two
  /// SHA-256 blocks for each opened part, and again for each that is not in both sets. Transitions are
  /// of releases: the lists cannot hold the D of zeros that an entry set has throughout.
  package static func check(
    _ witness: consuming WitnessBytes, _ lists: TransitionStream
  ) throws(TransitionRefusal) -> Transition {
    var checker = TransitionChecker(witness, try TransitionMerge(lists))
    return try checker.run()
  }

  /// Checks that the lists lead from one root to the other.
  package static func check(
    _ witness: consuming WitnessBytes, _ lists: TransitionStream, from rootBefore: Digest,
    to rootAfter: Digest
  ) throws(TransitionRefusal) -> Transition {
    let transition = try check(witness, lists)
    guard transition.rootBefore == rootBefore else {
      throw .rootBeforeDiffers(transition.rootBefore)
    }
    guard transition.rootAfter == rootAfter else { throw .rootAfterDiffers(transition.rootAfter) }
    return transition
  }
}
