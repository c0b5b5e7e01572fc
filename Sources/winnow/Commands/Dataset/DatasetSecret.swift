internal import ArgumentParser
internal import CanonicalJSON
internal import Files
internal import Provenance
internal import Workflows

extension DatasetCommand {
  struct Secret: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "secret",
      abstract: "Write the secret of a keyed dataset to a file, for an auditor.",
      discussion: """
        Whoever is to check rows of a keyed dataset needs its secret: `winnow audit
        verify BUNDLE --policy POLICY --row ROW --secret-file FILE`. It gives much away:
        whoever holds it can test any row that they hold or guess against every release
        of the dataset. Nothing records that, and nothing takes it back.

        Example: winnow dataset secret clinic --out clinic.secret
        """)
    @Argument(help: "The keyed dataset: \(NameRule.name).") var dataset: Name
    @Option(help: "The file to write, a new one: 32 bytes, for its owner alone to read.")
    var out: String
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      // Never in place of anything: it may be another dataset's.
      let target = try ReplaceOption.target(out, replacing: false, options)
      let commitment = try Workflows.DatasetSecret.write(
        of: dataset, to: target, place.vault())
      if options.json {
        Console.json([
          "dataset": JSON(dataset), "file": .string(out), "secretCommitment": JSON(commitment),
        ])
      } else {
        Console.line("Wrote the secret of \(dataset) to \(out).", beside: target)
      }
      Console.note(
        "winnow: whoever has \(out) can test any row that they hold against every release of \(dataset), and nothing public says that they do: give it to those alone who are to check rows."
      )
    }
  }
}
