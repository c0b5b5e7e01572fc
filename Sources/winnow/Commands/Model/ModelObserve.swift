internal import ArgumentParser
internal import Provenance
internal import Workflows

extension ModelCommand {
  struct Observe: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "observe",
      abstract: "Record whether a host offers a model.",
      discussion: """
        Host and number of copies are for everyone; the exact place is sealed, for whom
        it was noticed to. Nothing is fetched.

        Example:
          winnow model observe imagegen-1.5 --host models.example.org \\
              --state available --copies 3
        """)
    @Argument(help: "The model: \(NameRule.name).") var model: Name
    @Option(help: "The host, such as models.example.org.") var host: HostName
    @Option(help: "What was found.") var state: AvailabilityState
    @Option(help: "How it was looked for.") var method: ObservationMethod = .listing
    @Option(help: "A file of the model, for its digest, that was found or missed.")
    var artifact: String?
    @Option(help: "In how many places on the host.") var copies: UInt64?
    @Option(help: "A file with the exact place, which is sealed.") var repository: String?
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      let found = try repository.map { try InputFile.read($0, maximum: 1 << 20) }
      options.answer(
        try place.decide(
          ObserveModel(
            model, host: host, state: state, method: method, artifact: artifact,
            copies: copies, repository: found)))
    }
  }
}
