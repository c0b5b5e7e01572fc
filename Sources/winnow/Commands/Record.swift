internal import ArgumentParser
internal import CanonicalJSON
internal import Provenance
internal import Workflows

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record an event of any kind, or statements that were signed elsewhere.",
    discussion: """
      The file holds the members of the kind's body, and of its header where wanted:
      occurredAt, occurredPrecision, occurredUntil, attributedTo (the event is then an
      import, about what others did), causes, case, evidence, expects, notAfter.

      An attachment may be {"file": "notice.txt", "mediaType": "text/plain"} or
      {"text": "…"}, and is stored and replaced by its reference; an event id may be
      {"sequence": 12}. Words of notices, suspicions, disputes and responses, and
      evidence, are sealed unless "disclosure": "open" is said beside them.

      --envelope records what `winnow sign` completed, all statements of the files or
      none. Copies that several signers signed side by side are given together. What
      was recorded before gets its first receipt.

      Examples:
        winnow record notice-sent notice.json
        winnow record claim-recorded --json claim.json     the same, answered in JSON
        winnow record --envelope grant.json
      """)
  @Argument(help: "The kind, such as claim-recorded.") var kind: Kind?
  @Argument(help: "A file with the members as a JSON object, or - for standard input.")
  var file: String?
  @Option(
    name: .customLong("envelope"), parsing: .unconditionalSingleValue,
    help: "A file of signed statements; may be repeated.")
  var envelopes: [String] = []
  @Option(
    name: .customLong("attachment"), parsing: .unconditionalSingleValue,
    help: "A file with the bytes of an attachment that a statement names; may be repeated.")
  var attachments: [String] = []
  @OptionGroup var options: SigningOptions

  func validate() throws {
    if envelopes.isEmpty {
      guard kind != nil, file != nil else {
        throw ValidationError(
          "Give a kind and a file with its members, or a file of signed statements with --envelope."
        )
      }
      guard attachments.isEmpty else {
        throw ValidationError("--attachment goes with --envelope; name files in the members.")
      }
    } else if kind != nil {
      throw ValidationError("Give either a kind or --envelope.")
    }
  }

  func run() throws {
    if let kind, let file {
      let json = try JSON(parsing: try InputFile.read(file, maximum: 1 << 20))
      return try options.open { options.answer(try $0.decide(RecordEvent(kind, json))) }
    }
    let files = try envelopes.map { try InputFile.read($0, maximum: StatementFile.maximum) }
    try options.opened(
      isDryRun: options.dryRun, acceptsJump: options.clockAhead
    ) { place in
      let view = try place.view()
      let statements = try files.flatMap { try StatementFile.parse($0, view) }
      options.answer(
        try SubmitSigned(statements, attachments: attachments).submit(to: place),
        isDryRun: options.dryRun)
    }
  }
}
