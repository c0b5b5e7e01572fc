internal import ArgumentParser
internal import CanonicalJSON
internal import Datasets
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension ReleaseCommand {
  struct Publish: RowCommand {
    static let configuration = CommandConfiguration(
      commandName: "publish",
      abstract: "Publish a release: read its files and record the root over its rows.",
      discussion: """
        Examples:
          winnow release publish laion@1.0 part-0.csv part-1.csv.gz
          winnow release publish laion@1.0 data
          winnow release publish laion@1.0 'data/**/part-*.jsonl.zst'
          winnow release publish laion@1.0 --files-from paths.txt
          winnow release publish laion@1.0 rows.jsonl --type similarity=float64

          winnow release publish laion@1.1 part-0.csv --missing license=null

        A directory stands for all files below it whose names say a format, hidden ones
        apart; others are passed over, and counted. A file of a release is named by its
        path below the deepest folder that holds all of them.

        A first release commits to all columns of all its files, unless the dataset was
        registered with --columns; what later ones have beyond these is carried, not
        committed, and named. CSV columns are strings unless --type says otherwise; JSON
        Lines types follow from the first 10,000 rows of each file. The same rows with
        the same types have the same root in every format and order.

        Types are bool, int, float64, float32, string, bytes, timestamp, list<TYPE>, and
        json: any JSON value, of which the canonical text counts as a string.
        """)
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Argument(
      help: "Its files: .csv, .jsonl, .ndjson or .json, each perhaps .gz or .zst; or directories.")
    var files: [String] = []
    @Option(
      help: "The release that this one came from, compared row by row: \(NameRule.versioned).")
    var parent: VersionedName?
    @OptionGroup var naming: FilesFromOption
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var working: RowOptions
    @OptionGroup var options: SigningOptions

    func validate() throws { try naming.require(files) }

    func perform(_ place: Workplace) throws {
      let decided = try place.decide(
        PublishRelease(
          release, files: try naming.files(files), reading: try reading.reading() ?? Reading(),
          parent: parent))
      let publication = decided.answer.publication
      let carried = decided.answer.carried
      options.answer(
        decided,
        [
          ("release", JSON(release)), ("root", JSON(publication.root)),
          ("rows", JSON(publication.tally.rows)), ("keys", JSON(publication.tally.keys)),
          ("carried", CarriedColumns.json(carried)),
        ],
        lines: [
          "\(release) has \(publication.tally.rows.of("row")) under \(publication.tally.keys.of("key")).",
          "  root \(publication.root)",
        ] + CarriedColumns.lines(carried))
    }
  }
}
