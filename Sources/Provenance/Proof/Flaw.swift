package import LedgerCrypto
package import SetCommitment
package import TransparencyLog

/// What is wrong with a bundle, as the check that failed found it.
package enum Flaw: Hashable, Sendable {
  /// The bytes are no bundle.
  case unreadable(BundleError)
  /// One claim is made twice.
  case claimTwice

  /// The checkpoint is no signed note of the log that the bundle names.
  case notACheckpoint
  /// The checkpoint is of another log than the bundle names.
  case checkpointOfOtherLog
  /// The checkpoint does not hold under the policy.
  case checkpoint(CheckpointError)
  /// The log key that counts at the checkpoint's size has not signed it.
  case otherLogKey

  /// An entry is not in the tree of the checkpoint.
  case notIncluded(UInt64, ProofError)
  /// The bytes in the log are no entry.
  case notAnEntry(UInt64, EventError)
  /// A signature does not hold, or nothing in the bundle brings its key.
  case signature(UInt64, key: Digest)
  /// A complete log without an entry.
  case noEntries
  /// A complete log without the entry of this sequence.
  case entryMissing(UInt64)
  /// The entries of a complete log have another root than the checkpoint.
  case entriesDiffer(count: Int, covered: UInt64)
  /// An entry breaks a rule.
  case rule(ReplayFailure)
  /// An entry is of another ledger than the bundle names.
  case otherLedger(UInt64)
  /// The ledger is not the one that the verifier pinned.
  case ledgerNotPinned

  /// The ledger says that a pinned key is this actor's.
  case pinOfOther(ActorName)
  /// A complete ledger does not have the key that was pinned for this actor.
  case pinUnknown(ActorName)

  /// Nothing in the bundle names the attachment.
  case attachmentNotNamed(Digest)
  /// The bytes beside the bundle are not those of the attachment.
  case attachmentAltered(Digest)
  /// A complete log names an open attachment that is not in the bundle.
  case attachmentMissing(UInt64, field: String)
  /// The open members of a set have another root than an event states.
  case membersDiffer(UInt64)

  /// A claim is about an entry that is not in the bundle.
  case notInBundle(UInt64)
  /// A claim is about a release, and the entry publishes none.
  case notARelease(UInt64)
  /// The witness of a lookup does not hold.
  case witness(WitnessFailure)
  /// The witness shows the opposite of the claim.
  case claimDiffers(isPresent: Bool)
  /// The rows under the root are not as many as the release states.
  case rowsDiffer(VersionedName)

  /// The secret is not the one that the row's dataset was registered with.
  case otherSecret
  /// The claim is about another key than the verifier's row has.
  case otherRow
  /// The entries do not agree about the columns of the dataset.
  case columnsDiffer(Name)

  /// The second release was not published as coming of the first.
  case notDerived(VersionedName, from: VersionedName)
  /// A release was published after one that comes of it.
  case parentLater(VersionedName, at: UInt64, child: VersionedName, childAt: UInt64)
  /// The bundle does not hold the witness or the lists of a transition.
  case transitionMissing
  /// The witness and the lists are of no transition between the two roots.
  case transition(TransitionRefusal)
  /// The lists of a transition cannot be read.
  case lists(TransitionListsError)
  /// The rows under the two roots are not as many as the releases state.
  case transitionRowsDiffer
  /// The transition is not the one that this release states.
  case transitionDiffers(VersionedName)

  /// A complete log has no publication of the release that files are held against.
  case releaseUnknown(VersionedName)
  /// The published manifest is none of so many files and rows.
  case manifestMalformed(VersionedName)
  /// The rows of the files have another root than the release.
  case filesOfOtherRoot(VersionedName, Tally)
  /// The files are not those of the release's manifest.
  case filesDiffer(VersionedName, FilesDifference)
}

extension Flaw: CustomStringConvertible {
  /// One sentence that says what is wrong.
  package var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .claimTwice: "The bundle makes one claim twice."
    case .notACheckpoint: "The checkpoint is not a signed note of the bundle's log."
    case .checkpointOfOtherLog: "The checkpoint is of another log than the bundle's origin."
    case .checkpoint(let error): error.description
    case .otherLogKey: "The checkpoint is not signed by the log key that counts at its size."
    case .notIncluded(let sequence, let error): "Sequence \(sequence): \(error)"
    case .notAnEntry(let sequence, let error): "Sequence \(sequence): \(error)"
    case .signature(let sequence, let key):
      "Sequence \(sequence): the signature by the key \(key.hex) is not valid, or the bundle does not hold that key."
    case .noEntries: "The bundle has no entries, and a ledger has one at least."
    case .entryMissing(let sequence): "Sequence \(sequence) is missing."
    case .entriesDiffer(let count, let covered):
      "The \(count.of("entry", "entries")) of the bundle do not have the root of the checkpoint, which covers \(covered.grouped)."
    case .rule(let failure): failure.description
    case .otherLedger(let sequence):
      "Sequence \(sequence) is of another ledger than the bundle."
    case .ledgerNotPinned: "The ledger is not the one that was pinned."
    case .pinOfOther(let actor): "The ledger says that the pinned key is \(actor)'s."
    case .pinUnknown(let actor):
      "The ledger does not have the key that was pinned for \(actor)."
    case .attachmentNotNamed(let digest):
      "The attachment \(digest) is named by no entry or claim of the bundle."
    case .attachmentAltered(let digest): "The attachment \(digest) was altered."
    case .attachmentMissing(let sequence, let field):
      "Sequence \(sequence) names an open \(field) that is not in the bundle."
    case .membersDiffer(let sequence):
      "Sequence \(sequence): the open members do not have the stated root."
    case .notInBundle(let sequence): "Sequence \(sequence) is not in the bundle."
    case .notARelease(let sequence): "Sequence \(sequence) did not publish a release."
    case .witness(let failure): failure.description
    case .claimDiffers(let isPresent):
      isPresent
        ? "The witness shows that the key is absent, and the claim says present."
        : "The witness shows that the key is present, and the claim says absent."
    case .rowsDiffer(let release):
      "The rows under the root are not those that \(release) states."
    case .otherSecret: "The secret is not the one that the dataset was registered with."
    case .otherRow: "The claim is about another key than that of your row."
    case .columnsDiffer(let dataset):
      "The bundle's entries contradict each other about the columns of \(dataset)."
    case .notDerived(let release, let parent):
      "\(release) was not published as derived from \(parent)."
    case .parentLater(let parent, let sequence, let child, let childAt):
      "\(parent) was published at sequence \(sequence), after \(child), which comes of it, at \(childAt)."
    case .transitionMissing:
      "The witness or the lists of the transition are not in the bundle."
    case .transition(let refusal): refusal.description
    case .lists(let error): error.description
    case .transitionRowsDiffer:
      "The rows under the roots are not those that the releases state."
    case .transitionDiffers(let release):
      "The transition is another than the one that \(release) states."
    case .releaseUnknown(let release):
      "\(release) was not published in this ledger by then."
    case .manifestMalformed(let release):
      "What \(release) was published with is no manifest of its files and rows."
    case .filesOfOtherRoot(let release, let tally):
      "The files have \(tally.rows.of("row")) under \(tally.keys.of("key")) and another root than \(release)."
    case .filesDiffer(let release, let difference):
      "These are not the files of \(release): \(difference)."
    }
  }
}
