package import LedgerCrypto

/// A checkpoint that its log signed; only verification makes one.
package struct VerifiedCheckpoint: Hashable, Sendable {
  /// What the log signed.
  package let checkpoint: Checkpoint

  /// The note around it, with the signatures that verified.
  package let note: VerifiedNote

  /// The name of the log.
  package var origin: KeyName { checkpoint.origin }

  /// The size and root of its tree.
  package var head: TreeHead { checkpoint.head }

  /// The number of entries.
  package var size: TreeSize { checkpoint.size }

  /// The root over all of them.
  package var root: Digest { checkpoint.root }

  /// Verifies a note as a checkpoint of the log that one of `keys` belongs to.
  ///
  /// Only keys whose name is the origin count: one log's key says nothing about another log.
  ///
  /// - Parameters:
  ///   - note: The signed checkpoint.
  ///   - keys: The trusted log keys, type 01.
  ///   - acceptingExtensions: Whether lines may follow the root.
  /// - Throws: ``CheckpointError``: ``CheckpointError/unknownLog(_:)`` when no key has the origin's
  ///   name, ``CheckpointError/note(_:)`` when the signature is missing or not valid.
  package init(
    verifying note: SignedNote, with keys: [NoteVerifierKey], acceptingExtensions: Bool = false
  ) throws(CheckpointError) {
    checkpoint = try Checkpoint(
      parsing: note.text, acceptingExtensions: acceptingExtensions)
    let origin = checkpoint.origin
    let keys = keys.filter { $0.name == origin && $0.algorithm == .ed25519 }
    guard !keys.isEmpty else { throw .unknownLog(origin) }
    do {
      self.note = try note.verify(with: keys)
    } catch {
      throw .note(error)
    }
  }
}
