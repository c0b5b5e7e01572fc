internal import ArgumentParser

extension ProveCommand {
  struct Presence: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "presence",
      abstract: "Prove that a row which you hold is in a release.",
      discussion: """
        The row is a JSON object with its identity columns, in a file or on standard
        input: never an argument, which others on this machine could read.

        Example: winnow prove presence laion@1.0 --row row.json --out p.winnow.jsonl
        """)
    @OptionGroup var lookup: LookupOptions
    func run() throws { try lookup.run(expecting: true) }
  }
}
