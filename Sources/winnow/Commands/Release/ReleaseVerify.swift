internal import ArgumentParser
internal import CanonicalJSON
internal import Datasets
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension ReleaseCommand {
  struct Verify: RowCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Recompute a release's root from files, with a ledger or with a bundle.",
      discussion: """
        Examples:
          winnow release verify laion@1.0
          winnow release verify laion@1.0 copy
          winnow release verify laion@1.0 copy --bundle release.winnow.jsonl \\
              --policy policy.txt
          winnow release verify laion@1.0 --listing tree.json

        The first reads the files that were published from here, the second a copy of
        them, and makes the release's index here. A release whose files were read with
        --type or --missing is read so again from its catalogue; elsewhere give these.

        With --bundle no ledger is needed: the bundle proves how the release was
        published (`winnow prove event` of its sequence, or `winnow audit export`), and
        the policy, from where you trust, says which log.

        Git LFS pointers in place of files, and a saved listing of a repository (what
        Hugging Face's tree API answers, or `git lfs ls-files --long`), are compared
        with the release's manifest by name, size and SHA-256; no row is read.
        """)
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Argument(help: "Its files, or directories; those of the catalogue by default.") var files:
      [String] = []
    @OptionGroup var naming: FilesFromOption
    @Option(help: "A bundle that proves the release, or - for standard input: no ledger is used.")
    var bundle: String?
    @OptionGroup var trusting: AnchorOptions
    @Option(help: "A file with the secret of a keyed dataset, 32 bytes; with --bundle.")
    var secretFile: String?
    @Option(help: "A saved listing of a repository, or a page of it; may be repeated.")
    var listing: [String] = []
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var working: RowOptions
    @OptionGroup var options: LedgerOptions

    func validate() throws {
      guard (files.isEmpty && naming.filesFrom == nil) || listing.isEmpty else {
        throw ValidationError("Files and --listing are two ways; give one of them.")
      }
      if bundle == nil {
        guard trusting.isEmpty, secretFile == nil else {
          throw ValidationError(
            "--policy, --genesis, --trust and --secret-file go with --bundle; a ledger has its own."
          )
        }
      } else if files.isEmpty, naming.filesFrom == nil, listing.isEmpty {
        throw ValidationError("A bundle does not say where files are; name them, or a --listing.")
      }
      let inputs =
        [bundle, naming.filesFrom, trusting.policy, secretFile].compactMap(\.self) + listing
      guard inputs.count(where: { $0 == "-" }) <= 1 else {
        throw ValidationError("Standard input can be read once; give files for the rest.")
      }
    }

    func run() throws {
      if let bundle { try audit(bundle) } else { try open(perform) }
    }

    /// Needs no ledger.
    private func audit(_ bundle: String) throws {
      let bar = ProgressBar(isQuiet: options.quiet || options.json)
      defer { bar.clear() }
      let verdict = try AuditFiles(
        release, files: try naming.files(files), listings: listing, reading: try reading.reading(),
        secret: try secretFile.map { try InputFile.read($0, maximum: 4096) },
        engine: working.engine
      ).verdict(bundle, anchors: try trusting.anchors(), working.held(bar.progress))
      bar.clear()
      try verdict.answer(inJSON: options.json)
    }

    func perform(_ place: Workplace) throws {
      let shelf = try place.shelf()
      let named = try naming.files(files)
      if try !listing.isEmpty || CompareRelease.isAsked(of: named) {
        return try compare(named, shelf)
      }
      let check = try VerifyRelease(
        release, files: named, reading: reading.reading()
      )
      .check(shelf)
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

    /// Files as pointers or a listing say that they are.
    private func compare(_ named: [String], _ shelf: Shelf) throws {
      let compared = try CompareRelease(release, files: named, listings: listing).compare(shelf)
      let difference = compared.difference
      let matches = !difference.isThere && difference.unknown == 0
      if options.json {
        Console.json([
          "release": JSON(release), "matches": .bool(matches),
          "by": listing.isEmpty ? "pointers" : "listing", "files": JSON(UInt64(compared.files)),
          "missing": .array(difference.missing.map { .string($0) }),
          "extra": .array(difference.extra.map { .string($0) }),
          "altered": JSON(UInt64(difference.altered)), "unknown": JSON(UInt64(difference.unknown)),
        ])
      } else if difference.isThere {
        Console.line(Flaw.filesDiffer(release, difference).description)
      } else if difference.unknown > 0 {
        Console.line(Lack.digestsUnknown(release, difference.unknown).sentence)
      } else {
        let how =
          listing.isEmpty
          ? "name, size and SHA-256, as Git LFS pointers state them"
          : "name and SHA-256, as the listing states them"
        Console.line(
          "\(compared.files == 1 ? "The file" : "All \(compared.files.grouped) files") of \(release) by \(how); rows were not read."
        )
      }
      if difference.isThere { throw Failure.verificationFailed }
      if difference.unknown > 0 { throw Failure.notEnough }
    }
  }
}
