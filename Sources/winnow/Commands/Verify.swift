internal import ArgumentParser
internal import Workflows

struct VerifyCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute the whole ledger and name the first sequence that is wrong.",
    discussion: """
      Recomputes every leaf, root, signature, authority, rule, projection and open
      attachment. Without a checkpoint remembered elsewhere it cannot tell an older
      valid copy from the newest: give one with --checkpoint.

      Examples:
        winnow verify
        winnow verify --checkpoint checkpoint.txt
      """)
  @Option(help: "A signed checkpoint that you remember, as `winnow checkpoint` prints it.")
  var checkpoint: String?
  @OptionGroup var options: LedgerOptions

  func perform(_ place: Workplace) throws {
    let remembered = try checkpoint.map { try InputFile.read($0, maximum: 1 << 20) }
    let result = try LedgerCheck(of: place, remembered: remembered)
    if options.json {
      Console.json(result.json)
    } else {
      for line in result.lines { Console.line(line) }
    }
    if !result.isIntact { throw Failure.verificationFailed }
  }
}
