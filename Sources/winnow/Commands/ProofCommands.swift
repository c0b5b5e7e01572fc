internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import TransparencyLog
internal import Workflows

struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint", abstract: "Sign the current size and root of the log.")
  @OptionGroup var options: LedgerOptions

  func run() throws {
    try Failure.reported {
      try options.reading { session in
        let done = try session.checkpoint()
        if options.output.json {
          Console.json([
            "size": JSON(done.head.size.rawValue), "root": .string(done.head.root.hex),
            "checkpoint": .string(String(decoding: done.note, as: UTF8.self)),
          ])
        } else {
          Console.bytes(done.note)
        }
      }
    }
  }
}

struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Write the log as static files that any web server can serve.",
    discussion: """
      Signs a checkpoint, then writes C2SP tiles, entry bundles and open attachments. What is sealed
      stays here.

      Example: winnow publish site
      """)
  @Argument(help: "The directory to write to.") var site: String
  @OptionGroup var options: LedgerOptions

  func run() throws {
    try Failure.reported {
      try options.reading { session in
        let done = try session.publish(to: site)
        if options.output.json {
          Console.json([
            "size": JSON(done.size), "tiles": .integer(Int64(done.tiles)),
            "attachments": .integer(Int64(done.attachments)),
            "written": .integer(Int64(done.written)),
          ])
        } else {
          Console.line(
            "\(site) holds \(done.size.grouped) entries in \(done.tiles) tiles and \(done.attachments) open attachments; \(done.written) files are new."
          )
        }
      }
    }
  }
}

struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove", abstract: "Write a bundle that shows a claim offline.",
    subcommands: [Event.self, Presence.self, Absence.self, Transition.self])

  struct Event: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove that an event is in the log.",
      discussion: "Example: winnow prove event 12 --out e.winnow.jsonl --tlog-proof e.tlog-proof")
    @Argument(help: "The sequence, or the event id.") var event: String
    @Option(help: "The bundle to write.") var out: String?
    @Option(help: "A C2SP proof to write, for any log client.") var tlogProof: String?
    @OptionGroup var options: LedgerOptions

    func validate() throws {
      if out == nil, tlogProof == nil { throw ValidationError("Give --out or --tlog-proof.") }
    }

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          let sequence = try session.event(named: event).sequence
          if let out { try write(try session.proveEvent(sequence), to: out, options.output) }
          if let tlogProof {
            try OutputFile.write(try session.proveEventAsTLogProof(sequence), to: tlogProof)
          }
        }
      }
    }
  }

  struct Presence: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove that a row which you hold is in a release.")
    @OptionGroup var lookup: LookupOptions
    func run() throws { try lookup.run(expecting: true) }
  }

  struct Absence: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove that a row which you hold is not in a release.",
      discussion: """
        The row is a JSON object with its identity columns, in a file or on standard input: never an
        argument, so that it stays out of the shell's history.

        Example: winnow prove absence laion@1.1 --row row.json --out a.winnow.jsonl
        """)
    @OptionGroup var lookup: LookupOptions
    func run() throws { try lookup.run(expecting: false) }
  }

  struct Transition: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove that two releases differ by exactly the listed keys.",
      discussion: "Example: winnow prove transition laion@1.0 laion@1.1 --out t.winnow.jsonl")
    @Argument(help: "The older release, NAME@VERSION.") var from: VersionedName
    @Argument(help: "The newer release, NAME@VERSION.") var to: VersionedName
    @Option(help: "The bundle to write.") var out: String
    @OptionGroup var options: LedgerOptions

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          try write(try session.proveTransition(from: from, to: to), to: out, options.output)
        }
      }
    }
  }
}

/// Options of the proofs about one row.
struct LookupOptions: ParsableArguments {
  @Argument(help: "The release, NAME@VERSION.") var release: VersionedName
  @Option(help: "A file with the row as a JSON object, or - for standard input.") var row: String
  @Option(help: "A file with the secret of a keyed dataset, 32 bytes.") var secretFile: String?
  @Option(help: "The bundle to write.") var out: String
  @OptionGroup var options: LedgerOptions

  func run(expecting isPresent: Bool) throws {
    try Failure.reported {
      let row = try HeldRow.read(row, secretFile: secretFile)
      try options.reading { session in
        try write(
          try session.proveLookup(of: row, in: release, expecting: isPresent), to: out,
          options.output)
      }
    }
  }
}

extension HeldRow {
  static func read(_ path: String, secretFile: String?) throws -> HeldRow {
    HeldRow(
      json: try InputFile.read(path, maximum: 16 << 20),
      secret: try secretFile.map { try InputFile.read($0, maximum: 4096) })
  }
}

/// Writes a bundle and says so.
private func write(_ bundle: Bundle, to path: String, _ output: OutputOptions) throws {
  let size = try BundleFile.write(bundle, to: path)
  if output.json {
    Console.json([
      "bundle": .string(path), "bytes": JSON(size), "entries": .integer(Int64(bundle.items.count)),
      "claims": .array(bundle.claims.map { .string($0.type) }),
    ])
  } else {
    Console.line("Wrote \(path): \(size.grouped) bytes, \(bundle.items.count) entries.")
  }
}

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Export the log, and check bundles offline.",
    subcommands: [Export.self, Verify.self, Inspect.self])

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Export every entry up to the latest checkpoint, with all open attachments.",
      discussion: "Example: winnow audit export --all --out audit.winnow.jsonl")
    @Flag(help: "Everything: the claim is that nothing is missing.") var all = false
    @Option(help: "The bundle to write.") var out: String
    @OptionGroup var options: LedgerOptions

    func validate() throws {
      if !all { throw ValidationError("Say --all; single claims are made by `winnow prove`.") }
    }

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          try write(try session.completeBundle(), to: out, options.output)
        }
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check a bundle: needs no ledger, network or database.",
      discussion: """
        Examples:
          winnow audit verify audit.winnow.jsonl --policy policy.txt
          winnow audit verify a.winnow.jsonl --policy policy.txt --row row.json

        The policy names the log's key and must come from where you trust, not with the bundle.
        Without it the answer is never "verified".
        """)
    @Argument(help: "The bundle.") var bundle: String
    @Option(help: "A C2SP tlog-policy file with the log's key.") var policy: String?
    @Option(help: "The event id of sequence 0, to pin the ledger.") var genesis: String?
    @Option(help: "ACTOR=KEY, a base64 public key, to pin an actor's key; may be repeated.")
    var trust: [String] = []
    @Option(help: "A file with the row as a JSON object, or - for standard input.") var row: String?
    @Option(help: "A file with the secret of a keyed dataset, 32 bytes.") var secretFile: String?
    @OptionGroup var output: OutputOptions

    func run() throws {
      try Failure.reported {
        var anchors = TrustAnchors()
        if let policy {
          anchors.policy = try LogPolicy(parsing: try InputFile.read(policy, maximum: 1 << 20))
        }
        if let genesis {
          guard let id = EventID(hex: genesis) else {
            throw ValidationError("--genesis takes 64 hexadecimal digits in lower case.")
          }
          anchors.genesis = id
        }
        for pin in trust { try Self.add(pin, to: &anchors) }
        let verdict = try BundleFile.verify(
          bundle, anchors: anchors,
          row: try row.map { try HeldRow.read($0, secretFile: secretFile) })
        Self.print(verdict, output)
        switch verdict.conclusion {
        case .verified: return
        case .failed: throw Failure.verificationFailed
        case .undecided: throw Failure.notEnough
        }
      }
    }

    private static func add(_ pin: String, to anchors: inout TrustAnchors) throws {
      guard let split = pin.firstIndex(of: "="), let actor = ActorName(String(pin[..<split])),
        let raw = Base64.decode(pin[pin.index(after: split)...]), let key = Digest(bytes: raw)
      else { throw ValidationError("--trust takes ACTOR=KEY with a base64 public key.") }
      anchors.actors[VerifyingKey(bytes: key).id] = actor
    }

    static func print(_ verdict: Verdict, _ output: OutputOptions) {
      if output.json { return Console.json(verdict.json) }
      for check in verdict.checks {
        switch check.outcome {
        case .passed: Console.line("pass     \(check.name)")
        case .failed(let why): Console.line("FAIL     \(check.name): \(why)")
        case .skipped(let why): Console.line("skipped  \(check.name): \(why)")
        }
      }
      switch verdict.conclusion {
      case .verified: Console.line("verified (level \(verdict.level?.rawValue ?? ""))")
      case .failed: Console.line("NOT VERIFIED")
      case .undecided: Console.line("undecided: not enough evidence")
      }
      for sentence in verdict.sentences { Console.line("  \(sentence)") }
      for sentence in verdict.notShown { Console.line("  Not shown: \(sentence).") }
    }
  }

  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what a bundle holds, without checking it.")
    @Argument(help: "The bundle.") var bundle: String
    @OptionGroup var output: OutputOptions

    func run() throws {
      try Failure.reported {
        let bundle: Bundle
        do {
          bundle = try Bundle(parsing: try BundleFile.read(self.bundle))
        } catch let error as BundleError {
          Console.note("winnow: \(error)")
          throw Failure.verificationFailed
        }
        let claims = bundle.claims.map(\.type)
        if output.json {
          Console.json([
            "origin": JSON(bundle.origin), "genesis": JSON(bundle.genesis),
            "entries": .integer(Int64(bundle.items.count)),
            "attachments": .integer(Int64(bundle.attachments.count)),
            "claims": .array(claims.map { .string($0) }),
          ])
        } else {
          Console.line("origin       \(bundle.origin)")
          Console.line("genesis      \(bundle.genesis)")
          Console.line("entries      \(bundle.items.count)")
          Console.line("attachments  \(bundle.attachments.count)")
          Console.line("claims       \(claims.joined(separator: ", "))")
        }
      }
    }
  }
}
