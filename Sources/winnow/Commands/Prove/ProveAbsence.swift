internal import ArgumentParser

extension ProveCommand {
  struct Absence: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "absence",
      abstract: "Prove that a row which you hold is not in a release.",
      discussion: """
        The row is a JSON object with its identity columns, in a file or on standard
        input: never an argument, so that it stays out of the shell's history.

        Example: winnow prove absence laion@1.1 --row row.json --out a.winnow.jsonl
        """)
    @OptionGroup var lookup: LookupOptions
    func run() throws { try lookup.run(expecting: false) }
  }
}
