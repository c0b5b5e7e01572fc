internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct MatchCommand: RowCommand {
  static let configuration = CommandConfiguration(
    commandName: "match", abstract: "Compare every row of a release with hash lists.",
    discussion: """
      Examples:
        winnow match laion@1.0 --list hotline@2024-03 hashes.txt --as hotline \\
            --keys hotline-keys
        winnow match laion@1.0 --list hotline@md5 a.txt --list hotline@pdq b.csv

      The release is read once, however many lists there are. Each file must be the
      registered list. Which rows matched stays here, sealed; the log has how many.
      """)
  @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
  @Argument(help: "The lists' files, in the order of --list; - is standard input.")
  var files: [String]
  @Option(help: "The registered list, \(NameRule.versioned); may be repeated.")
  var list: [VersionedName]
  @Option(help: "The column to compare; the URL column, or the one named like the algorithm.")
  var column: String?
  @Option(help: "The column or member of a list's hashes, in its file.")
  var listColumn: String?
  @Flag(help: "Try equivalent spellings of each URL too (url-spellings-1).")
  var spellings = false
  @Option(help: "The most bits in which PDQ hashes differ, 0 to 31. (default: 31)")
  var distance: UInt64?
  @Option(help: "The least quality of a row's PDQ hash, 0 to 100. (default: 50)")
  var quality: UInt64?
  @Option(help: "The column of qualities; pdq_quality, where there is one, by default.")
  var qualityColumn: String?
  @Option(help: "When the compared hashes were taken, as 2023-03-01T00:00:00Z; now by default.")
  var hashesAsOf: String?
  @OptionGroup var working: RowOptions
  @OptionGroup var options: SigningOptions

  private var moment: Timestamp? {
    get throws { try hashesAsOf.map { try Timestamp($0, of: "--hashes-as-of") } }
  }

  func validate() throws {
    _ = try moment
    guard files.count == list.count else {
      throw ValidationError("Give one file for each --list, in the same order.")
    }
    guard Set(list).count == list.count else {
      throw ValidationError("A list is named twice; give each --list once.")
    }
    guard distance ?? 0 <= Nearness.greatestDistance else {
      throw ValidationError("--distance is from 0 to \(Nearness.greatestDistance).")
    }
    guard quality ?? 0 <= 100 else { throw ValidationError("--quality is from 0 to 100.") }
    guard files.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("Standard input is one list; name files for the others.")
    }
  }

  func perform(_ place: Workplace) throws {
    var comparing = MatchRelease.Options()
    comparing.column = column
    comparing.triesSpellings = spellings
    comparing.distance = distance
    comparing.leastQuality = quality
    comparing.qualityColumn = qualityColumn
    comparing.hashesAsOf = try moment
    let decided = try place.decide(
      MatchRelease(
        release,
        zip(list, files).map { .init($0, ListFile($1, column: listColumn)) }, comparing))
    let isOne = decided.answer.count == 1
    options.answer(
      decided, [("matches", .array(decided.answer.map(\.json)))],
      lines: decided.answer.flatMap { $0.lines(isOne: isOne) })
  }
}
