package import LedgerCrypto
package import Provenance

/// Why the store could not do what it was asked; what the rules refuse is a ``Refusal`` instead.
package enum LedgerFailure: Error, Hashable, Sendable {
  /// There is no ledger in this directory.
  case notFound(directory: String)
  /// A ledger is there already.
  case alreadyExists(directory: String)
  /// `ledger.db` is not a ledger's file.
  case notALedger(directory: String)
  /// The tables are of a version that no winnow reads.
  case otherVersion(found: Int64, known: Int64)
  /// A later version wrote the ledger, so that what it says is only known to that version.
  case newer(found: Int64, known: Int64)
  /// The tables, indexes or triggers are not those of this version; the first that differs.
  case schemaDiffers(String)
  /// SQLite did not take a setting that durability or safety rests on.
  case settingRefused(String, wanted: String, found: String)
  /// The ledger was opened for reading only.
  case readOnly
  /// The ledger's file cannot be read by this user.
  case unreadable(directory: String)
  /// SQLite cannot read the ledger without writing beside it, and that is not allowed.
  case unwritable(directory: String)
  /// Another process has been writing for longer than this one waits.
  case busy
  /// The last entry lies more than 5 minutes ahead of this clock.
  case clockAhead(last: Timestamp, until: Timestamp)
  /// Since an event was decided, its signer has used its nonce for another.
  case nonceTaken(at: UInt64)
  /// This clock lies more than a day past the last entry, and nobody said that it is right.
  case clockJumps(last: Timestamp, now: Timestamp)
  /// An event's entry would have more bytes than the log takes.
  case tooLarge(EventID, bytes: Int)
  /// The disk is full; nothing of the transaction was recorded.
  case diskFull
  /// The disk failed; nothing of the transaction was acknowledged.
  case inputOutput(code: Int32)
  /// An earlier write failed in a way after which only opening again is safe.
  case stopped
  /// The file's content is not what this version writes.
  case damaged(String)
  /// The log in the file is shorter than the one seen before.
  case wentBack(from: UInt64, to: UInt64)
  /// The log has no such entry, or not yet.
  case outsideLog(UInt64, size: UInt64)
  /// A checkpoint is not one of this log.
  case foreignCheckpoint(String)
  /// An attachment's bytes are not those of its digest.
  case attachmentDamaged(Digest)
  /// Any other refusal by SQLite.
  case database(code: Int32, String)
}

extension LedgerFailure {
  /// Whether space was missing, for the file itself or for the index of its write-ahead log.
  package var isFullDisk: Bool {
    self == .diskFull || self == .inputOutput(code: SQLiteCode.shmSize)
  }

  /// What is wrong, as a sentence without its end.
  package var reason: String {
    switch self {
    case .notFound(let directory):
      "There is no ledger in \(directory)"
    case .alreadyExists(let directory):
      "There is a ledger in \(directory) already"
    case .notALedger(let directory):
      "The file ledger.db in \(directory) is not a winnow ledger"
    case .otherVersion(let found, let known):
      "The ledger's tables are of version \(found) and this winnow knows version \(known)"
    case .newer(let found, let known):
      "A later winnow wrote this ledger, with tables of version \(found) where this one knows version \(known)"
    case .schemaDiffers(let name):
      "The ledger's file differs from what winnow makes, at `\(name)`"
    case .settingRefused(let name, let wanted, let found):
      "SQLite keeps \(name) at \(found) where \(wanted) is needed"
    case .readOnly:
      "The ledger cannot be written here, so that nothing was recorded"
    case .unreadable(let directory):
      "The ledger's file in \(directory) may not be read by this user"
    case .unwritable(let directory):
      "The ledger in \(directory) cannot be read without writing beside it, and nothing can be written there"
    case .busy:
      "Another process is writing to the ledger"
    case .clockAhead(let last, _):
      "The last entry was recorded at \(last.text), more than 5 minutes ahead of this clock"
    case .clockJumps(let last, let now):
      "This clock says \(now.text), more than a day past the last entry, which was recorded at \(last.text)"
    case .nonceTaken(let sequence):
      "Sequence \(sequence) was recorded under the same nonce meanwhile"
    case .tooLarge(let id, let bytes):
      "The entry of the event \(id) would have \(bytes.of("byte")) and the log takes at most 65,535"
    case .diskFull:
      "The disk is full and nothing was recorded"
    case .inputOutput where isFullDisk:
      "The disk is full and nothing was acknowledged"
    case .inputOutput(let code):
      "The disk failed (SQLite code \(code)) and nothing was acknowledged"
    case .stopped:
      "An earlier write to the ledger failed"
    case .damaged(let detail):
      "The ledger's file is damaged (\(detail))"
    case .wentBack(let from, let to):
      "The log had \(from.of("entry", "entries")) and now has \(to.grouped), so that something replaced the ledger's file with an older one"
    case .outsideLog(let sequence, let size):
      "The log has \(size.of("entry", "entries")), so that there is no sequence or size \(sequence)"
    case .foreignCheckpoint(let why):
      "The checkpoint is not one of this log: \(why)"
    case .attachmentDamaged(let digest):
      "The bytes kept for the attachment \(digest.hex) are not those of its digest"
    case .database(let code, let message):
      "SQLite refused with code \(code) (\(message))"
    }
  }
}

extension LedgerFailure: CustomStringConvertible {
  /// The reason as a whole sentence; what to do about it, whoever shows it can say.
  package var description: String { "\(reason)." }
}
