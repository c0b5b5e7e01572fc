internal import ArgumentParser
internal import Files
internal import Foundation
internal import LedgerCrypto
internal import Provenance
internal import Workflows

/// The variables that stand in for options.
enum Variable {
  /// The value of `name`; an empty one counts as not set.
  static func value(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// How a command answers.
///
/// Groups of options lie beside each other in a command rather than in each other: an unoptimized
/// build checks a group's declarations anew, five times over, for each group that holds it.
protocol Answering: ParsableArguments {
  var json: Bool { get }
  var quiet: Bool { get }
}

/// Options that name a ledger and what opens it.
protocol LedgerNaming: Answering {
  var ledger: String? { get }
  var passphraseFile: String? { get }
}

/// What is said of options that several groups have.
enum OptionHelp {
  static let json: ArgumentHelp =
    "Answer in JSON: one document, or one a line (shapes in Schemas/)."
  static let quiet: ArgumentHelp = "No progress bar."
  static let ledger: ArgumentHelp = "The ledger directory; WINNOW_LEDGER names it otherwise."
  static let passphraseFile: ArgumentHelp =
    "A file with the passphrase in its first line; WINNOW_PASSPHRASE_FILE names it otherwise."
  static let force: ArgumentHelp = "Replace a file that is there."
}

/// Options of a command without a ledger.
struct OutputOptions: Answering {
  @Flag(help: OptionHelp.json) var json = false
  @Flag(help: OptionHelp.quiet) var quiet = false
}

/// Options of a command that reads a ledger.
struct LedgerOptions: LedgerNaming {
  @Option(help: OptionHelp.ledger) var ledger: String?
  @Option(help: OptionHelp.passphraseFile) var passphraseFile: String?
  @Flag(help: OptionHelp.json) var json = false
  @Flag(help: OptionHelp.quiet) var quiet = false
}

extension LedgerNaming {
  var directory: LedgerDirectory {
    get throws {
      guard let path = ledger ?? Variable.value("WINNOW_LEDGER") else {
        throw ValidationError("Name the ledger directory with --ledger or WINNOW_LEDGER.")
      }
      return LedgerDirectory(path)
    }
  }

  /// The passphrase, from the file that is named or a prompt.
  func passphrase(_ prompt: String = "Passphrase: ") throws -> Passphrase {
    try PassphraseSource.passphrase(file: passphraseFile, prompt: prompt)
  }

  /// The same, for when it is needed.
  var passphraseSource: @Sendable () throws -> Passphrase {
    let file = passphraseFile
    return { try PassphraseSource.passphrase(file: file, prompt: "Passphrase: ") }
  }

  /// Opens the ledger for what needs no actor's signature.
  func opened<Result>(
    isDryRun: Bool = false, acceptsJump: Bool = false, _ body: (Workplace) throws -> Result
  ) throws -> Result {
    let bar = ProgressBar(isQuiet: quiet || json)
    defer { bar.clear() }
    return try body(
      try Workplace(
        directory: try directory, signing: Signing(), passphrase: passphraseSource,
        isDryRun: isDryRun, acceptsJump: acceptsJump, progress: bar.progress))
  }
}

/// Where a passphrase comes from: never an argument, never a variable.
enum PassphraseSource {
  static func passphrase(
    file: String?, prompt: String, isNew: Bool = false
  ) throws -> Passphrase {
    if let path = file ?? Variable.value("WINNOW_PASSPHRASE_FILE") {
      return try Passphrase(file: path)
    }
    return isNew ? try asked(prompt) : try askedOnce(prompt)
  }

  /// A new passphrase, typed twice.
  static func asked(_ prompt: String) throws -> Passphrase {
    let first = try askedOnce(prompt)
    guard try askedOnce("The same again: ").bytes == first.bytes else {
      throw WorkflowFailure.badInput(
        "The two passphrases differ; run this again and type one twice.")
    }
    return first
  }

  private static func askedOnce(_ prompt: String) throws -> Passphrase {
    guard isatty(0) == 1 else {
      throw WorkflowFailure.badInput(
        "There is no terminal to ask for the passphrase; name a file with --passphrase-file or WINNOW_PASSPHRASE_FILE."
      )
    }
    return try ask(prompt)
  }

  private static func ask(_ prompt: String) throws -> Passphrase {
    let line = Terminal.readSecret(prompt: prompt) { Interruption.isRequested }
    if Interruption.isRequested { throw WorkflowFailure.cancelled }
    guard let line, !line.isEmpty else {
      throw WorkflowFailure.badInput("A passphrase is needed; type one or name a file.")
    }
    return Passphrase(bytes: line)
  }
}
