internal import ArgumentParser
internal import LedgerStore
internal import Provenance
internal import Workflows

struct LogCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "List the events, the oldest first.",
    discussion: """
      Examples:
        winnow log
        winnow log --at 12
        winnow log --at 2024-03-20T00:00:00Z --json
      """)
  @Option(help: "Through this sequence, or what was recorded by this time.") var at: String?
  @OptionGroup var options: LedgerOptions

  private var asOf: AsOf? {
    get throws { try at.map(AsOf.init(argument:)) }
  }

  func validate() throws { _ = try asOf }

  func perform(_ place: Workplace) throws {
    let asOf = try asOf
    let view = try place.view()
    try view.forEachEvent(at: asOf, place.progress) { event in
      if options.json {
        Console.json(event.summary(state: view.state))
      } else {
        Console.line(
          "\(event.sequence)  \(event.recordedAt.seconds)  \(event.statement.body.kind.rawValue)  \(event.statement.body.content.subjects.first?.name ?? "")  by \(event.signerText)"
        )
      }
    }
  }
}
