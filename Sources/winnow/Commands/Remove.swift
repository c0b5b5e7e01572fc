internal import ArgumentParser
internal import CanonicalJSON
internal import Datasets
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct RemoveCommand: RowCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Decide that rows of a release are to go.",
    discussion: """
      Examples:
        winnow remove laion@1.0 --all-matches --basis hash-match \\
            --reason-class privacy
        winnow remove laion@1.0 --match 10 --basis confirmed --reason-class illegal \\
            --cause 12
        winnow remove laion@1.0 --rows asked.csv --absent-ok --basis request \\
            --reason-class privacy
        winnow remove laion@1.0 --where host:example.com --basis request \\
            --reason-class consent --dry-run

      A list of rows is JSON Lines, CSV with the identity columns, or one value of
      the identity column a line. With --dry-run it is counted first what would go.

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
    name: [.customLong("rows"), .customLong("row")],
    help: "A file with a list of rows, or - for standard input.")
  var rows: String?
  @Flag(help: "Count the rows of the list that the release has not, and take the others.")
  var absentOk = false
  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Rows by a value: COLUMN=TEXT, prefix:TEXT or host:NAME; may be repeated.",
      discussion:
        "The files of the release are read. A prefix or a host is one of URLs, of the column named with --column otherwise; a host stands for all below it, too.",
      valueName: "condition"))
  var conditions: [String] = []
  @Option(help: "The column of --where prefix: and host:. (default: URL, in any case)")
  var column: String?
  @Option(help: "How many others are drawn to leave with rows of class illegal, for good.")
  var dilute: UInt64?
  @Option(help: "What the removal rests on.") var basis: Basis
  @Option(help: "Why the rows go.") var reasonClass: ReasonClass
  @Option(name: .customLong("cause"), help: "The sequence of an event that led to it.")
  var causes: [UInt64] = []
  @OptionGroup var working: RowOptions
  @OptionGroup var options: SigningOptions

  func validate() throws {
    if allMatches && !matches.isEmpty {
      throw ValidationError("Give either --all-matches or --match.")
    }
    if !allMatches && matches.isEmpty && filters.isEmpty && rows == nil && conditions.isEmpty {
      throw ValidationError(
        "Say what is to go, with --all-matches, --match, --filter, --rows or --where.")
    }
    if absentOk, rows == nil { throw ValidationError("--absent-ok goes with --rows.") }
    if column != nil, conditions.isEmpty { throw ValidationError("--column goes with --where.") }
    _ = try parsedConditions()
    if dilute == 0 { throw ValidationError("Give --dilute a number of rows above 0.") }
  }

  func perform(_ place: Workplace) throws {
    let choice = RemovalChoice(
      matches: allMatches ? nil : matches, filters: filters,
      rows: try rows.map(AskedList.init(argument:)), isAbsenceAllowed: absentOk,
      conditions: try parsedConditions(), decoys: dilute ?? 0)
    let decided = try place.decide(
      Remove(release, choice, basis: basis, reasonClass: reasonClass, causes: causes))
    let done = decided.answer
    for list in done.openUntilNow { Console.note("winnow: \(list.takeBack)") }
    var members = [("rows", JSON(done.tally.rows)), ("keys", JSON(done.tally.keys))]
    if let decoys = done.decoys {
      members += [("decoyRows", JSON(decoys.rows)), ("decoyKeys", JSON(decoys.keys))]
    }
    for filter in done.chosen {
      guard let asked = filter.asked else { continue }
      members += [("askedRows", JSON(asked)), ("absentRows", JSON(filter.absent))]
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
    for filter in done.chosen where filter.absent > 0 {
      let asked = filter.asked ?? 0
      lines.append(
        "  \(filter.absent.of("row")) of the \(asked.grouped) asked for \(filter.absent == 1 ? "is" : "are") not in it."
      )
    }
    guard reasonClass == .illegal else { return lines }
    if let decoys = done.decoys {
      lines.append(
        "  \(decoys.rows.of("other")) \(decoys.rows == 1 ? "goes" : "go") with \(rows == 1 ? "it" : "them"), for good."
      )
    }
    lines.append(Comparison.words(illegal: rows, others: done.decoys?.rows ?? 0))
    return lines
  }

  private func parsedConditions() throws -> [RowCondition] {
    try conditions.map { text in
      if text.hasPrefix("prefix:") {
        let start = String(text.dropFirst("prefix:".count))
        guard !start.isEmpty else { throw ValidationError("Give --where prefix: a text.") }
        return .prefix(column: column, start)
      }
      if text.hasPrefix("host:") {
        guard let host = HostSuffix(String(text.dropFirst("host:".count))) else {
          throw ValidationError(
            "Give --where host: a name as it stands in URLs, such as host:example.com.")
        }
        return .host(column: column, host)
      }
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
        throw ValidationError(
          "--where takes COLUMN=TEXT, prefix:TEXT or host:NAME; give rows themselves with --rows.")
      }
      return .equals(
        column: String(text[..<equals]), String(text[text.index(after: equals)...]))
    }
  }
}
