internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import TransparencyLog
internal import Workflows

struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove", abstract: "Write a bundle that shows a claim offline.",
    subcommands: [Event.self, Presence.self, Absence.self, Transition.self])

  struct Event: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove that an event is in the log.",
      discussion: "Example: winnow prove event 12 --out e.winnow.jsonl --tlog-proof e.tlog-proof")
    @Argument(help: "The sequence, or the event id, or 8 or more of its first digits.") var event:
      String
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
      abstract: "Prove that a row which you hold is in a release.",
      discussion: """
        The row is a JSON object with its identity columns, in a file or on standard
        input: never an argument, which others on this machine could read.

        Example: winnow prove presence laion@1.0 --row row.json --out p.winnow.jsonl
        """)
    @OptionGroup var lookup: LookupOptions
    func run() throws { try lookup.run(expecting: true) }
  }

  struct Absence: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove that a row which you hold is not in a release.",
      discussion: """
        The row is a JSON object with its identity columns, in a file or on standard
        input: never an argument, so that it stays out of the shell's history.

        Example: winnow prove absence laion@1.1 --row row.json --out a.winnow.jsonl
        """)
    @OptionGroup var lookup: LookupOptions
    func run() throws { try lookup.run(expecting: false) }
  }

  struct Transition: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prove that two releases differ by exactly the listed keys.",
      discussion: "Example: winnow prove transition laion@1.0 laion@1.1 --out t.winnow.jsonl")
    @Argument(help: "The older release, \(NameRule.versioned).") var from: VersionedName
    @Argument(help: "The newer release, \(NameRule.versioned).") var to: VersionedName
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
  @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
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
    let json = try InputFile.read(path, maximum: 16 << 20)
    try RowKey.check(json)
    return HeldRow(
      json: json,
      secret: try secretFile.map { try InputFile.read($0, maximum: 4096) })
  }
}

extension HeldRow {
  /// Rows from a file, one JSON object a line; empty lines are passed over.
  static func readLines(_ path: String) throws -> [HeldRow] {
    let rows = try InputFile.read(path, maximum: 256 << 20).split(separator: 0x0a).map {
      HeldRow(json: Array($0), secret: nil)
    }
    for row in rows { try RowKey.check(row.json) }
    guard !rows.isEmpty else {
      throw WorkflowFailure.badInput("There is no row in \(path); give one JSON object a line.")
    }
    return rows
  }
}

/// Writes a bundle and says so.
func write(_ bundle: Bundle, to path: String, _ output: OutputOptions) throws {
  guard path != "-" else {
    throw ValidationError("Give a file for the bundle; use ./- for a file of that name.")
  }
  let size = try BundleFile.write(bundle, to: path)
  if output.json {
    Console.json([
      "bundle": .string(path), "bytes": JSON(size), "entries": .integer(Int64(bundle.items.count)),
      "claims": .array(bundle.claims.map { .string($0.type) }),
    ])
  } else {
    Console.line("Wrote \(path): \(size.of("byte")), \(bundle.items.count.of("entry", "entries")).")
  }
}
