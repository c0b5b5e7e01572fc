internal import ArgumentParser
internal import CanonicalJSON
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

struct SignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Sign statements that --unsigned wrote.",
    discussion: """
      Says what each statement does and adds the signature of one signer; the file is
      then a DSSE envelope, to be passed on to the next signer or back to the ledger
      (`winnow record --envelope`). No ledger is needed where --keys or --signer-cmd
      is given. Without a ledger at hand, check what is shown, and give --genesis, the
      ledger's id as you know it.

      Examples:
        winnow sign grant.json --as hotline --keys hotline-keys
        winnow sign grant.json --as hotline --signer-cmd "ssh hsm sign-ed25519" \\
            --public-key hotline.pub
        winnow sign grant.json --show

      A program of your own can sign as well: with Ed25519, the bytes that --pae
      writes.
      """)
  @Argument(help: "The file; `-` reads standard input, with --out.") var file: String
  @Option(name: .customLong("as"), help: "The actor that signs.") var actor: ActorName?
  @Option(help: "The directory of the signing key; the ledger's own by default.") var keys: String?
  @Option(help: "A file with the passphrase of the signing key, where it is another.")
  var keysPassphraseFile: String?
  @Option(help: "A command that signs in place of a key file; see `winnow role grant --help`.")
  var signerCmd: String?
  @Option(
    help: "A file with the public key that --signer-cmd signs for, in PEM; the actor's by default.")
  var publicKey: String?
  @Option(help: "The ledger's id, as pinned: a statement for another ledger is refused.")
  var genesis: String?
  @Option(help: "The file for the result; the same by default.") var out: String?
  @OptionGroup var replacing: ReplaceOption
  @Flag(help: "Say what is to be signed, and sign nothing.") var show = false
  @Option(help: "Write the bytes that are signed (DSSE's PAE) to this file, and sign nothing.")
  var pae: String?
  @OptionGroup var options: LedgerOptions

  func validate() throws {
    if !show, pae == nil, actor == nil {
      throw ValidationError("Name who signs with --as, or look with --show.")
    }
    if file == "-", !show, pae == nil, out == nil {
      throw ValidationError("Name the file for the result with --out.")
    }
    if publicKey != nil, signerCmd == nil {
      throw ValidationError("--public-key goes with --signer-cmd.")
    }
    if signerCmd != nil, keys != nil {
      throw ValidationError("Give --keys or --signer-cmd, not both.")
    }
  }

  func run() throws {
    let paeTarget = try pae.map { try replacing.target($0, options) }
    let target = try signedTarget()
    let statements = try StatementFile.parse(
      try InputFile.read(file, maximum: StatementFile.maximum))
    // What is said stands before anything is asked for, such as a passphrase.
    if !options.json {
      for statement in statements {
        statement.description.forEach { Console.line($0, beside: paeTarget ?? target) }
      }
    }
    if let paeTarget { return try write(statements, paeTo: paeTarget) }
    guard let target, let actor else {
      if options.json { Console.json(answer(statements)) }
      return
    }
    let done = try SignWorkflow.sign(
      statements, as: actor, with: try hand(of: actor), ledger: try pinned())
    try StatementFile.write(done.statements, to: target)
    if options.json {
      return Console.json(
        answer(
          done.statements,
          [
            ("file", .string(target.path)), ("keyId", .string(done.key.id.hex)),
            ("added", .integer(Int64(done.added))), ("present", .integer(Int64(done.present))),
          ]))
    }
    let again = done.present > 0 ? "; \(done.present.grouped) had it already" : ""
    Console.line(
      "\(actor) signed \(done.added.of("statement")) with the key \(done.key.id.hex.prefix(16))…\(again).",
      beside: target)
    let missing = Set(done.statements.flatMap(\.missing)).count
    Console.line(
      missing == 0
        ? "All have signed \(target.path); `winnow record --envelope \(target.path)` records it."
        : "\(target.path) lacks the signature of \(missing.of("key")).", beside: target)
  }

  /// Where the signed statements go, when anything is signed: in place of those that were read, or to
  /// a file of their own.
  private func signedTarget() throws -> OutputTarget? {
    if show || pae != nil || actor == nil { return nil }
    guard let out, out != file else { return try OutputTarget(file, replacing: true) }
    return try replacing.target(out, options)
  }

  private func write(_ statements: [PartlySigned], paeTo target: OutputTarget) throws {
    guard let statement = statements.first, statements.count == 1 else {
      throw WorkflowFailure.badInput(
        "The file holds \(statements.count.of("statement")), each with bytes of its own to sign; split it into lines."
      )
    }
    try target.write(statement.message)
    if options.json {
      Console.json(answer(statements, [("pae", .string(target.path))]))
    }
  }

  private func hand(of actor: ActorName) throws -> SignWorkflow.Hand {
    if let signerCmd {
      let key: VerifyingKey
      if let publicKey {
        key = try PublicKeyFile.read(publicKey)
      } else {
        key = try options.opened { try $0.view().countingKey(of: actor) }
      }
      return .command(
        SignerCommand(signerCmd, isCancelled: { Interruption.isRequested }), as: key)
    }
    let directory = KeyDirectory(try keys ?? options.directory.keys)
    guard let file = keysPassphraseFile else {
      return .keys(directory, passphrase: options.passphraseSource)
    }
    return .keys(directory, passphrase: { try Passphrase(file: file) })
  }

  /// The ledger that the signer knows: the pinned one, or the one at hand.
  private func pinned() throws -> EventID? {
    if let genesis {
      guard let id = EventID(hex: genesis) else {
        throw ValidationError("--genesis takes the ledger's id, 64 hexadecimal digits.")
      }
      return id
    }
    guard options.ledger != nil || Variable.value("WINNOW_LEDGER") != nil else { return nil }
    return try options.opened { try $0.view().id }
  }

  private func answer(_ statements: [PartlySigned], _ members: [(String, JSON)] = []) -> JSON {
    var object = JSONObject(members)
    object["statements"] = .array(statements.map(\.json))
    return .object(object)
  }
}
