internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct MatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match", abstract: "Compare every row of a release with a hash list.",
    discussion: """
      Example:
        winnow match laion@1.0 --list hotline@2024-03 hashes.txt --as hotline \\
            --keys hotline-keys

      The file must be the registered list. Which rows matched stays here, sealed; the
      log has how many.
      """)
  @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
  @Argument(help: "The list's file.") var file: String
  @Option(help: "The registered list, \(NameRule.versioned).") var list: VersionedName
  @Option(help: "The column to compare; the URL column, or the one named like the algorithm.")
  var column: String?
  @Option(help: "When the compared hashes were taken, as 2023-03-01T00:00:00Z; now by default.")
  var hashesAsOf: String?
  @OptionGroup var options: SigningOptions

  func run() throws {
    try Failure.reported {
      let asOf = try hashesAsOf.map { text in
        guard let moment = Timestamp(any: text) else {
          throw ValidationError("--hashes-as-of takes a time such as 2023-03-01T00:00:00Z.")
        }
        return moment
      }
      try options.session { session in
        let done = try session.match(
          release, list: list, file: file, column: column, hashesAsOf: asOf)
        let match = done.match
        options.answer(
          [done.recorded],
          [
            ("matchedRows", JSON(match.matched.rows)), ("matchedKeys", JSON(match.matched.keys)),
            ("scannedRows", JSON(match.scannedRows)),
            ("rowsWithoutHash", JSON(match.rowsWithoutHash)),
          ],
          lines: [
            "\(match.matched.rows.grouped) of \(match.scannedRows.of("row")) matched; \(match.rowsWithoutHash.grouped) had nothing to compare."
          ])
      }
    }
  }
}

struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Add up what the lists found in a release, and what they share.",
    discussion: "Example: winnow reconcile laion@1.0")
  @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
  @OptionGroup var options: LedgerOptions

  func run() throws {
    try Failure.reported {
      try options.reading { session in
        let result = try session.reconcile(release)
        if options.output.json {
          Console.json(result.json)
        } else {
          for source in result.sources {
            Console.line(
              "\(source.list)  \(source.matched.rows.of("row"))  (sequence \(source.sequence), by \(source.issuer)'s list\(again(source)))"
            )
          }
          let parts = result.sources.map { $0.matched.rows.grouped }.joined(separator: " + ")
          if let union = result.union, let overlap = result.overlap {
            Console.line(
              "\(parts) = \(result.sum.grouped), overlap \(overlap.grouped), union \(union.rows.grouped)"
            )
          } else {
            Console.line("\(parts) = \(result.sum.grouped), overlap not stated")
          }
          Console.line("The union is \(result.basis).")
          switch result.removed {
          case .rows(let rows):
            Console.line("Removals decided on \(release): \(rows.of("row")).")
          case .atMost(let rows):
            Console.line(
              "Removals decided on \(release): at most \(rows.of("row")); what they share is sealed."
            )
          case nil: break
          }
          if result.decoyRows > 0 { Console.line("\(result.decoyRows.drawn) to hide others.") }
        }
        if !result.isStated { throw Failure.notEnough }
      }
    }
  }

  private func again(_ source: Reconciliation.Source) -> String {
    if source.repeats.isEmpty { return "" }
    let earlier = source.repeats.map(String.init).joined(separator: ", ")
    return ", repeating sequence \(earlier), counted once"
  }
}

struct VerificationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verification", abstract: "Record who looked at what was found.",
    subcommands: [Record.self])

  struct Record: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record the outcome of looking at what was found.",
      discussion: """
        Example:
          winnow verification record --match 10 --outcome confirmed --count 20 \\
              --as hotline --keys hotline-keys

        What was found can be a match, a filter, a removal or a suspicion about a
        release. It counts as external when its signer neither made it nor lets another
        hold its key.
        """)
    @Option(
      name: [.customLong("of"), .customLong("match")],
      help: "The sequence of the match, filter, removal or suspicion.")
    var target: UInt64
    @Option(help: "confirmed, likely, inconclusive or false-positive.") var outcome: Outcome
    @Option(help: "How many.") var count: UInt64
    @Option(help: "Of what: rows, keys, unique-urls, unique-images, match-ids, hashes.")
    var unit: CountUnit = .rows
    @Option(help: "exact, at-least, at-most or approximate.") var exactness: Exactness = .exact
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session { session in
          options.answer([
            try session.recordVerification(
              of: target, outcome: outcome, count: count, unit: unit, exactness: exactness)
          ])
        }
      }
    }
  }
}
