internal import ArgumentParser
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

extension HashListCommand {
  struct List: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the registered hash lists.", discussion: "Example: winnow hashlist list")
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let lists = try place.view().state.catalog.lists.values.sorted {
        $0.received < $1.received
      }
      for list in lists {
        if options.json {
          Console.json(list.json)
        } else {
          let receipt = list.receipt
          Console.line(
            "\(receipt.list)  \(receipt.algorithm.rawValue) of \(receipt.of.rawValue)  \(receipt.set.keys.of("hash", "hashes"))  by \(receipt.issuer)  since sequence \(list.received)"
          )
        }
      }
    }
  }
}
