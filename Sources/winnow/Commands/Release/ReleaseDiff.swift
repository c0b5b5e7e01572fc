internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension ReleaseCommand {
  struct Diff: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Count what changed between two releases, from their indexes.",
      discussion: "Example: winnow release diff laion@1.0 laion@1.1")
    @Argument(help: "The older release, \(NameRule.versioned).") var from: VersionedName
    @Argument(help: "The newer release, \(NameRule.versioned).") var to: VersionedName
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let shelf = try place.shelf()
      let diff = try shelf.diff(from, to)
      let areTwo = from.name != to.name
      let carried = try [from, to].map { ($0, try shelf.carried(of: $0) ?? []) }
      if options.json {
        Console.json([
          "removed": diff.removed.json, "added": diff.added.json,
          "changed": diff.changed.json, "carried": CarriedColumns.json(carried),
        ])
      } else {
        Console.line(
          "\(diff.removed.rows.of("row")) removed, \(diff.added.rows.grouped) added, \(diff.changed.keys.of("key")) changed."
        )
        if areTwo {
          Console.line("  \(from.name) and \(to.name) are two datasets with the same columns.")
        }
        for (release, columns) in carried {
          for line in CarriedColumns.lines(columns, of: release) { Console.line(line) }
        }
      }
    }
  }
}
