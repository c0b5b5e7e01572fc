internal import ArgumentParser
internal import LedgerStore
internal import Provenance
internal import Rows
internal import Workflows

extension DatasetCommand {
  struct List: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the datasets.", discussion: "Example: winnow dataset list")
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let shelf = try place.shelf()
      let datasets = shelf.view.state.catalog.datasets.values.sorted {
        $0.registered < $1.registered
      }
      for dataset in datasets {
        let answer = try DatasetAnswer(dataset, shelf)
        if options.json {
          Console.json(answer.json)
        } else {
          let content = dataset.columns?.content.map(\.name) ?? dataset.registration.content
          let columns = content.map { "  columns \(CarriedColumns.list($0))" } ?? ""
          Console.line(
            "\(dataset.registration.dataset)  \(dataset.registration.tagging.rawValue)  identity \(dataset.registration.identity.joined(separator: ", "))\(columns)  since sequence \(dataset.registered)"
          )
          for line in answer.carriedLines { Console.line(line) }
        }
      }
    }
  }
}
