internal import ArgumentParser
internal import CanonicalJSON
internal import Files
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct CleanCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Write and publish a release without the rows that were decided to go.",
    discussion: """
      Examples:
        winnow clean laion@1.0 --to laion@1.1 --out out
        winnow clean laion@1.0 --to laion@1.1 --out out --dry-run
        winnow clean laion@1.0 --to laion@1.1 --out out --dilute 120000

      Removals of its line that are still to be applied take rows away, and
      reinstatements bring rows back, as they were and where they were.

      Checks that the release's files are still what was published, writes the same
      shards without the removed rows, reads them back, and publishes what it read.
      With --dry-run it says how many rows would go and come back, and writes no
      files.

      The list of what left can be shown only where rows of class illegal are few in
      it: the charter says how few. --dry-run tells whether they are, and how many
      others would have to leave with them; --dilute draws so many at random, which
      are removed for good, as reason class decoy.
      """)
  @Argument(help: "The release to clean, \(NameRule.versioned).") var release: VersionedName
  @Option(help: "The new release, \(NameRule.versioned).") var to: VersionedName
  @Option(help: "The directory for its files.") var out: String
  @Option(help: "How many rows, drawn at random, leave with those of class illegal to hide them.")
  var dilute: UInt64?
  @OptionGroup var options: SigningOptions

  func validate() throws {
    if dilute == 0 { throw ValidationError("Give --dilute a number of rows above 0.") }
  }

  func perform(_ session: Session) throws {
    try OutputTarget.checkOutsideLedgers(out)
    if options.dryRun { return try plan(session) }
    let done = try session.clean(release, to: to, out: out, decoys: dilute)
    Console.noteExposed(done.exposed)
    let publication = done.publication
    options.answer(
      (done.decoys?.recorded.all ?? []) + [done.union, done.release],
      [
        ("release", JSON(to)), ("root", JSON(publication.root)),
        ("rows", JSON(publication.tally.rows)), ("removedRows", JSON(done.removed.rows)),
        ("removedKeys", JSON(done.removed.keys)), ("returnedRows", JSON(done.added.rows)),
        ("returnedKeys", JSON(done.added.keys)), ("absentKeys", JSON(done.absentKeys)),
        ("disclosure", .string(done.disclosure.rawValue)),
      ] + (done.decoys.map { [("decoyRows", JSON($0.tally.rows))] } ?? []),
      lines: [
        "\(to) has \(publication.tally.rows.of("row")): \(release) less \(done.removed.rows.grouped)\(done.added.rows > 0 ? ", and \(done.added.rows.grouped) that \(done.added.rows == 1 ? "comes" : "come") back" : "").",
        "  root \(publication.root)",
      ]
        + (done.decoys.map { ["  \($0.tally.rows.drawn) to hide the others."] } ?? [])
        + (done.disclosure == .sealed
          ? [
            "  The transition is sealed: beside what else is public, its list could show rows of class illegal. Who holds the old rows can still test a guess of the few that left against the new root; --dry-run tells beforehand whether others can hide them."
          ] : []))
  }

  /// Says what cleaning would do now.
  private func plan(_ session: Session) throws {
    let plan = try session.cleaningPlan(release, to: to, decoys: dilute)
    var members = [
      ("rows", JSON(plan.removed.rows)), ("keys", JSON(plan.removed.keys)),
      ("returnedRows", JSON(plan.returned.rows)), ("returnedKeys", JSON(plan.returned.keys)),
      ("disclosure", .string(plan.disclosure.rawValue)),
    ]
    var lines = ["Would remove \(plan.removed.rows.of("row")) of \(release)."]
    if let dilute {
      members.append(("decoyRows", JSON(dilute)))
      lines.append("\(dilute.grouped) of them would be drawn to hide the others.")
    }
    if plan.returned.rows > 0 { lines.append("Would bring \(plan.returned.rows.of("row")) back.") }
    if plan.disclosure == .sealed {
      let way =
        plan.decoysNeeded.map { "with --dilute \($0) it would not" }
        ?? "no number of others would change that"
      lines.append(
        "The transition would be sealed, for beside what else is public its list could show rows of class illegal; \(way)."
      )
    }
    if let needed = plan.decoysNeeded { members.append(("decoysNeeded", JSON(needed))) }
    options.answer([], members, lines: lines)
  }
}
