import LedgerCrypto
package import Provenance
internal import Rows
import SetCommitment
import TransparencyLog

private let actor = ActorName.named("hotline")
private let digest = Digest.of("bytes")
private let release = VersionedName.named("laion@1")
private let dataset = Name.named("laion")
private let grounds = KeyGrounds(
  dataset: dataset, columns: ["URL", "TEXT"], registered: .init(2, Attribution([.named(actor)])),
  fixed: .init(3, Attribution([.key(digest)])))

/// At least one of each case, for all that is to hold of every one.
extension Flaw {
  package static let samples: [Flaw] = ofLog + ofAttachments + ofClaims

  private static let ofLog: [Flaw] = [
    .unreadable(.empty), .claimTwice, .notACheckpoint, .checkpointOfOtherLog,
    .checkpoint(.invalidSize), .otherLogKey,
    .notIncluded(7, .hashMismatch), .notAnEntry(7, .recordedAt),
    .signature(7, key: digest), .noEntries, .entryMissing(7),
    .entriesDiffer(count: 1, covered: 2_000), .rule(ReplayFailure(7, .repeated)),
    .otherLedger(7), .ledgerNotPinned, .pinOfOther(actor), .pinUnknown(actor),
  ]

  private static let ofAttachments: [Flaw] = [
    .attachmentNotNamed(digest), .attachmentAltered(digest),
    .attachmentMissing(7, field: "text"), .membersDiffer(7),
  ]

  private static let ofClaims: [Flaw] = [
    .notInBundle(7), .notARelease(7), .witness(.truncated), .claimDiffers(isPresent: true),
    .claimDiffers(isPresent: false), .rowsDiffer(release), .otherSecret, .otherRow,
    .columnsDiffer(dataset), .notDerived(release, from: .named("laion@0")),
    .parentLater(.named("laion@0"), at: 9, child: release, childAt: 7), .transitionMissing,
    .transition(.witness(.truncated)), .lists(.truncated), .transitionRowsDiffer,
    .transitionDiffers(release),
    .releaseUnknown(release), .manifestMalformed(release),
    .filesOfOtherRoot(release, Tally(keys: 1, rows: 2)),
    .filesDiffer(
      release, FilesDifference(missing: ["a", "b", "c", "d"], extra: ["e"], altered: 2)),
  ]
}

extension Lack {
  package static let samples: [Lack] = [
    .noPolicy, .witnessesUnchecked(PolicyWord("any")!), .noCheckpoint, .unknownKind(7),
    .notReplayed, .noFirstEntry, .attachmentElsewhere(digest), .transitionElsewhere, .noClaim,
    .failedBefore, .pinUnused(actor), .signersNotPinned(7, Attribution([.key(digest)])),
    .signersNotPinned(7, Attribution([.key(digest)], about: actor)), .noClaimAboutRow, .noSecret,
    .noColumns(dataset), .columnsNotPinned(grounds), .noKey(.notOneRow), .noKey(.missing("URL")),
    .releaseNotShown(release), .manifestSealed(release), .manifestNotShown(release),
    .digestsUnknown(release, 1), .filesNotRead,
  ]
}

extension Unshown {
  package static let samples: [Unshown] = [
    .identities(genesis: EventID(digest)), .rolesAndWhatFollows, .files, .roots,
    .otherRoots(release), .root(release),
    .rootsOfTransition, .gone(1), .gone(2), .sealed(1), .sealed(2), .whyAbsent, .decidedKeys,
    .columns(grounds),
  ]
}
