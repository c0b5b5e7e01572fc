internal import ArgumentParser
internal import Workflows

extension WorkflowFailure: Worded {
  var words: Words { Words(code, description) }

  private var code: ExitCode {
    switch self {
    case .noLedger, .noKey, .noCountingKey, .noSigner, .noFile, .noEvent, .noKeyID, .noAttachment,
      .releaseUnknown,
      .datasetUnknown,
      .listUnknown,
      .modelUnknown, .noIndex, .noCatalog, .noMatches, .secretMissing, .familySecretMissing,
      .filesNeeded:
      Failure.notFound
    case .exists, .severalKeys, .severalCountingKeys, .signaturesMissing,
      .attachmentMissing, .otherPassphrase, .otherLogKey, .listDiffers, .nothingPending,
      .membersSealed,
      .memberMissing,
      .transitionSealed, .shardChanged, .indexDiffers, .nothingToDilute,
      .tooFewRows,
      .illegalByHand, .nothingFound, .alreadyReinstated, .heldElsewhere,
      .transitionMarked, .otherDraft,
      .keyPresent, .keyAbsent,
      .notDerived, .otherSecret, .notKeyed, .severalIDs, .nonceUsed, .secretWaits, .alreadyDecided,
      .severalAttachments, .notRemoved, .rowsAbsent, .rowInTheClear, .notRestorable:
      Failure.refused
    case .noCheckpoint, .notCovered, .secretNeeded: Failure.notEnough
    case .badInput, .signerFailed: Failure.input
    case .overtaken: Failure.tryLater
    case .cancelled: Failure.interrupted
    }
  }
}
