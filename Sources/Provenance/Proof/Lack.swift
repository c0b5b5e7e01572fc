package import LedgerCrypto
package import Rows
package import TransparencyLog

/// What was missing for a check to be made.
package enum Lack: Hashable, Sendable {
  /// No policy says which log to trust.
  case noPolicy
  /// The policy asks for this quorum of witnesses, which this version does not check.
  case witnessesUnchecked(PolicyWord)
  /// The checkpoint could not be read.
  case noCheckpoint
  /// A complete log has an entry of a kind that this version does not know.
  case unknownKind(UInt64)
  /// What needs every entry, where one could not be judged.
  case notReplayed
  /// The log's first entry, which says which ledger it is, is not in the bundle.
  case noFirstEntry
  /// An attachment's file is not beside the bundle.
  case attachmentElsewhere(Digest)
  /// The files of a transition are not beside the bundle.
  case transitionElsewhere

  /// The bundle claims nothing.
  case noClaim
  /// What failed once is not said again.
  case failedBefore
  /// The key that was pinned for this actor signed nothing in the bundle.
  case pinUnused(ActorName)
  /// A claim rests on an entry that no pinned key signed.
  case signersNotPinned(UInt64, Attribution)

  /// The verifier has a row, and no claim is about one.
  case noClaimAboutRow
  /// The row's dataset is keyed.
  case noSecret
  /// The bundle does not say which columns make the keys of this dataset.
  case noColumns(Name)
  /// The columns that make the keys are said by others than those who were pinned.
  case columnsNotPinned(KeyGrounds)
  /// The verifier's row has no key.
  case noKey(RowKey.Failure)

  /// The bundle does not show how the release that files are held against was published.
  case releaseNotShown(VersionedName)
  /// Digests of files are known, and the release's manifest is sealed.
  case manifestSealed(VersionedName)
  /// Digests of files are known, and the bundle does not carry the release's open manifest.
  case manifestNotShown(VersionedName)
  /// Of so many of the release's files a listing has no digest.
  case digestsUnknown(VersionedName, Int)
  /// What the files are held against is not shown.
  case filesNotRead
}

extension Lack: CustomStringConvertible {
  /// One sentence that says what is missing; which option brings it, whoever shows it can say.
  package var description: String {
    switch self {
    case .noPolicy: "Unanchored: without a policy nothing says which log key to trust."
    case .witnessesUnchecked(let quorum):
      PolicyRefusal.witnessesUnchecked(quorum).description
    case .noCheckpoint: "There is no checkpoint to prove against."
    case .unknownKind(let sequence):
      ReplayFailure(sequence, .unreadable(.unknownKind(""))).description
    case .notReplayed: "The entries could not be replayed."
    case .noFirstEntry:
      "The bundle does not hold the log's first entry, so that nothing shows which ledger it is of; ask for one that does."
    case .attachmentElsewhere(let digest):
      "The file with the attachment \(digest) is not beside the bundle."
    case .transitionElsewhere:
      "The files beside the bundle that the claim needs are missing."
    case .noClaim:
      "The bundle ends without a claim, as one does that was cut, so that there is nothing to verify."
    case .failedBefore: "An earlier check failed."
    case .pinUnused(let actor):
      "Nothing in the bundle is signed by the key that was pinned for \(actor)."
    case .signersNotPinned(let sequence, let attribution):
      "Sequence \(sequence), on which the claim rests, is \(attribution), whom you did not pin."
    case .noClaimAboutRow:
      "No claim of the bundle is about a row, so that it says nothing about yours."
    case .noSecret:
      "The dataset is keyed, so that a sentence about a row needs its secret."
    case .noColumns(let dataset):
      "The bundle does not say how rows of \(dataset) become keys."
    case .columnsNotPinned(let grounds):
      "That \(grounds.finding) is said by \(grounds.sources); you pinned keys and not one of each of these."
    case .noKey(let failure): failure.description
    case .releaseNotShown(let release):
      "The bundle does not show how \(release) was published."
    case .manifestSealed(let release):
      "The manifest of \(release) is sealed, so that its files are known by their rows alone."
    case .manifestNotShown(let release):
      "The bundle does not carry the manifest of \(release), so that its files are known by their rows alone."
    case .digestsUnknown(let release, let count):
      "The listing has no SHA-256 of \(count.of("file")) of \(release), as of what is not in Git LFS."
    case .filesNotRead:
      "What the bundle shows is not enough to hold files against, so that they were not read."
    }
  }
}
