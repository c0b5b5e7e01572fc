internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension FilterCommand {
  struct Run: RowCommand {
    static let configuration = CommandConfiguration(
      commandName: "run", abstract: "Choose the rows of a release for which a condition holds.",
      discussion: """
        Examples:
          winnow filter run laion@1.0 --where 'punsafe > 0.95'
          winnow filter laion@1.0 --where 'width::INT < 64 OR height::INT < 64' --open

        The condition is one of DuckDB's SQL on a single row, without queries, chance,
        the clock, files or a network. Columns have the types of the dataset: text is
        cast, as in punsafe::DOUBLE. Null counts as false, and of rows with one key all
        are chosen when one is. `winnow remove --filter` then decides that they go.

        Condition and rows stay sealed here, or are open to all with --open.
        """)
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Option(
      name: .customLong("where"),
      help: ArgumentHelp("The condition, as it stands after WHERE.", valueName: "condition"))
    var condition: String
    @Flag(help: "Let everyone read the condition, and which rows it chose.") var open = false
    @OptionGroup var working: RowOptions
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      let decided = try place.decide(RunFilter(release, condition, isOpen: open))
      let done = decided.answer
      options.answer(
        decided,
        [
          ("scannedRows", JSON(done.scannedRows)), ("matchedRows", JSON(done.matched.rows)),
          ("matchedKeys", JSON(done.matched.keys)),
        ],
        lines: [
          "The condition holds for \(done.matched.rows.of("row")) of the \(done.scannedRows.grouped) of \(release)."
        ])
    }
  }
}
