internal import ArgumentParser
internal import Files
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension HashListCommand {
  struct Diff: RowCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Count what changed in a list, and which removals lost their ground.",
      discussion: """
        Examples:
          winnow hashlist diff hotline@2024-03 hotline@2024-06 march.txt june.txt
          winnow hashlist diff hotline@2024-03 hotline@2024-06 march.txt june.txt \\
              --rows lost.jsonl

        Each file must be the registered list. Of a release that was matched with both,
        in the same column, a removal has lost its ground for rows that it took by the
        older list, that the newer does not find, and that nothing else of the removal
        found. Match the release with the newer list first.

        --rows writes which rows these are, from the release's files: for you alone. A
        line of it is a row as `winnow reinstate --row` takes it.
        """)
    @Argument(help: "The older list, \(NameRule.versioned).") var from: VersionedName
    @Argument(help: "The newer list, \(NameRule.versioned).") var to: VersionedName
    @Argument(help: "The older list's file, or - for standard input.") var fromFile: String
    @Argument(help: "The newer list's file, or - for standard input.") var toFile: String
    @Option(help: "The column or member of the lists' hashes, in their files.")
    var listColumn: String?
    @Option(help: "A file for the rows, readable by its owner alone.") var rows: String?
    @OptionGroup var replacing: ReplaceOption
    @OptionGroup var working: RowOptions
    @OptionGroup var options: LedgerOptions

    func validate() throws {
      guard fromFile != "-" || toFile != "-" else {
        throw ValidationError("Standard input is one list; name a file for the other.")
      }
      guard rows != "-" else {
        throw ValidationError("--rows is for one reader alone; give it a file.")
      }
    }

    func perform(_ place: Workplace) throws {
      let target = try rows.map { try replacing.target($0, options) }
      if let target, !target.isFile {
        throw ValidationError("--rows is for one reader alone; give it a file.")
      }
      let shelf = try place.shelf()
      let diff = try ListDiff(
        from: from, ListFile(fromFile, column: listColumn), to: to,
        ListFile(toFile, column: listColumn), shelf)
      var written: Int?
      if let target, diff.missing.isEmpty { written = try diff.writeRows(to: target, shelf) }
      if options.json {
        Console.json(diff.json)
      } else {
        for line in diff.lines { Console.line(line) }
      }
      if let written, let target, written > 0 {
        Console.note(
          "winnow: \(target.path) says which \(written.of("row")) \(written == 1 ? "this is" : "these are"): keep it as you keep the ledger's secrets."
        )
      }
      if !diff.missing.isEmpty { throw Failure.notEnough }
    }
  }
}
