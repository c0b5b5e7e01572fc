internal import ArgumentParser
internal import LedgerCrypto
internal import Provenance
internal import Rows
internal import Workflows

extension DatasetCommand {
  struct Show: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show one dataset: its columns, and what files of its releases carry.",
      discussion: "Example: winnow dataset show laion")
    @Argument(help: "The dataset: \(NameRule.name).") var dataset: Name
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let shelf = try place.shelf()
      let answer = try DatasetAnswer(try shelf.view.dataset(dataset), shelf)
      if options.json { return Console.json(answer.json) }
      let registration = answer.record.registration
      Console.line("\(dataset), registered at sequence \(answer.record.registered)")
      Console.line("  tagging   \(registration.tagging.rawValue)")
      Console.line("  identity  \(registration.identity.joined(separator: ", "))")
      if let columns = answer.record.columns {
        for (place, column) in columns.content.enumerated() {
          Console.line(
            "  \(place == 0 ? "columns " : "        ")  \(column.name)  \(column.type.text)")
        }
      } else {
        let names = registration.content?.joined(separator: ", ")
        Console.line("  columns   \(names ?? "all"), with the types of the first release")
      }
      Console.line("  releases  \(answer.carried.count.grouped)")
      for line in answer.carriedLines { Console.line(line) }
    }
  }
}
