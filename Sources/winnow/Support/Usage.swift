internal import ArgumentParser

/// What the program says of arguments that it cannot take.
enum Usage {
  /// Writes what the parser has to say, errors with their outside text escaped, and ends.
  static func exit(for error: any Error) -> Never {
    let code = Winnow.exitCode(for: error)
    let text = Winnow.fullMessage(for: error)
    if code == .success { Winnow.exit(withError: error) }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) where !text.isEmpty {
      Console.note(String(line))
    }
    Winnow.exit(withError: code)
  }

  /// The same for what `command` found only when it ran: with its own usage, not the program's.
  static func exit(for error: ValidationError, of command: any ParsableCommand.Type) -> Never {
    let name = path(to: command, from: Winnow.self)?.joined(separator: " ") ?? "winnow"
    Console.note("Error: \(error.message)")
    let usage = Winnow.usageString(for: command)
    for line in "Usage: \(usage)".split(separator: "\n") { Console.note(String(line)) }
    Console.note("  See '\(name) --help' for more information.")
    Winnow.exit(withError: ExitCode.validationFailure)
  }

  /// The words that call `command`.
  private static func path(
    to command: any ParsableCommand.Type, from root: any ParsableCommand.Type
  ) -> [String]? {
    let word = root._commandName
    if root == command { return [word] }
    for child in root.configuration.subcommands {
      if let rest = path(to: command, from: child) { return [word] + rest }
    }
    return nil
  }
}
