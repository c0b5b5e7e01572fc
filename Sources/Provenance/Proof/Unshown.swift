internal import LedgerCrypto

/// What a reader could take from a verdict, and is not shown.
package enum Unshown: Hashable, Sendable {
  /// Who the actors are: nobody pinned this first entry.
  case identities(genesis: EventID)
  /// What only a complete log shows: roles, and that nothing later speaks against it.
  case rolesAndWhatFollows
  /// That files anywhere are the released ones.
  case files
  /// That any release's root was computed from its rows.
  case roots
  /// The same of all releases but this one.
  case otherRoots(VersionedName)
  /// The same of one release.
  case root(VersionedName)
  /// The same of both ends of a transition.
  case rootsOfTransition
  /// What so many withheld or erased attachments held.
  case gone(Int)
  /// What so many sealed attachments hold.
  case sealed(Int)
  /// Why a row is absent.
  case whyAbsent
  /// That the removed keys are the decided ones.
  case decidedKeys
  /// The columns that make the keys, beyond who says so.
  case columns(KeyGrounds)
}

extension Unshown: CustomStringConvertible {
  /// What is not shown, as in `not shown: that …`.
  package var description: String {
    switch self {
    case .identities:
      "that the actors are who they say: their names are as named by the ledger"
    case .rolesAndWhatFollows:
      "that the signers had the role, or that nothing later withdraws or corrects this (only a complete bundle shows that)"
    case .files: "that files anywhere are the released ones (level files)"
    case .roots: "that a release's root was computed from its rows (level rebuilt)"
    case .otherRoots(let release):
      "that the root of another release than \(release) was computed from its rows (level rebuilt)"
    case .root(let release):
      "that the root of \(release) was computed from its files (level rebuilt)"
    case .rootsOfTransition:
      "that the roots were computed from the files (levels rebuilt and parent)"
    case .gone(let count):
      "what \(count) attachment\(count == 1 ? "" : "s") held that an event says \(count == 1 ? "was" : "were") withheld or erased"
    case .sealed(let count):
      "what \(count.of("sealed attachment")) hold\(count == 1 ? "s" : ""), such as which rows a match found"
    case .whyAbsent: "why a row is absent: only its custodian can say"
    case .decidedKeys:
      "that the removed keys are those that were decided: the decided sets are sealed, and their custodian can open them"
    case .columns(let grounds):
      "that \(grounds.finding), beyond what is said by \(grounds.sources)"
    }
  }
}
