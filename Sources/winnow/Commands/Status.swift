internal import ArgumentParser
internal import Workflows

struct StatusCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how far the log is and what is pending.",
    discussion: "Example: winnow status")
  @OptionGroup var options: LedgerOptions

  func perform(_ place: Workplace) throws {
    let status = try LedgerStatus(of: place)
    if options.json { return Console.json(status.json) }
    for line in status.lines { Console.line(line) }
  }
}
