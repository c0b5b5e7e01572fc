internal import LedgerCrypto
package import LedgerStore
internal import Provenance
package import TransparencyLog

/// What `verify` finds: everything recomputed, and held against what someone remembers.
package struct LedgerCheck: Sendable {
  package let verdict: LedgerVerdict
  /// What the remembered checkpoint turned out to be, where one was given.
  package let remembered: Remembered?
  /// How far the last entry lies ahead of this clock, where it does.
  package let lead: ClockLead?

  /// Whether nothing is wrong, the remembered checkpoint included.
  package var isIntact: Bool {
    if case .foreign = remembered { return false }
    return verdict.isIntact
  }

  /// A checkpoint that someone kept elsewhere, against this ledger.
  package enum Remembered: Sendable {
    /// The log's key signed it.
    case signed(size: UInt64)
    /// It is of another log, or forged.
    case foreign(CheckpointError)
  }

  /// Recomputes everything, and holds it against a signed checkpoint that someone kept elsewhere.
  package init(of place: Workplace, remembered: [UInt8]?) throws {
    var heads: [TreeHead] = []
    var found: Remembered?
    if let remembered {
      // What is no checkpoint at all is a wrong file; one that does not hold is a verdict.
      let note = try SignedNote(parsing: remembered)
      let checkpoint = try Checkpoint(parsing: note.text)
      let vkey = try place.view().founding.logKey(at: checkpoint.size.rawValue)
      let key = try NoteVerifierKey(parsing: Array(vkey.utf8))
      do {
        heads = [try VerifiedCheckpoint(verifying: note, with: [key]).head]
        found = .signed(size: checkpoint.size.rawValue)
      } catch {
        found = .foreign(error)
      }
    }
    let progress = place.progress
    let total = try place.ledger.size
    verdict = try place.ledger.verify(against: heads) { done in
      progress.report("verify", done, total, 0)
    }
    self.remembered = found
    lead = ClockLead(of: verdict.lastRecordedAt, at: place.now())
  }
}

extension LedgerCheck.Remembered {
  /// Whether the ledger is the one that the checkpoint covers, perhaps with more entries since.
  package func agrees(with verdict: LedgerVerdict) -> Bool {
    guard case .signed(let size) = self else { return false }
    return verdict.size >= size
      && !verdict.flaws.contains {
        $0.reason == .notAsRemembered(size: size) || $0.reason == .truncated(remembered: size)
      }
  }
}
