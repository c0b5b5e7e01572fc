internal import ArgumentParser
internal import Provenance
internal import Workflows

extension ReleaseCommand {
  struct Withdraw: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw",
      abstract: "Record that a release is no longer offered, or is again.",
      discussion: """
        It removes nothing: `winnow remove` and `winnow clean` do. Nothing delays it.

        Examples:
          winnow release withdraw laion@1.0 --scope temporary \\
              --stated-reason "Under review."
          winnow release withdraw laion@1.0 --scope lifted
        """)
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Option(help: "Whether it is to come back, is not, or is back.") var scope: WithdrawalScope
    @Flag(help: "The derivatives that the publisher knows are withdrawn with it.")
    var derivatives = false
    @Option(help: "The reason, in the publisher's words; kept as an attachment.")
    var statedReason: String?
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      options.answer(
        try place.decide(
          RecordBody(
            .releaseWithdrawn, prose: statedReason.map { Array($0.utf8) }, as: "statedReason"
          ) { [release, scope, derivatives] _, reason in
            .releaseWithdrawn(
              .init(
                release: release, scope: scope, includesDerivatives: derivatives,
                statedReason: reason))
          }))
    }
  }
}
