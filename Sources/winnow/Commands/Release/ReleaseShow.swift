internal import ArgumentParser
internal import LedgerCrypto
internal import Provenance
internal import Rows
internal import Workflows

extension ReleaseCommand {
  struct Show: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show one release.", discussion: "Example: winnow release show laion@1.0")
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let shelf = try place.shelf()
      let view = shelf.view
      let record = try view.release(release)
      let publication = record.publication
      let decoys = try view.decoyRows(of: publication.derivation?.removals ?? [])
      let observers = try view.observers(of: release)
      let columns = try view.dataset(release.name).columns
      let carried = try shelf.carried(of: release)
      if options.json {
        return Console.json(
          record.answer(decoyRows: decoys, observers: observers, carried: carried))
      }
      Console.line("\(release), published at sequence \(record.published)")
      Console.line("  root    \(publication.root)")
      Console.line("  rows    \(publication.tally.rows.grouped)")
      Console.line("  keys    \(publication.tally.keys.grouped)")
      Console.line("  shards  \(publication.shards.grouped)")
      if let columns {
        Console.line("  columns \(CarriedColumns.list(columns.content.map(\.name)))")
      }
      if let carried {
        for line in CarriedColumns.lines(carried) { Console.line(line) }
      } else {
        Console.line("  whether its files carry more columns is known where they were read")
      }
      if let derivation = publication.derivation {
        Console.line(
          "  from    \(derivation.parent): \(derivation.removed.rows.of("row")) removed, \(derivation.added.rows.grouped) added, \(derivation.changed.keys.of("key")) changed"
        )
        if decoys > 0 {
          Console.line("          \(decoys.drawn) to hide the others")
        }
        if derivation.removed.keys + derivation.added.keys > 0 {
          Console.line("  list    \(derivation.disclosure.rawValue)")
        }
        if let unreconciled = derivation.unreconciled {
          Console.line("  UNRECONCILED by \(unreconciled.gap.of("row"))")
        }
      }
      if !record.removals.isEmpty {
        Console.line("  removals decided on it: \(record.removals.count.grouped)")
      }
      for line in observers.lines { Console.line("  \(line)") }
    }
  }
}
