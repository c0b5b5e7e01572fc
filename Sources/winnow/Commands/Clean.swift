internal import ArgumentParser
internal import CanonicalJSON
internal import Files
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct CleanCommand: RowCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Write and publish a release without the rows that were decided to go.",
    discussion: """
      Examples:
        winnow clean laion@1.0 --to laion@1.1 --out out
        winnow clean laion@1.0 --to laion@1.1 --out out --dry-run
        winnow clean laion@1.0 --to laion@1.1 --out out --rebuild

      Removals of its line that are still to be applied take rows away, and
      reinstatements bring rows back, as they were and where they were.

      Reads each file once, which must still be what was published; copies the rows
      that stay, and whole files of which no row goes; reads back what it wrote. The
      new root comes of the release's index, which must give the published root. With
      --rebuild it is computed from the rows that were written as well, and both must
      agree; where rows come back that is always done. With --dry-run it says how
      many rows would go and come back, looks at the files' sizes and at --out, and
      writes no files. Of what is decided the
      first 256 removals and reinstatements are applied; for more, clean again.

      Rows come back from the nearest older release that has them as they left and
      whose files are here. Once a removal of class illegal was decided, just as many
      rows leave as the counts of all removals that are applied add up to: for a row
      that two of them name, or that was gone, another leaves, drawn by a secret.
      """)
  @Argument(help: "The release to clean, \(NameRule.versioned).") var release: VersionedName
  @Option(help: "The new release, \(NameRule.versioned).") var to: VersionedName
  @Option(help: "The directory for its files.") var out: String
  @Flag(help: "Compute the new root from the written rows, too.") var rebuild = false
  @OptionGroup var working: RowOptions
  @OptionGroup var options: SigningOptions

  func perform(_ place: Workplace) throws {
    try OutputTarget.checkOutsideLedgers(out)
    if options.dryRun {
      let shelf = try place.shelf()
      return plan(
        try CleaningRehearsal(of: release, to: to, out: out, shelf),
        carried: try shelf.carried(of: release) ?? [])
    }
    let decided = try place.decide(Clean(release, to: to, out: out, rebuilding: rebuild))
    let done = decided.answer
    let publication = done.publication
    options.answer(
      decided,
      [
        ("release", JSON(to)), ("root", JSON(publication.root)),
        ("rows", JSON(publication.tally.rows)), ("removedRows", JSON(done.removed.rows)),
        ("removedKeys", JSON(done.removed.keys)), ("returnedRows", JSON(done.added.rows)),
        ("returnedKeys", JSON(done.added.keys)),
        ("disclosure", .string(done.disclosure.rawValue)), ("later", .integer(Int64(done.later))),
        ("carried", CarriedColumns.json(done.carried)),
      ] + Self.members(done.takenBack),
      lines: [
        "\(to) has \(publication.tally.rows.of("row")): \(release) less \(done.removed.rows.grouped)\(done.added.rows > 0 ? ", and \(done.added.rows.grouped) that \(done.added.rows == 1 ? "comes" : "come") back" : "").",
        "  root \(publication.root)",
      ] + CarriedColumns.lines(done.carried) + Self.words(done.takenBack)
        + Self.words(done.disclosure, later: done.later))
  }

  /// Says what cleaning would do now.
  private func plan(_ rehearsal: CleaningRehearsal, carried: [String]) {
    let plan = rehearsal.plan
    let members =
      [
        ("rows", JSON(plan.removed.rows)), ("keys", JSON(plan.removed.keys)),
        ("returnedRows", JSON(plan.added.rows)), ("returnedKeys", JSON(plan.added.keys)),
        ("disclosure", .string(plan.disclosure.rawValue)), ("later", .integer(Int64(plan.later))),
        ("carried", CarriedColumns.json(carried)), ("files", JSON(UInt64(rehearsal.files))),
      ] + Self.members(plan.takenBack)
    var lines = ["Would remove \(plan.removed.rows.of("row")) of \(release)."]
    if plan.added.rows > 0 { lines.append("Would bring \(plan.added.rows.of("row")) back.") }
    lines.append(
      "Would write \(rehearsal.files.of("file")) to \(out); the files of \(release) have their sizes, and their digests were not read."
    )
    lines +=
      CarriedColumns.lines(carried) + Self.words(plan.takenBack)
      + Self.words(plan.disclosure, later: plan.later)
    options.answer([], members, lines: lines)
  }

  /// Says of removals that they are applied again.
  private static func words(_ takenBack: [TakenBack]) -> [String] {
    takenBack.map {
      "  The removal at sequence \($0.removal) was taken back on \($0.release) (sequence \($0.reinstatement)), at least in part, and is applied here whole: clean that release, or reinstate the rows on this one."
    }
  }

  private static func members(_ takenBack: [TakenBack]) -> [(String, JSON)] {
    guard !takenBack.isEmpty else { return [] }
    let items = takenBack.map {
      JSON.object(
        JSONObject([
          ("removal", JSON($0.removal)), ("reinstatement", JSON($0.reinstatement)),
          ("release", JSON($0.release)),
        ]))
    }
    return [("takenBack", .array(items))]
  }

  /// What else there is to say of a cleaning.
  private static func words(_ disclosure: Disclosure, later: Int) -> [String] {
    var lines: [String] = []
    if disclosure == .sealed {
      lines.append(
        "  What left is sealed, as every list of these datasets is; whoever holds the release before and after can compare them."
      )
    }
    if later > 0 {
      lines.append(
        "  \(UInt64(later).of("decision")) \(later == 1 ? "is" : "are") left: clean again.")
    }
    return lines
  }
}
