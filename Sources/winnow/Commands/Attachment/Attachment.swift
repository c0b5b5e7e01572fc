internal import ArgumentParser

struct AttachmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attachment", abstract: "See, withhold and erase what events have attached.",
    subcommands: [Show.self, Withhold.self, Erase.self])
}
