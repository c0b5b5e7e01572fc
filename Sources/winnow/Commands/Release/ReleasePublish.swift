internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension ReleaseCommand {
  struct Publish: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "publish",
      abstract: "Publish a release: read its files and record the root over its rows.",
      discussion: """
        Examples:
          winnow release publish laion@1.0 part-0.csv part-1.csv.gz
          winnow release publish laion@1.0 rows.jsonl --type similarity=float64

        CSV columns are strings unless --type says otherwise; JSON Lines types follow
        from the first 10,000 rows. The same rows with the same types have the same root
        in every format.
        """)
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Argument(help: "Its files: .csv, .jsonl, each perhaps .gz.") var files: [String]
    @Option(name: .customLong("type"), help: "COLUMN=TYPE; may be repeated.") var types: [String] =
      []
    @Option(
      help: "The release that this one came from, compared row by row: \(NameRule.versioned).")
    var parent: VersionedName?
    @OptionGroup var options: SigningOptions

    func validate() throws { _ = try ColumnTypes.pairs(types) }

    func perform(_ place: Workplace) throws {
      let types = try ColumnTypes.parse(types)
      let decided = try place.decide(
        PublishRelease(release, files: files, types: types, parent: parent))
      let publication = decided.answer
      options.answer(
        decided,
        [
          ("release", JSON(release)), ("root", JSON(publication.root)),
          ("rows", JSON(publication.tally.rows)), ("keys", JSON(publication.tally.keys)),
        ],
        lines: [
          "\(release) has \(publication.tally.rows.of("row")) under \(publication.tally.keys.of("key")).",
          "  root \(publication.root)",
        ])
    }
  }
}
