internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension ReleaseCommand {
  struct Observe: RowCommand {
    static let configuration = CommandConfiguration(
      commandName: "observe",
      abstract: "Compute a release's root anew from files, and record what came out.",
      discussion: """
        The observer signs the root whether it agrees or not; where it does not, the
        exit code is 1.

        Example:
          winnow release observe laion@1.0 part-0.csv part-1.csv \\
              --as auditor --keys auditor-keys
        """)
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Argument(help: "Its files, or directories, as the observer has them.") var files: [String] = []
    @OptionGroup var naming: FilesFromOption
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var working: RowOptions
    @OptionGroup var options: SigningOptions

    func validate() throws { try naming.require(files) }

    func perform(_ place: Workplace) throws {
      let decided = try place.decide(
        ObserveRelease(release, files: try naming.files(files), reading: try reading.reading()))
      let done = decided.answer
      options.answer(
        decided,
        [
          ("matches", .bool(done.matches)), ("root", .string(done.observation.root.hex)),
          ("rows", JSON(done.observation.tally.rows)),
          ("keys", JSON(done.observation.tally.keys)),
          ("carried", CarriedColumns.json(done.carried)),
        ],
        lines: [
          done.matches
            ? "The files have the published root of \(release)."
            : "The files do not have the published root of \(release).",
          "  root \(done.observation.root.hex)",
        ] + CarriedColumns.lines(done.carried))
      if !done.matches { throw Failure.verificationFailed }
    }
  }
}
