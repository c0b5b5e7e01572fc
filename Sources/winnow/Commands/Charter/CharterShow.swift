internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerStore
internal import Provenance
internal import Workflows

extension CharterCommand {
  struct Show: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Print the charter in force, as JSON.",
      discussion: "Example: winnow charter show > charter.json")
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      guard let founding = try place.view().state.authority.founding else { return }
      Console.json(founding.charter.json)
    }
  }
}
