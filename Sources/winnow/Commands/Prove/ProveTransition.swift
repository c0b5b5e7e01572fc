internal import ArgumentParser
internal import Files
internal import Provenance
internal import Workflows

extension ProveCommand {
  struct Transition: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "transition",
      abstract: "Prove that two releases differ by exactly the listed keys.",
      discussion: "Example: winnow prove transition laion@1.0 laion@1.1 --out t.winnow.jsonl")
    @Argument(help: "The older release, \(NameRule.versioned).") var from: VersionedName
    @Argument(help: "The newer release, \(NameRule.versioned).") var to: VersionedName
    @Option(help: "The bundle to write.") var out: String
    @OptionGroup var replacing: ReplaceOption
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let target = try replacing.target(out, options)
      try write(
        try place.shelf().proveTransition(from: from, to: to), to: target, options)
    }
  }
}
