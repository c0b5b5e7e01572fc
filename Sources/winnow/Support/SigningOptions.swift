internal import ArgumentParser
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

extension SignerName: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}

/// Which ledger, and who signs what is recorded in it.
struct SigningOptions: StatementSigning {
  @Option(help: OptionHelp.ledger) var ledger: String?
  @Option(help: OptionHelp.passphraseFile) var passphraseFile: String?
  @Flag(help: OptionHelp.json) var json = false
  @Flag(help: OptionHelp.quiet) var quiet = false

  @Option(
    name: .customLong("as"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The actor that signs; repeated where several must. (default: the founder)",
      discussion: "ACTOR/DIGITS names the key, by its first digits, where several count."))
  var actors: [SignerName] = []

  @Option(
    help:
      "The directory of a signing key; repeated for several, the ledger's own by default.")
  var keys: [String] = []

  @Option(
    help:
      "A file with the passphrase of the signing key, where it is another; one for each --keys, or one for all."
  )
  var keysPassphraseFile: [String] = []

  @Option(help: OptionHelp.unsigned) var unsigned: String?
  @Flag(help: OptionHelp.force) var force = false
  @Option(parsing: .unconditionalSingleValue, help: OptionHelp.signer)
  var signer: [SignerName] = []
  @Option(help: OptionHelp.signerCmd) var signerCmd: String?
  @Option(help: OptionHelp.notAfter) var notAfter: String?
  @Option(help: OptionHelp.nonce) var nonce: String?
  @Flag(help: OptionHelp.clockAhead) var clockAhead = false
  @Flag(help: OptionHelp.dryRun) var dryRun = false

  func validate() throws { try checkSigners() }

  /// Opens the ledger with a progress bar around `body`.
  func open<Result>(
    after: String?, _ body: (Workplace) throws -> Result
  ) throws -> Result {
    try Opening(
      options: self, actors: actors, keys: keys, keysPassphraseFiles: keysPassphraseFile
    ).open(after: after, body)
  }
}

/// Options of a command that has its statements signed, here or elsewhere.
protocol StatementSigning: LedgerNaming {
  var unsigned: String? { get }
  var force: Bool { get }
  var signer: [SignerName] { get }
  var signerCmd: String? { get }
  var notAfter: String? { get }
  var nonce: String? { get }
  var clockAhead: Bool { get }
  var dryRun: Bool { get }
}

extension StatementSigning {
  func checkSigners() throws {
    if unsigned == nil, !signer.isEmpty {
      throw ValidationError(
        "--signer names who signs elsewhere, and goes with --unsigned; sign here with --as.")
    }
    if unsigned != nil, signerCmd != nil {
      throw ValidationError(
        "--unsigned signs nothing; give --signer-cmd to `winnow sign`.")
    }
  }
}

extension OptionHelp {
  static let unsigned = ArgumentHelp(
    "Write what is to be signed to this file, and record nothing.",
    discussion:
      "Each signer signs it with `winnow sign`; `winnow record --envelope` records it then.")
  static let signer: ArgumentHelp =
    "A further actor that is to sign what --unsigned writes; may be repeated."
  static let signerCmd = ArgumentHelp(
    "A command that signs in place of a key file.",
    discussion:
      "Run by /bin/sh -c; it finds the bytes to sign on standard input and writes the 64 raw bytes of an Ed25519 signature."
  )
  static let notAfter = ArgumentHelp(
    "Until when the statement can be recorded, as 2024-03-20T00:00:00Z.",
    discussion:
      "Who may sign what is decided for a day by default, or for a week with --unsigned; 30 days at most."
  )
  static let nonce: ArgumentHelp =
    "The nonce of an earlier try, 32 hexadecimal digits, so that a retry adds nothing."
  static let clockAhead = ArgumentHelp(
    "The clock is right, though it lies more than a day past the last entry.",
    discussion:
      "Without it such an entry is refused: recorded under a wrong clock, it would stop all others until that time."
  )
  static let dryRun: ArgumentHelp =
    "Do all but the recording: check it against the rules, and leave nothing behind."
}

/// What several commands open a ledger with.
struct Opening {
  let options: any StatementSigning
  var actors: [SignerName]
  var keys: [String]
  var keysPassphraseFiles: [String]

  func open<Result>(
    after: String?, _ body: (Workplace) throws -> Result
  ) throws -> Result {
    let bar = ProgressBar(isQuiet: options.quiet || options.json)
    defer { bar.clear() }
    let directory = try options.directory
    let progress = bar.progress
    var signing = Signing(
      signers: actors, keyrings: try keyrings(in: directory))
    signing.cosigners = options.signer
    if let text = options.signerCmd {
      guard signing.signers.count <= 1 else {
        throw ValidationError(
          "--signer-cmd signs for one actor; gather the others' signatures with --unsigned and `winnow sign`."
        )
      }
      signing.command = SignerCommand(text, isCancelled: progress.isCancelled)
    }
    signing.unsigned = try options.unsigned.map {
      try ReplaceOption.target($0, replacing: options.force, options)
    }
    signing.notAfter = try options.notAfter.map {
      try Timestamp($0, of: "--not-after").wholeSecond
    }
    if let after {
      signing.after = try options.opened { try $0.view().event(named: after).id }
    }
    let place = try Workplace(
      directory: directory, signing: signing, passphrase: options.passphraseSource,
      nonce: try parsedNonce(), isDryRun: options.dryRun, acceptsJump: options.clockAhead,
      progress: progress)
    // Said before anything is read or asked for.
    try place.ledger.checkWritable()
    do {
      return try body(place)
    } catch let refusal as Refusal {
      throw PlacedRefusal(refusal, in: try? place.view())
    }
  }

  private func keyrings(in directory: LedgerDirectory) throws -> [Signing.Keyring] {
    let directories = keys.isEmpty ? [directory.keys] : keys
    let files = keysPassphraseFiles
    guard files.count <= 1 || files.count == directories.count else {
      throw ValidationError("Give --keys-passphrase-file once, or once for each --keys.")
    }
    return directories.enumerated().map { place, path in
      guard let file = files.count == 1 ? files[0] : files.dropFirst(place).first else {
        return Signing.Keyring(KeyDirectory(path), options.passphraseSource)
      }
      return Signing.Keyring(KeyDirectory(path)) { try Passphrase(file: file) }
    }
  }

  private func parsedNonce() throws -> [UInt8]? {
    guard let nonce = options.nonce else { return nil }
    guard let bytes = [UInt8](hex: nonce), bytes.count == 16 else {
      throw ValidationError("A nonce is 32 hexadecimal digits in lower case.")
    }
    return bytes
  }
}

/// The authority event that a decision follows.
struct AfterOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The authority event that this one follows: a sequence or an event id; the last one by default.",
      discussion:
        "Refused if a later one touched the same actor, key, role, charter or log key."))
  var after: String?
}
