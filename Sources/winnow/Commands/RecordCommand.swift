internal import ArgumentParser
internal import CanonicalJSON
internal import Provenance
internal import Workflows

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Record an event of any kind from a JSON file.",
    discussion: """
      The file holds the members of the kind's body, and where they are wanted of its header:
      occurredAt, occurredPrecision, occurredUntil, attributedTo (the event is then an import, about
      what others did), causes, case, evidence, expects, notAfter.

      An attachment may be {"file": "notice.txt", "mediaType": "text/plain"} or {"text": "…"}, and is
      stored and replaced by its reference; an event id may be {"sequence": 12}.

      Examples:
        winnow record notice-sent notice.json
        winnow record claim-recorded --json claim.json     the same, answered in JSON
      """)
  @Argument(help: "The kind, such as claim-recorded.") var kind: Kind
  @Argument(help: "A file with the members as a JSON object, or - for standard input.")
  var file: String
  @OptionGroup var options: SigningOptions

  func run() throws {
    try Failure.reported {
      let json = try JSON(parsing: try InputFile.read(file, maximum: 1 << 20))
      try options.session { options.answer([try $0.record(kind, json)]) }
    }
  }
}
