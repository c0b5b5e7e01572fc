internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension ReleaseCommand {
  struct Verify: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Recompute a release's root from files, and make its index here.",
      discussion: """
        Examples:
          winnow release verify laion@1.0
          winnow release verify laion@1.0 copy

        The first reads the files that were published from here, the second a copy of
        them. A release whose files were read with --type or --missing is read so again
        from its catalogue; elsewhere give the same.
        """)
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Argument(help: "Its files, or directories; those of the catalogue by default.") var files:
      [String] = []
    @OptionGroup var naming: FilesFromOption
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let check = try VerifyRelease(
        release, files: try naming.files(files), reading: reading.reading()
      )
      .check(place.shelf())
      if options.json {
        var answer = JSONObject([
          ("release", JSON(release)), ("matches", .bool(check.matches)),
          ("root", JSON(check.root)), ("rows", JSON(check.rows)),
          ("carried", CarriedColumns.json(check.carried)),
        ])
        if !check.changed.isEmpty {
          answer["changed"] = .array(check.changed.map { .string($0) })
        }
        Console.json(.object(answer))
      } else if check.matches {
        Console.line(
          "The files have the published root: \(check.rows.of("row")), \(check.root).")
        for line in CarriedColumns.lines(check.carried) { Console.line(line) }
      } else {
        Console.line("The files are not \(release): their root is \(check.root).")
        for name in check.changed {
          Console.line("  \(name) changed since the release was published.")
        }
      }
      if !check.matches { throw Failure.verificationFailed }
    }
  }
}
