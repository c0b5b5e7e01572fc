internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

struct ReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Publish, withdraw, list, show, compare and check releases.",
    subcommands: [
      Publish.self, Withdraw.self, Observe.self, List.self, Show.self, Diff.self, Verify.self,
    ])

  struct Publish: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Publish a release: read its files and record the root over its rows.",
      discussion: """
        Examples:
          winnow release publish laion@1.0 part-0.csv part-1.csv.gz
          winnow release publish laion@1.0 rows.jsonl --type similarity=float64

        CSV columns are strings unless --type says otherwise; JSON Lines types follow
        from the first 10,000 rows. The same rows with the same types have the same root
        in every format.
        """)
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Argument(help: "Its files: .csv, .jsonl, each perhaps .gz.") var files: [String]
    @Option(name: .customLong("type"), help: "COLUMN=TYPE; may be repeated.") var types: [String] =
      []
    @Option(
      help: "The release that this one came from, compared row by row: \(NameRule.versioned).")
    var parent: VersionedName?
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        let types = try ColumnTypes.parse(types)
        try options.session { session in
          let done = try session.publishRelease(release, files: files, types: types, parent: parent)
          Console.noteExposed(done.exposed)
          let publication = done.publication
          options.answer(
            [done.recorded],
            [
              ("release", JSON(release)), ("root", JSON(publication.root)),
              ("rows", JSON(publication.tally.rows)), ("keys", JSON(publication.tally.keys)),
            ],
            lines: [
              "\(release) has \(publication.tally.rows.of("row")) under \(publication.tally.keys.of("key")).",
              "  root \(publication.root)",
            ])
        }
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the releases.", discussion: "Example: winnow release list")
    @OptionGroup var options: LedgerOptions

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          let releases = try session.ledger.state.catalog.releases.values.sorted {
            $0.published < $1.published
          }
          for release in releases {
            if options.output.json {
              Console.json(release.answer())
            } else {
              let publication = release.publication
              let from = publication.derivation.map { "  from \($0.parent)" } ?? ""
              Console.line(
                "\(publication.release)  \(publication.tally.rows.of("row"))  root \(publication.root.hex.prefix(16))…  since sequence \(release.published)\(from)"
              )
            }
          }
        }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show one release.", discussion: "Example: winnow release show laion@1.0")
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @OptionGroup var options: LedgerOptions

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          let record = try session.release(release)
          let publication = record.publication
          let decoys = try session.decoyRows(of: publication.derivation?.removals ?? [])
          if options.output.json { return Console.json(record.answer(decoyRows: decoys)) }
          Console.line("\(release), published at sequence \(record.published)")
          Console.line("  root    \(publication.root)")
          Console.line("  rows    \(publication.tally.rows.grouped)")
          Console.line("  keys    \(publication.tally.keys.grouped)")
          Console.line("  shards  \(publication.shards.grouped)")
          if let derivation = publication.derivation {
            Console.line(
              "  from    \(derivation.parent): \(derivation.removed.rows.of("row")) removed, \(derivation.added.rows.grouped) added, \(derivation.changed.keys.of("key")) changed"
            )
            if decoys > 0 {
              Console.line("          \(decoys.drawn) to hide the others")
            }
            if derivation.removed.keys + derivation.added.keys > 0 {
              Console.line("  list    \(derivation.disclosure.rawValue)")
            }
            if let unreconciled = derivation.unreconciled {
              Console.line("  UNRECONCILED by \(unreconciled.gap.of("row"))")
            }
          }
          if !record.removals.isEmpty {
            Console.line("  removals decided on it: \(record.removals.count.grouped)")
          }
        }
      }
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count what changed between two releases, from their indexes.",
      discussion: "Example: winnow release diff laion@1.0 laion@1.1")
    @Argument(help: "The older release, \(NameRule.versioned).") var from: VersionedName
    @Argument(help: "The newer release, \(NameRule.versioned).") var to: VersionedName
    @OptionGroup var options: LedgerOptions

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          let diff = try session.diff(from, to)
          if options.output.json {
            Console.json([
              "removed": diff.removed.json, "added": diff.added.json,
              "changed": diff.changed.json,
            ])
          } else {
            Console.line(
              "\(diff.removed.rows.of("row")) removed, \(diff.added.rows.grouped) added, \(diff.changed.keys.of("key")) changed."
            )
          }
        }
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Recompute a release's root from files, and make its index here.",
      discussion: """
        Examples:
          winnow release verify laion@1.0
          winnow release verify laion@1.0 copy/*.csv

        The first reads the files that were published from here, the second a copy of
        them.
        """)
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Argument(help: "Its files; those of the catalogue by default.") var files: [String] = []
    @OptionGroup var options: LedgerOptions

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          let check = try session.verifyRelease(release, files: files)
          if options.output.json {
            var answer = JSONObject([
              ("release", JSON(release)), ("matches", .bool(check.matches)),
              ("root", JSON(check.root)), ("rows", JSON(check.rows)),
            ])
            if !check.changed.isEmpty {
              answer["changed"] = .array(check.changed.map { .string($0) })
            }
            Console.json(.object(answer))
          } else if check.matches {
            Console.line(
              "The files have the published root: \(check.rows.of("row")), \(check.root).")
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
  }
}

extension ReleaseRecord {
  /// What `release show --json` and `release list --json` answer.
  func answer(decoyRows: UInt64 = 0) -> JSON {
    var object = JSONObject([
      ("release", JSON(publication.release)), ("root", JSON(publication.root)),
      ("rows", JSON(publication.tally.rows)), ("keys", JSON(publication.tally.keys)),
      ("shards", JSON(publication.shards)), ("sequence", JSON(published)),
      ("event", JSON(event)), ("removals", .array(removals.map { JSON($0) })),
    ])
    if let derivation = publication.derivation { object["derivation"] = derivation.json }
    if decoyRows > 0 { object["decoyRows"] = JSON(decoyRows) }
    return .object(object)
  }
}
