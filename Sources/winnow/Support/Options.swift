internal import ArgumentParser
internal import Files
internal import Foundation
internal import LedgerCrypto
internal import Provenance
internal import Workflows

/// Options of every command.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Answer in JSON: one document, or one a line (shapes in Schemas/).")
  var json = false

  @Flag(help: "No progress bar.")
  var quiet = false
}

/// Which ledger, and what opens it.
struct LedgerOptions: ParsableArguments {
  @Option(help: "The ledger directory; WINNOW_LEDGER names it otherwise.")
  var ledger: String?

  @Option(
    help: "A file with the passphrase in its first line; WINNOW_PASSPHRASE_FILE names it otherwise."
  )
  var passphraseFile: String?

  @OptionGroup var output: OutputOptions

  var directory: LedgerDirectory {
    get throws {
      guard let path = ledger ?? ProcessInfo.processInfo.environment["WINNOW_LEDGER"] else {
        throw ValidationError("Name the ledger directory with --ledger or WINNOW_LEDGER.")
      }
      return LedgerDirectory(path)
    }
  }

  /// The passphrase, from the file that is named or a prompt.
  func passphrase(_ prompt: String = "Passphrase: ") throws -> Passphrase {
    try PassphraseSource.passphrase(file: passphraseFile, prompt: prompt)
  }
}

/// Where a passphrase comes from: never an argument, never a variable.
enum PassphraseSource {
  static func passphrase(
    file: String?, prompt: String, isNew: Bool = false
  ) throws -> Passphrase {
    if let path = file ?? ProcessInfo.processInfo.environment["WINNOW_PASSPHRASE_FILE"] {
      return try Passphrase(file: path)
    }
    guard isatty(0) == 1 else {
      throw WorkflowFailure.badInput(
        "There is no terminal to ask for the passphrase; name a file with --passphrase-file or WINNOW_PASSPHRASE_FILE."
      )
    }
    let first = try ask(prompt)
    if isNew, try ask("The same again: ").bytes != first.bytes {
      throw WorkflowFailure.badInput(
        "The two passphrases differ; run this again and type one twice.")
    }
    return first
  }

  private static func ask(_ prompt: String) throws -> Passphrase {
    guard let line = Terminal.readSecret(prompt: prompt), !line.isEmpty else {
      throw WorkflowFailure.badInput("A passphrase is needed; type one or name a file.")
    }
    return Passphrase(bytes: line)
  }
}

/// Who signs.
struct SigningOptions: ParsableArguments {
  @OptionGroup var base: LedgerOptions

  @Option(name: .customLong("as"), help: "The actor that signs.")
  var actor: ActorName = .publisher

  @Option(help: "The directory of the signing key; the ledger's own by default.")
  var keys: String?

  @Option(help: "A file with the passphrase of the signing key, where it is another.")
  var keysPassphraseFile: String?

  @Option(help: "The nonce of an earlier try, 32 hexadecimal digits, so that a retry adds nothing.")
  var nonce: String?

  @Flag(help: "Do all but the recording: check it against the rules, and leave nothing behind.")
  var dryRun = false

  /// Opens the ledger with a progress bar around `body`.
  func session<Result>(_ body: (Session) throws -> Result) throws -> Result {
    let bar = ProgressBar(isQuiet: base.output.quiet || base.output.json)
    defer { bar.clear() }
    let passphraseFile = base.passphraseFile
    let passphrase: @Sendable () throws -> Passphrase = {
      try PassphraseSource.passphrase(file: passphraseFile, prompt: "Passphrase: ")
    }
    var keyPassphrase = passphrase
    if let file = keysPassphraseFile { keyPassphrase = { try Passphrase(file: file) } }
    let session = try Session(
      directory: try base.directory, actor: actor, keys: keys.map { KeyDirectory($0) },
      passphrase: passphrase, keyPassphrase: keyPassphrase, nonce: try parsedNonce(),
      isRehearsal: dryRun,
      progress: bar.progress)
    return try body(session)
  }

  private func parsedNonce() throws -> [UInt8]? {
    guard let nonce else { return nil }
    guard let bytes = [UInt8](hex: nonce), bytes.count == 16 else {
      throw ValidationError("A nonce is 32 hexadecimal digits in lower case.")
    }
    return bytes
  }
}

extension LedgerOptions {
  /// Opens the ledger to read; nothing is signed.
  func reading<Result>(_ body: (Session) throws -> Result) throws -> Result {
    let bar = ProgressBar(isQuiet: output.quiet || output.json)
    defer { bar.clear() }
    let file = passphraseFile
    let session = try Session(
      directory: try directory, actor: .publisher,
      passphrase: { try PassphraseSource.passphrase(file: file, prompt: "Passphrase: ") },
      progress: bar.progress)
    return try body(session)
  }
}
