internal import ArgumentParser
internal import CanonicalJSON
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
      let catalog = shelf.view.state.catalog
      let datasets = catalog.datasets.values.sorted { $0.registered < $1.registered }
      for dataset in datasets {
        let releases = catalog.releases.values
          .filter { $0.publication.release.name == dataset.registration.dataset }
          .sorted { $0.published < $1.published }.map(\.publication.release)
        let carried = try releases.map { ($0, try shelf.carried(of: $0) ?? []) }
        if options.json {
          var object = JSONObject()
          dataset.write(to: &object)
          object["carried"] = CarriedColumns.json(carried)
          Console.json(.object(object))
        } else {
          let content = dataset.columns?.content.map(\.name) ?? dataset.registration.content
          let columns = content.map { "  columns \(CarriedColumns.list($0))" } ?? ""
          Console.line(
            "\(dataset.registration.dataset)  \(dataset.registration.tagging.rawValue)  identity \(dataset.registration.identity.joined(separator: ", "))\(columns)  since sequence \(dataset.registered)"
          )
          for (release, columns) in carried {
            for line in CarriedColumns.lines(columns, of: release) { Console.line(line) }
          }
        }
      }
    }
  }
}
