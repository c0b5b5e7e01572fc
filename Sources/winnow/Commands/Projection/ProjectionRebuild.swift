internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

extension ProjectionCommand {
  struct Rebuild: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "rebuild",
      abstract: "Replay the log into new projections and swap them for the old ones.",
      discussion: "Example: winnow projection rebuild")
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      try place.ledger.rebuildProjections()
      let hash = try place.ledger.projectionStateHash()
      if options.json {
        Console.json(["stateHash": .string(hash.hex)])
      } else {
        Console.line("Rebuilt; the state hash is \(hash.hex).")
      }
    }
  }
}
