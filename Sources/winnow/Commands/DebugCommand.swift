internal import ArgumentParser
internal import CanonicalJSON

/// Entrances for checks of the program itself, such as agreement with other implementations.
struct DebugCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "debug", abstract: "Entrances for checks of the program itself.",
    shouldDisplay: false, subcommands: [Canonicalize.self])

  struct Canonicalize: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write each line of standard input as canonical JSON, or `refused`.")

    func run() throws {
      try Failure.reported {
        var input = try InputFile.read("-", maximum: 1 << 30)
        if input.last == 0x0a { input.removeLast() }
        for line in input.split(separator: 0x0a, omittingEmptySubsequences: false) {
          do {
            Console.bytes(try JSON(parsing: Array(line)).canonicalBytes + [0x0a])
          } catch {
            Console.line("refused")
          }
        }
      }
    }
  }
}
