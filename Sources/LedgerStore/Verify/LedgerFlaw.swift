package import LedgerCrypto
package import Provenance

extension LedgerVerdict {
  /// One thing that is wrong.
  package struct Flaw: Hashable, Sendable {
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
}

extension LedgerVerdict.Flaw {
  /// What is wrong there.
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
    case checkpoint(StoredCheckpointFlaw)
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

  /// Why a stored checkpoint does not hold.
  package enum StoredCheckpointFlaw: Hashable, Sendable {
    /// Its row is not a size and a note.
    case noRow
    /// Its row says another size than its note.
    case otherSize
    /// The entries of its size have another root.
    case otherRoot
    /// It is no checkpoint that the log's key signed.
    case foreign(LedgerFailure)
  }
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
    case .checkpoint(let why): "\(place): a stored checkpoint does not hold: \(why)."
    case .notAsRemembered(let size):
      "\(place): the log is not the one that the checkpoint of \(size.of("entry", "entries")) covers."
    case .truncated(let size):
      "\(place) is missing: a checkpoint covers \(size.of("entry", "entries"))."
    case .projection(let table, let key):
      "\(place): the projection `\(table.rawValue)` does not follow from the log at `\(key)`."
    case .projectionUnknown(let kind):
      "\(place): there is no projection `\(kind)`, and it has rows."
    case .position: "\(place): the projections do not end where the log does."
    case .attachmentMissing(let digest):
      "\(place) names the open attachment \(digest.hex), which is not here."
    case .attachmentRemains(let digest):
      "\(place) erased the attachment \(digest.hex), of which something is still here."
    case .attachmentDiffers(let digest):
      "\(place): the bytes kept for the attachment \(digest.hex) are not its own."
    }
  }
}

extension LedgerVerdict.Flaw.StoredCheckpointFlaw: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noRow: "its row cannot be read"
    case .otherSize: "its row says another size"
    case .otherRoot: "its root is not that of the entries"
    case .foreign(let failure): failure.reason
    }
  }
}
