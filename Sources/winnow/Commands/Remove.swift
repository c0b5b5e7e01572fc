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

      What several lists found is united first, so that no row is counted twice; which
      rows they are stays sealed here.
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
  }

  func perform(_ session: Session) throws {
    let choice = RemovalChoice(
      matches: allMatches ? nil : matches, filters: filters,
      rows: try rows.map { try HeldRow.readLines($0) } ?? [])
    let done = try session.remove(
      release, choice, basis: basis, reasonClass: reasonClass,
      causes: try causes.map { try session.event($0).id })
    Console.noteExposed(done.exposed)
    options.answer(
      done.recorded.all,
      [("rows", JSON(done.tally.rows)), ("keys", JSON(done.tally.keys))],
      lines: [
        options.dryRun
          ? "Would remove \(done.tally.rows.of("row")) of \(release)."
          : "\(done.tally.rows.of("row")) of \(release) \(done.tally.rows == 1 ? "is" : "are") to go."
      ])
  }
}
