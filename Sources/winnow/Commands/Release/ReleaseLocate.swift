internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension ReleaseCommand {
  struct Locate: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "locate",
      abstract: "Say where the files of a release lie now.",
      discussion: """
        The ledger remembers where the files of a release were, for what reads them
        again. Files that moved are known by what they hold; of a directory all files
        are looked at. Nothing is recorded in the log.

        Examples:
          winnow release locate laion@1.0 /mnt/new/laion
          winnow release locate laion@1.0 part-0.csv part-1.csv
        """)
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Argument(help: "Its files, or directories that hold them.") var files: [String] = []
    @OptionGroup var naming: FilesFromOption
    @OptionGroup var options: LedgerOptions

    func validate() throws { try naming.require(files) }

    func perform(_ place: Workplace) throws {
      let located = try LocateRelease(release, in: try naming.paths(files)).locate(place.shelf())
      if options.json {
        Console.json([
          "release": JSON(release), "files": JSON(UInt64(located.files)),
          "found": JSON(UInt64(located.found)),
          "missing": .array(located.missing.map { .string($0) }),
        ])
      } else {
        let were = located.found == 1 ? "was" : "were"
        Console.line(
          "\(located.found.grouped) of \(located.files.of("file")) of \(release) \(were) found.")
        for (path, name) in located.renamed {
          Console.line("  \(path) holds what \(name) held; name it so.")
        }
        for name in located.missing { Console.line("  \(name) is missing.") }
      }
      if !located.isKept {
        if located.found > 0 { Console.note("winnow: All of them have to be found at once.") }
        throw Failure.notFound
      }
    }
  }
}
