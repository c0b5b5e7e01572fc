internal import ArgumentParser
internal import Files
internal import Workflows

extension AttachmentCommand {
  struct Show: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Say what an attachment is, where it is named, and what became of it.",
      discussion: """
        Of one that was withheld or erased it answers what was here: by which event it
        went, who signed that, and on what legal basis.

        Examples:
          winnow attachment show 12/text
          winnow attachment show 3f9a61c2 --out notice.txt

        The second writes its content, for which a sealed one needs the passphrase.
        """)
    @Argument(help: "SEQUENCE/FIELD, the digest, or 8 or more of its first digits.")
    var attachment: String
    @Option(help: "Write the content to this file.") var out: String?
    @OptionGroup var replacing: ReplaceOption
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let target = try out.map { try replacing.target($0, options) }
      let vault = try place.vault()
      let found = try FoundAttachment(named: attachment, in: vault.view)
      if let target {
        guard let content = try found.content(vault) else {
          throw WorkflowFailure.badInput(
            "The content of \(found.digest) is not to be had here; run this without --out to see why."
          )
        }
        try target.write(content)
      }
      if options.json { return Console.json(found.json) }
      for line in found.lines { Console.line(line, beside: target) }
    }
  }
}
