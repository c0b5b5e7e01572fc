internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerStore
internal import Provenance
internal import Workflows

extension CharterCommand {
  struct Show: LedgerCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the charter in force, as JSON.",
      discussion: "Example: winnow charter show > charter.json")
    @OptionGroup var options: LedgerOptions

    func perform(_ session: Session) throws {
      guard let founding = try session.ledger.state.authority.founding else { return }
      Console.json(founding.charter.json)
    }
  }
}
