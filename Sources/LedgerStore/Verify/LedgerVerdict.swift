package import LedgerCrypto
package import Provenance
internal import TransparencyLog

/// What a whole ledger turned out to be: every check that was made, and what is wrong.
package struct LedgerVerdict: Hashable, Sendable {
  /// One thing that is wrong.
  package struct Flaw: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
      /// The file cannot be read there.
      case unreadable(String)
      /// A row of the log is missing: sequences have a gap, or one has no entry.
      case missing
      /// The bytes are not an entry.
      case notAnEntry(EventError)
      /// A rule or a signature does not hold.
      case refused(Refusal)
      /// An earlier entry has the same event.
      case repeated
      /// A column does not say what the entry says.
      case relabelled(column: String)
      /// Looking it up by this index does not find it.
      case notIndexed(String)
      /// A stored tree hash is missing or is not the one that the entries give.
      case treeHash(position: UInt64)
      /// A stored checkpoint is not one of this log.
      case checkpoint(String)
      /// The tree is not the one that a remembered checkpoint covers.
      case notAsRemembered(size: UInt64)
      /// The log ends before a remembered checkpoint.
      case truncated(remembered: UInt64)
      /// A projection's row is missing, differs or was put by no event.
      case projection(ProjectionTable, key: String)
      /// There are rows of a kind of projection that there is not.
      case projectionUnknown(String)
      /// The projections say that the log has another size.
      case position
      /// An open attachment is not kept here.
      case attachmentMissing(Digest)
      /// The bytes or the data key of an erased attachment are still here.
      case attachmentRemains(Digest)
      /// The bytes kept for an attachment are not those of its digest or size.
      case attachmentDiffers(Digest)
    }
    /// The first sequence that can be wrong.
    package let sequence: UInt64
    /// The last one, where bytes do not tell which of several it is; otherwise the same.
    package let through: UInt64
    package let reason: Reason

    package init(_ sequence: UInt64, through: UInt64? = nil, _ reason: Reason) {
      self.sequence = sequence
      self.through = Swift.max(sequence, through ?? sequence)
      self.reason = reason
    }
  }

  /// How many attachments events name, and what was found of them.
  package struct Attachments: Hashable, Sendable {
    /// Open ones whose bytes are here and right.
    package internal(set) var open: UInt64 = 0
    /// Sealed ones whose bytes are here and right: a custodian's copy.
    package internal(set) var held: UInt64 = 0
    /// Sealed ones that are not here.
    package internal(set) var sealed: UInt64 = 0
    /// Those that an event withheld and none returned, each counted once.
    package internal(set) var withheld: UInt64 = 0
    /// Those that an event erased, each counted once.
    package internal(set) var erased: UInt64 = 0
  }

  /// The number of entries read without a flaw in the log.
  package internal(set) var size: UInt64 = 0
  /// The event of sequence 0, when it could be read.
  package internal(set) var ledger: EventID?
  package internal(set) var origin: Origin?
  /// When the last of them was recorded.
  package internal(set) var lastRecordedAt: Timestamp?
  /// The root over the entries read.
  package internal(set) var root: Digest = TreeHead.empty.root
  /// The entries that the largest good checkpoint covers.
  package internal(set) var covered: UInt64 = 0
  /// How many stored checkpoints hold.
  package internal(set) var checkpoints: UInt64 = 0
  package internal(set) var attachments = Attachments()
  /// The hash over the projections, when they equal what the log gives.
  package internal(set) var stateHash: Digest?
  /// What is wrong, the lowest sequence first; at most 100.
  package internal(set) var flaws: [Flaw] = []

  /// Whether nothing is wrong.
  package var isIntact: Bool { flaws.isEmpty }

  /// The first sequence that is known to be wrong; where bytes tell a range only, its first.
  package var firstWrong: UInt64? {
    (flaws.first { $0.sequence == $0.through } ?? flaws.first)?.sequence
  }

  /// The entries at the end that no stored checkpoint covers.
  package var tail: Range<UInt64>? { covered < size ? covered..<size : nil }
}

extension LedgerVerdict.Flaw: CustomStringConvertible {
  /// One sentence that names the sequence and what is wrong there.
  package var description: String {
    let place = through > sequence ? "Sequence \(sequence) to \(through)" : "Sequence \(sequence)"
    return switch reason {
    case .unreadable(let detail): "\(place): the file cannot be read (\(detail))."
    case .missing: "\(place) is missing."
    case .notAnEntry(let error): "\(place) is not an entry: \(error)"
    case .refused(let refusal): "\(place) breaks a rule: \(refusal)"
    case .repeated: "\(place) repeats an event that the log already has."
    case .relabelled(let column): "\(place): the column `\(column)` is not what the entry says."
    case .notIndexed(let index): "\(place) is not found by the index `\(index)`."
    case .treeHash(let position):
      "\(place): the tree hash \(position) is not the one that the entries give."
    case .checkpoint(let why): "\(place): a stored checkpoint does not hold: \(why)"
    case .notAsRemembered(let size):
      "\(place): the log is not the one that the checkpoint of \(size.of("entry", "entries")) covers."
    case .truncated(let size):
      "\(place) is missing: a checkpoint covers \(size.of("entry", "entries"))."
    case .projection(let table, let key):
      "\(place): the projection `\(table.rawValue)` does not follow from the log at `\(key)`; run `winnow projection rebuild`."
    case .projectionUnknown(let kind):
      "\(place): there is no projection `\(kind)`, and it has rows; run `winnow projection rebuild`."
    case .position:
      "\(place): the projections do not end where the log does; run `winnow projection rebuild`."
    case .attachmentMissing(let digest):
      "\(place) names the open attachment \(digest.hex), which is not here."
    case .attachmentRemains(let digest):
      "\(place) erased the attachment \(digest.hex), of which something is still here; run `winnow attachment erase` on it again."
    case .attachmentDiffers(let digest):
      "\(place): the bytes kept for the attachment \(digest.hex) are not its own."
    }
  }
}
