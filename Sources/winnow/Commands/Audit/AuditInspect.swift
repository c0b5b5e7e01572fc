internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension AuditCommand {
  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "inspect",
      abstract: "Say what a bundle holds, without checking it.",
      discussion: "Example: winnow audit inspect audit.winnow.jsonl")
    @Argument(help: "The bundle, or - for standard input.") var bundle: String
    @OptionGroup var output: OutputOptions

    func run() throws {
      let bundle = try Bundle(parsing: try BundleFile.read(self.bundle))
      let claims = bundle.claims.map(\.type)
      if output.json {
        Console.json([
          "origin": JSON(bundle.origin), "genesis": JSON(bundle.genesis),
          "entries": .integer(Int64(bundle.items.count)),
          "attachments": .integer(Int64(bundle.attachments.count)),
          "claims": .array(claims.map { .string($0) }),
        ])
      } else {
        Console.line("origin       \(bundle.origin)")
        Console.line("genesis      \(bundle.genesis)")
        Console.line("entries      \(bundle.items.count.grouped)")
        Console.line("attachments  \(bundle.attachments.count.grouped)")
        Console.line("claims       \(claims.joined(separator: ", "))")
      }
    }
  }
}
