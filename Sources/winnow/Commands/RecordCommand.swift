internal import ArgumentParser
internal import Files
internal import Provenance
internal import Workflows

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Record statements that were signed elsewhere.",
    discussion: """
      Records what `winnow sign` completed, all statements of the files or none. Copies that several
      signers signed side by side are given together. What was recorded before gets its first receipt.

      Example: winnow record --envelope grant.json
      """)
  @Option(
    name: .customLong("envelope"), parsing: .unconditionalSingleValue,
    help: "A file of signed statements; may be repeated.")
  var envelopes: [String]
  @Option(
    name: .customLong("attachment"), parsing: .unconditionalSingleValue,
    help: "A file with the bytes of an attachment that a statement names; may be repeated.")
  var attachments: [String] = []
  @Flag(help: "Do all but the recording: check it against the rules, and leave nothing behind.")
  var dryRun = false
  @OptionGroup var options: LedgerOptions

  func validate() throws {
    if envelopes.isEmpty {
      throw ValidationError("Name a file of signed statements with --envelope.")
    }
  }

  func run() throws {
    try Failure.reported {
      let statements = try envelopes.flatMap {
        try StatementFile.parse(try InputFile.read($0, maximum: StatementFile.maximum))
      }
      try options.reading(isRehearsal: dryRun) { session in
        options.output.answer(
          try session.submit(statements, attachments: attachments), isRehearsal: dryRun)
      }
    }
  }
}
