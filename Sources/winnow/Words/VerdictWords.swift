internal import LedgerStore
internal import Provenance

/// What a verdict says, where an option or a command may help.
///
/// A verdict is an answer and no error: its conclusion alone gives the exit code.
protocol Advised: CustomStringConvertible {
  /// What to do about it; `nil` where its own words say it, or nothing can be done here.
  var advice: String? { get }
}

extension Advised {
  /// The sentence, with what to do at its end.
  var sentence: String { advice.map { "\(description.dropLast()); \($0)." } ?? description }
}

extension Lack: Advised {
  var advice: String? {
    switch self {
    case .noPolicy: "give --policy"
    case .signersNotPinned: "pin that key with --trust too if you trust it"
    case .columnsNotPinned: "pin those with --trust too if you trust them"
    case .noSecret: "give --secret-file"
    case .noClaim: "fetch it again"
    case .releaseNotShown:
      "ask for a bundle that does, of `winnow prove event` or `winnow audit export`"
    case .manifestSealed, .digestsUnknown: "give the files themselves"
    case .manifestNotShown: "give the files themselves, or ask for a bundle that carries it"
    case .witnessesUnchecked, .noCheckpoint, .unknownKind, .notReplayed, .noFirstEntry,
      .attachmentElsewhere, .transitionElsewhere, .failedBefore, .pinUnused,
      .noClaimAboutRow, .noColumns, .noKey, .filesNotRead:
      nil
    }
  }
}

extension Unshown {
  /// What is not shown, with the option that shows it in brackets, where there is one.
  var clause: String { advice.map { "\(description) (\($0))" } ?? description }

  private var advice: String? {
    switch self {
    case .identities(let genesis):
      "compare its first entry, \(genesis), with one from elsewhere, and give that with --genesis"
    case .rolesAndWhatFollows, .files, .roots, .otherRoots, .root, .rootsOfTransition, .gone,
      .sealed,
      .whyAbsent, .decidedKeys, .columns:
      nil
    }
  }
}

extension LedgerVerdict.Flaw: Advised {
  var advice: String? {
    switch reason {
    case .projection, .projectionUnknown, .position: "run `winnow projection rebuild`"
    case .attachmentRemains: "run `winnow attachment erase` on it again"
    case .unreadable, .missing, .notAnEntry, .refused, .repeated, .relabelled, .notIndexed,
      .treeHash, .checkpoint, .notAsRemembered, .truncated, .attachmentMissing,
      .attachmentDiffers:
      nil
    }
  }
}
