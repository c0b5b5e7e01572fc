internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Decide that rows of a release are to go.",
    discussion: """
      Examples:
        winnow remove laion@1.0 --all-matches --basis hash-match --reason-class privacy
        winnow remove laion@1.0 --match 10 --basis confirmed --reason-class illegal --cause 12

      What several lists found is united first, so that no row is counted twice; which rows they are
      stays sealed here.
      """)
  @Argument(help: "The release, NAME@VERSION.") var release: VersionedName
  @Flag(help: "Everything that a match on exactly this release found.") var allMatches = false
  @Option(name: .customLong("match"), help: "The sequence of a match; may be repeated.")
  var matches: [UInt64] = []
  @Option(help: "What the removal rests on.") var basis: Basis
  @Option(help: "Why the rows go.") var reasonClass: ReasonClass
  @Option(name: .customLong("cause"), help: "The sequence of an event that led to it.")
  var causes: [UInt64] = []
  @OptionGroup var options: SigningOptions

  func validate() throws {
    if allMatches == !matches.isEmpty {
      throw ValidationError("Give either --all-matches or --match.")
    }
  }

  func run() throws {
    try Failure.reported {
      try options.session { session in
        let matches = allMatches ? nil : self.matches
        if options.dryRun {
          let plan = try session.removalPlan(release, matches: matches)
          return options.answer(
            [], [("rows", JSON(plan.tally.rows)), ("keys", JSON(plan.tally.keys))],
            lines: ["Would remove \(plan.tally.rows.of("row")) of \(release)."])
        }
        let done = try session.remove(
          release, matches: matches, basis: basis, reasonClass: reasonClass,
          causes: try causes.map { try session.event($0).id })
        options.answer(
          [done.union, done.removal],
          [("rows", JSON(done.tally.rows)), ("keys", JSON(done.tally.keys))],
          lines: [
            "\(done.tally.rows.of("row")) of \(release) \(done.tally.rows == 1 ? "is" : "are") to go."
          ])
      }
    }
  }
}

struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Write and publish a release without the rows that were decided to go.",
    discussion: """
      Example:
        winnow clean laion@1.0 --to laion@1.1 --out out

      Checks that the release's files are still what was published, writes the same shards without
      the removed rows, reads them back, and publishes what it read.
      """)
  @Argument(help: "The release to clean, NAME@VERSION.") var release: VersionedName
  @Option(help: "The new release, NAME@VERSION.") var to: VersionedName
  @Option(help: "The directory for its files.") var out: String
  @OptionGroup var options: SigningOptions

  func run() throws {
    try Failure.reported {
      try options.session { session in
        if options.dryRun {
          let plan = try session.cleaningPlan(release)
          return options.answer(
            [], [("rows", JSON(plan.rows)), ("keys", JSON(plan.keys))],
            lines: ["Would remove \(plan.rows.of("row")) of \(release)."])
        }
        let done = try session.clean(release, to: to, out: out)
        let publication = done.publication
        options.answer(
          [done.union, done.release],
          [
            ("release", JSON(to)), ("root", JSON(publication.root)),
            ("rows", JSON(publication.tally.rows)), ("removedRows", JSON(done.removed.rows)),
            ("removedKeys", JSON(done.removed.keys)), ("absentKeys", JSON(done.absentKeys)),
            ("disclosure", .string(done.disclosure.rawValue)),
          ],
          lines: [
            "\(to) has \(publication.tally.rows.of("row")): \(release) less \(done.removed.rows.grouped).",
            "  root \(publication.root)",
          ]
            + (done.disclosure == .sealed
              ? [
                "  The transition is sealed: too few other rows leave with those of class illegal for its list to be shown."
              ] : []))
      }
    }
  }
}
