internal import ArgumentParser
internal import Provenance
internal import Workflows

extension VerificationCommand {
  struct Record: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "record",
      abstract: "Record the outcome of looking at what was found.",
      discussion: """
        Example:
          winnow verification record --match 10 --outcome confirmed --count 20 \\
              --as hotline --keys hotline-keys

        What was found can be a match, a filter, a removal or a suspicion about a
        release. It counts as external when its signer neither made it nor lets another
        hold its key. What one actor verifies of it adds up to no more than was found;
        --replaces takes an earlier verification back for this one.
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
    @Option(help: "The sequence of your own verification that this one replaces.")
    var replaces: UInt64?
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      options.answer(
        try place.decide(
          RecordVerification(
            of: target, outcome: outcome, count: count, unit: unit, exactness: exactness,
            replacing: replaces)))
    }
  }
}
