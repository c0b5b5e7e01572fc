internal import ArgumentParser
internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

/// Errors as exit codes and one sentence each (DESIGN.md section 9).
enum Failure {
  static let verificationFailed = ExitCode(1)
  static let notEnough = ExitCode(3)
  static let input = ExitCode(4)
  static let notFound = ExitCode(5)
  static let refused = ExitCode(6)
  static let tryLater = ExitCode(75)
  static let interrupted = ExitCode(130)

  /// Runs a command; an error becomes one sentence on standard error and an exit code.
  ///
  /// What the parser has to say passes through, for it knows the command's usage.
  static func reported<Result>(_ body: () throws -> Result) throws -> Result {
    Interruption.listen()
    do {
      return try body()
    } catch let error where error is ExitCode || error is ValidationError {
      throw error
    } catch let help where Winnow.exitCode(for: help) == .success {
      throw help
    } catch {
      Console.note("winnow: \(error)")
      throw code(of: error)
    }
  }

  static func code(of error: any Error) -> ExitCode {
    switch error {
    case let error as WorkflowFailure: code(of: error)
    case let error as Refusal: error.isNotFound ? notFound : refused
    case let error as LedgerFailure: code(of: error)
    case let error as DatasetFailure:
      switch error {
      case .cancelled: interrupted
      case .shardChanged, .rootDiffers, .alreadyExists: refused
      case .file(let failure): failure.isMissing ? notFound : input
      default: input
      }
    case let error as SigningFailure:
      switch error {
      case .notASigner, .invalid, .signersDiffer: refused
      case .crypto, .unreadable: input
      }
    case FileFailure.locked: tryLater
    case let error as OutputFailure:
      switch error {
      case .exists, .insideLedger: refused
      case .notAFile: input
      }
    case let error as FileFailure: error.isMissing ? notFound : input
    case let error as CryptoFailure:
      switch error {
      case .wrongPassphrase: refused
      default: input
      }
    default: input
    }
  }

  private static func code(of failure: WorkflowFailure) -> ExitCode {
    switch failure {
    case .noLedger, .noKey, .noCountingKey, .noSigner, .noFile, .noEvent, .noKeyID, .noAttachment,
      .releaseUnknown,
      .datasetUnknown,
      .listUnknown,
      .modelUnknown, .noIndex, .noCatalog, .noMatches, .secretMissing:
      notFound
    case .exists, .severalKeys, .severalCountingKeys, .signaturesMissing,
      .attachmentMissing, .otherPassphrase, .otherLogKey, .listDiffers, .nothingPending,
      .membersSealed,
      .memberMissing,
      .transitionSealed, .shardChanged, .indexDiffers, .nothingToDilute, .tooManyToDilute,
      .tooFewRows,
      .stillShown, .wouldShow, .otherDraft,
      .keyPresent, .keyAbsent,
      .notDerived, .otherSecret, .notKeyed, .severalIDs, .nonceUsed, .secretWaits, .alreadyDecided,
      .severalAttachments, .notRemoved, .rowsAbsent, .rowInTheClear,
      .notRestorable:
      refused
    case .noCheckpoint, .notCovered, .secretNeeded: notEnough
    case .badInput, .signerFailed: input
    case .overtaken: tryLater
    case .cancelled: interrupted
    }
  }

  private static func code(of failure: LedgerFailure) -> ExitCode {
    switch failure.category {
    case .undecided: notEnough
    case .tryAgain: tryLater
    case .notFound: notFound
    case .conflict: refused
    case .failed: verificationFailed
    case .inputOutput: input
    }
  }
}
