internal import ArgumentParser
internal import LedgerStore
internal import Provenance
internal import Workflows

extension DatasetCommand {
  struct List: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the datasets.", discussion: "Example: winnow dataset list")
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let datasets = try place.view().state.catalog.datasets.values.sorted {
        $0.registered < $1.registered
      }
      for dataset in datasets {
        if options.json {
          Console.json(dataset.json)
        } else {
          Console.line(
            "\(dataset.registration.dataset)  \(dataset.registration.tagging.rawValue)  identity \(dataset.registration.identity.joined(separator: ", "))  since sequence \(dataset.registered)"
          )
        }
      }
    }
  }
}
