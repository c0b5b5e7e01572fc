internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension FilterCommand {
  struct Verify: RowCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Run a recorded filter again, and compare what it chooses.",
      discussion: """
        Example:
          winnow filter verify 7

        The files of the release are read, which must be what they were. The exit code
        is 1 when other rows are chosen, and 3 when condition or rows are sealed from
        you.
        """)
    @Argument(help: "The sequence of the filter.") var sequence: UInt64
    @OptionGroup var working: RowOptions
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let check = try VerifyFilter(sequence).check(place.shelf())
      if options.json {
        Console.json([
          "filter": JSON(sequence), "release": JSON(check.release),
          "matches": .bool(check.matches), "matchedRows": JSON(check.tally.rows),
          "matchedKeys": JSON(check.tally.keys),
        ])
      } else if check.matches {
        Console.line(
          "The filter at \(sequence) chooses the same \(check.tally.rows.of("row")) of \(check.release)."
        )
      } else {
        Console.line(
          "The filter at \(sequence) chooses \(check.tally.rows.of("row")) of \(check.release) now, and recorded \(check.recorded.rows.grouped)."
        )
      }
      if !check.matches { throw Failure.verificationFailed }
    }
  }
}
