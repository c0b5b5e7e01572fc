internal import ArgumentParser
internal import LedgerCrypto
internal import Provenance
internal import TransparencyLog
internal import Workflows

extension AuditCommand {
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Check a bundle: needs no ledger, network or database.",
      discussion: """
        Examples:
          winnow audit verify audit.winnow.jsonl --policy policy.txt
          winnow audit verify a.winnow.jsonl --policy policy.txt --row row.json

        The policy names the log's key and must come from where you trust, not with the
        bundle. Without it the answer is never "verified" but "unanchored".
        """)
    @Argument(help: "The bundle, or - for standard input.") var bundle: String
    @Option(help: "A C2SP tlog-policy file with the log's key.") var policy: String?
    @Option(
      help: "The event id of sequence 0, to pin the ledger: all 64 digits, for fewer pin nothing.")
    var genesis: String?
    @Option(
      help: ArgumentHelp(
        "ACTOR=KEY to pin an actor's key; may be repeated.",
        discussion:
          "KEY is 32 bytes in base64, or a file with the public key, as `winnow key new` writes it."
      ))
    var trust: [String] = []
    @Option(help: "A file with the row as a JSON object, or - for standard input.") var row: String?
    @Option(help: "A file with the secret of a keyed dataset, 32 bytes.") var secretFile: String?
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if [bundle, policy, row, secretFile].count(where: { $0 == "-" }) > 1 {
        throw ValidationError("Standard input can be read once; give files for the rest.")
      }
    }

    func run() throws {
      var anchors = TrustAnchors()
      if let policy {
        anchors.policy = try LogPolicy(parsing: try InputFile.read(policy, maximum: 1 << 20))
      }
      if let genesis {
        guard let id = EventID(hex: genesis) else {
          throw ValidationError(
            "--genesis takes all 64 hexadecimal digits of an event id, in lower case.")
        }
        anchors.genesis = id
      }
      for pin in trust { try Self.add(pin, to: &anchors) }
      let verdict = try BundleFile.verify(
        bundle, anchors: anchors,
        row: try row.map { try HeldRow.read($0, secretFile: secretFile) })
      if output.json {
        Console.json(verdict.json)
      } else {
        for line in verdict.lines { Console.line(line) }
      }
      switch verdict.conclusion {
      case .verified: return
      case .failed: throw Failure.verificationFailed
      case .unanchored, .undecided: throw Failure.notEnough
      }
    }

    private static func key(_ text: String) throws -> VerifyingKey? {
      if let raw = Base64.decode(text[...]), let key = Digest(bytes: raw) {
        return VerifyingKey(bytes: key)
      }
      return InputFile.isThere(text) ? try PublicKeyFile.read(text) : nil
    }

    private static func add(_ pin: String, to anchors: inout TrustAnchors) throws {
      guard let split = pin.firstIndex(of: "="), let actor = ActorName(String(pin[..<split])),
        let key = try key(String(pin[pin.index(after: split)...]))
      else {
        throw ValidationError(
          "--trust takes ACTOR=KEY with a base64 public key, or the file of one.")
      }
      do {
        try anchors.pin(key, as: actor)
      } catch {
        throw ValidationError(
          "--trust pins one key twice, for \(error.first) and for \(error.second); a key belongs to one actor, so give it once."
        )
      }
    }
  }
}
