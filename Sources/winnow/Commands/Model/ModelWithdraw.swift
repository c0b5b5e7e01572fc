internal import ArgumentParser
internal import Provenance
internal import Workflows

extension ModelCommand {
  struct Withdraw: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "withdraw",
      abstract: "Record that a host no longer offers a model, or does again.",
      discussion: """
        Copies elsewhere are as they were: `winnow model observe` records where they are
        seen.

        Example:
          winnow model withdraw imagegen-1.5 --host models.example.org \\
              --scope permanent
        """)
    @Argument(help: "The model: \(NameRule.name).") var model: Name
    @Option(help: "The host, such as models.example.org.") var host: HostName
    @Option(help: "Whether it is to come back, is not, or is back.") var scope: WithdrawalScope
    @Option(help: "The reason as stated; kept as an attachment.") var statedReason: String?
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      options.answer(
        try place.decide(
          RecordBody(
            .modelWithdrawn, prose: statedReason.map { Array($0.utf8) }, as: "statedReason"
          ) { [model, host, scope] _, reason in
            .modelWithdrawn(.init(model: model, host: host, scope: scope, statedReason: reason))
          }))
    }
  }
}
