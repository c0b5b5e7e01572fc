internal import ArgumentParser
internal import Provenance
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
    @OptionGroup var trusting: AnchorOptions
    @Option(help: "A file with the row as a JSON object, or - for standard input.") var row: String?
    @Option(help: "A file with the secret of a keyed dataset, 32 bytes.") var secretFile: String?
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if [bundle, trusting.policy, row, secretFile].count(where: { $0 == "-" }) > 1 {
        throw ValidationError("Standard input can be read once; give files for the rest.")
      }
    }

    func run() throws {
      let verdict = try BundleFile.verify(
        bundle, anchors: try trusting.anchors(),
        row: try row.map { try HeldRow.read($0, secretFile: secretFile) })
      try verdict.answer(inJSON: output.json)
    }
  }
}
