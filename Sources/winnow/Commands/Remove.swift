internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct RemoveCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Decide that rows of a release are to go.",
    discussion: """
      Examples:
        winnow remove laion@1.0 --all-matches --basis hash-match \\
            --reason-class privacy
        winnow remove laion@1.0 --match 10 --basis confirmed --reason-class illegal \\
            --cause 12
        winnow remove laion@1.0 --row asked.jsonl --basis request \\
            --reason-class privacy

      What several lists found is united, so that no row is counted twice; which rows
      they are stays sealed here.

      Of class illegal goes only what hash lists found. From the first such removal
      on every new list of rows of these datasets is sealed, and it names those that
      were open. Whoever holds the release before and after can compare them: with
      --dilute N others leave too, drawn by a secret and never to come back.
      """)
  @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
  @Flag(help: "Everything that a match on exactly this release found.") var allMatches = false
  @Option(name: .customLong("match"), help: "The sequence of a match; may be repeated.")
  var matches: [UInt64] = []
  @Option(name: .customLong("filter"), help: "The sequence of a filter; may be repeated.")
  var filters: [UInt64] = []
  @Option(
    name: .customLong("row"),
    help: "A file with rows as JSON objects, one a line, or - for standard input.")
  var rows: String?
  @Option(help: "How many others are drawn to leave with rows of class illegal, for good.")
  var dilute: UInt64?
  @Option(help: "What the removal rests on.") var basis: Basis
  @Option(help: "Why the rows go.") var reasonClass: ReasonClass
  @Option(name: .customLong("cause"), help: "The sequence of an event that led to it.")
  var causes: [UInt64] = []
  @OptionGroup var options: SigningOptions

  func validate() throws {
    if allMatches && !matches.isEmpty {
      throw ValidationError("Give either --all-matches or --match.")
    }
    if !allMatches && matches.isEmpty && filters.isEmpty && rows == nil {
      throw ValidationError("Say what is to go, with --all-matches, --match, --filter or --row.")
    }
    if dilute == 0 { throw ValidationError("Give --dilute a number of rows above 0.") }
  }

  func perform(_ place: Workplace) throws {
    let choice = RemovalChoice(
      matches: allMatches ? nil : matches, filters: filters,
      rows: try rows.map { try HeldRow.readLines($0) } ?? [], decoys: dilute ?? 0)
    let decided = try place.decide(
      Remove(release, choice, basis: basis, reasonClass: reasonClass, causes: causes))
    let done = decided.answer
    for list in done.openUntilNow { Console.note("winnow: \(list.takeBack)") }
    var members = [("rows", JSON(done.tally.rows)), ("keys", JSON(done.tally.keys))]
    if let decoys = done.decoys {
      members += [("decoyRows", JSON(decoys.rows)), ("decoyKeys", JSON(decoys.keys))]
    }
    members.append(("openUntilNow", .array(done.openUntilNow.map(\.json))))
    options.answer(decided, members, lines: lines(done))
  }

  private func lines(_ done: Remove.Answer) -> [String] {
    let rows = done.tally.rows
    var lines = [
      options.dryRun
        ? "Would remove \(rows.of("row")) of \(release)."
        : "\(rows.of("row")) of \(release) \(rows == 1 ? "is" : "are") to go."
    ]
    guard reasonClass == .illegal else { return lines }
    if let decoys = done.decoys {
      lines.append(
        "  \(decoys.rows.of("other")) \(decoys.rows == 1 ? "goes" : "go") with \(rows == 1 ? "it" : "them"), for good."
      )
    }
    lines.append(Comparison.words(illegal: rows, others: done.decoys?.rows ?? 0))
    return lines
  }
}
