internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct MatchCommand: LedgerCommand {
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

  private var moment: Timestamp? {
    get throws { try hashesAsOf.map { try Timestamp($0, of: "--hashes-as-of") } }
  }

  func validate() throws { _ = try moment }

  func perform(_ place: Workplace) throws {
    let decided = try place.decide(
      MatchRelease(release, list: list, file: file, column: column, hashesAsOf: moment))
    let match = decided.answer
    options.answer(
      decided,
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
