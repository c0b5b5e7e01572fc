internal import ArgumentParser
internal import CanonicalJSON

extension DebugCommand {
  struct Canonicalize: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "canonicalize",
      abstract: "Write each line of standard input as canonical JSON, or `refused`.",
      discussion: "Example: winnow debug canonicalize < documents.jsonl")

    func run() throws {
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
