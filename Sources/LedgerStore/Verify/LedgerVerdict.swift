package import LedgerCrypto
package import Provenance
internal import TransparencyLog

/// What a whole ledger turned out to be: every check that was made, and what is wrong.
package struct LedgerVerdict: Hashable, Sendable {
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
