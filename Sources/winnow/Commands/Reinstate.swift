internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct ReinstateCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "reinstate",
    abstract: "Decide that removed rows are to come back, or that rows that were to go stay.",
    discussion: """
      It rests on disputes that were resolved for who opened them, or on
      verifications with the outcome false-positive, one for each removal that
      holds the rows. The next `winnow clean` applies it, and rows come back as they
      were when they left. What left to hide others never does.

      Examples:
        winnow reinstate laion@1.1 --ground 21 --rows wrongly.jsonl
        winnow reinstate laion@1.1 --ground 21 --removal 16   (all that it took)
      """)
  @Argument(help: "The release of the line on which it is decided, \(NameRule.versioned).")
  var release: VersionedName
  @Option(
    name: .customLong("ground"),
    help: "The sequence of a resolved dispute or of a verification; may be repeated.")
  var grounds: [UInt64]
  @Option(
    name: .customLong("removal"),
    help: "The sequence of a removal; may be repeated. Without it, those that have the rows.")
  var removals: [UInt64] = []
  @Option(
    name: [.customLong("rows"), .customLong("row")],
    help: "A file with a list of rows, or - for standard input.")
  var rows: String?
  @OptionGroup var options: SigningOptions

  func validate() throws {
    if removals.isEmpty && rows == nil {
      throw ValidationError("Say what comes back, with --rows, --removal or both.")
    }
  }

  func perform(_ place: Workplace) throws {
    let decided = try place.decide(
      Reinstate(
        release, removals: removals, grounds: grounds,
        rows: try rows.map(AskedList.init(argument:))))
    let done = decided.answer
    options.answer(
      decided, [("rows", JSON(done.tally.rows)), ("keys", JSON(done.tally.keys))],
      lines: [
        "\(done.tally.rows.of("row")) \(done.tally.rows == 1 ? "is" : "are") reinstated; run `winnow clean`."
      ])
  }
}
