internal import ArgumentParser
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

extension SignerName: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}

/// Who signs.
struct SigningOptions: ParsableArguments {
  @OptionGroup var base: LedgerOptions

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

  @OptionGroup var elsewhere: ElsewhereOptions

  @Option(help: "The nonce of an earlier try, 32 hexadecimal digits, so that a retry adds nothing.")
  var nonce: String?

  @OptionGroup var clock: ClockOptions

  @Flag(help: "Do all but the recording: check it against the rules, and leave nothing behind.")
  var dryRun = false

  /// Opens the ledger with a progress bar around `body`.
  func open<Result>(
    after: String?, _ body: (Workplace) throws -> Result
  ) throws -> Result {
    try Opening(
      base: base, actors: actors, keys: keys, keysPassphraseFiles: keysPassphraseFile,
      elsewhere: elsewhere, nonce: nonce, acceptsJump: clock.clockAhead, isDryRun: dryRun
    ).open(after: after, body)
  }
}

/// Whether the clock is right.
struct ClockOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "The clock is right, though it lies more than a day past the last entry.",
      discussion:
        "Without it such an entry is refused: recorded under a wrong clock, it would stop all others until that time."
    ))
  var clockAhead = false
}

/// Signatures that are made elsewhere.
struct ElsewhereOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write what is to be signed to this file, and record nothing.",
      discussion:
        "Each signer signs it with `winnow sign`; `winnow record --envelope` records it then."))
  var unsigned: String?

  @OptionGroup var replacing: ReplaceOption

  @Option(
    parsing: .unconditionalSingleValue,
    help: "A further actor that is to sign what --unsigned writes; may be repeated.")
  var signer: [SignerName] = []

  @Option(
    help: ArgumentHelp(
      "A command that signs in place of a key file.",
      discussion:
        "Run by /bin/sh -c; it finds the bytes to sign on standard input and writes the 64 raw bytes of an Ed25519 signature."
    ))
  var signerCmd: String?

  @Option(
    help: ArgumentHelp(
      "Until when the statement can be recorded, as 2024-03-20T00:00:00Z.",
      discussion:
        "Who may sign what is decided for a day by default, or for a week with --unsigned; 30 days at most."
    ))
  var notAfter: String?

  func validate() throws {
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

/// What several commands open a ledger with.
struct Opening {
  let base: LedgerOptions
  var actors: [SignerName]
  var keys: [String]
  var keysPassphraseFiles: [String]
  var elsewhere: ElsewhereOptions
  var nonce: String?
  var acceptsJump: Bool
  var isDryRun: Bool

  func open<Result>(
    after: String?, _ body: (Workplace) throws -> Result
  ) throws -> Result {
    let bar = ProgressBar(isQuiet: base.output.quiet || base.output.json)
    defer { bar.clear() }
    let directory = try base.directory
    let progress = bar.progress
    var signing = Signing(
      signers: actors, keyrings: try keyrings(in: directory))
    signing.cosigners = elsewhere.signer
    if let text = elsewhere.signerCmd {
      guard signing.signers.count <= 1 else {
        throw ValidationError(
          "--signer-cmd signs for one actor; gather the others' signatures with --unsigned and `winnow sign`."
        )
      }
      signing.command = SignerCommand(text, isCancelled: progress.isCancelled)
    }
    signing.unsigned = try elsewhere.unsigned.map {
      try elsewhere.replacing.target($0, base.output)
    }
    signing.notAfter = try elsewhere.notAfter.map {
      try Timestamp($0, of: "--not-after").wholeSecond
    }
    if let after {
      signing.after = try base.opened { try $0.view().event(named: after).id }
    }
    let place = try Workplace(
      directory: directory, signing: signing, passphrase: base.passphraseSource,
      nonce: try parsedNonce(), isDryRun: isDryRun, acceptsJump: acceptsJump, progress: progress)
    // Said before anything is read or asked for.
    try place.ledger.checkWritable()
    return try body(place)
  }

  private func keyrings(in directory: LedgerDirectory) throws -> [Signing.Keyring] {
    let directories = keys.isEmpty ? [directory.keys] : keys
    let files = keysPassphraseFiles
    guard files.count <= 1 || files.count == directories.count else {
      throw ValidationError("Give --keys-passphrase-file once, or once for each --keys.")
    }
    return directories.enumerated().map { place, path in
      guard let file = files.count == 1 ? files[0] : files.dropFirst(place).first else {
        return Signing.Keyring(KeyDirectory(path), base.passphraseSource)
      }
      return Signing.Keyring(KeyDirectory(path)) { try Passphrase(file: file) }
    }
  }

  private func parsedNonce() throws -> [UInt8]? {
    guard let nonce else { return nil }
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
