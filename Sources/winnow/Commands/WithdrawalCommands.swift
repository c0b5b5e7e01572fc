internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension ReleaseCommand {
  struct Withdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
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

    func run() throws {
      try Failure.reported {
        try options.session { session in
          options.answer([
            try session.record(
              .releaseWithdrawn, prose: statedReason.map { Array($0.utf8) }, as: "statedReason"
            ) {
              .releaseWithdrawn(
                .init(
                  release: release, scope: scope, includesDerivatives: derivatives,
                  statedReason: $0))
            }
          ])
        }
      }
    }
  }

  struct Observe: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compute a release's root anew from files, and record what came out.",
      discussion: """
        The observer signs the root whether it agrees or not.

        Example: winnow release observe laion@1.0 part-0.csv part-1.csv --as auditor
        --keys auditor-keys
        """)
    @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
    @Argument(help: "Its files, as the observer has them.") var files: [String]
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session { session in
          let done = try session.observeRelease(release, files: files)
          options.answer(
            [done.recorded],
            [
              ("matches", .bool(done.matches)), ("root", .string(done.observation.root.hex)),
              ("rows", JSON(done.observation.tally.rows)),
              ("keys", JSON(done.observation.tally.keys)),
            ],
            lines: [
              done.matches
                ? "The files have the published root of \(release)."
                : "The files do not have the published root of \(release).",
              "  root \(done.observation.root.hex)",
            ])
        }
      }
    }
  }
}

extension ModelCommand {
  struct Withdraw: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record that a host no longer offers a model, or does again.",
      discussion: """
        Copies elsewhere are as they were: `winnow model observe` records where they are
        seen.

        Example: winnow model withdraw imagegen-1.5 --host models.example.org --scope
        permanent
        """)
    @Argument(help: "The model: \(NameRule.name).") var model: Name
    @Option(help: "The host, such as models.example.org.") var host: HostName
    @Option(help: "Whether it is to come back, is not, or is back.") var scope: WithdrawalScope
    @Option(help: "The reason as stated; kept as an attachment.") var statedReason: String?
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session { session in
          options.answer([
            try session.record(
              .modelWithdrawn, prose: statedReason.map { Array($0.utf8) }, as: "statedReason"
            ) {
              .modelWithdrawn(.init(model: model, host: host, scope: scope, statedReason: $0))
            }
          ])
        }
      }
    }
  }

  struct Derived: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record that a model was made from another.",
      discussion: """
        Example:
          winnow model derived imagegen-copy --parent imagegen-1.5 \\
              --relation exact-copy
        """)
    @Argument(help: "The model: \(NameRule.name).") var model: Name
    @Option(help: "The model that it was made from.") var parent: Name
    @Option(help: "How.") var relation: ModelRelation
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        guard model != parent else {
          throw ValidationError("A model is not made from itself; name its parent with --parent.")
        }
        try options.session {
          options.answer([
            try $0.record { _ in
              .modelDerived(.init(model: model, parent: parent, relation: relation))
            }
          ])
        }
      }
    }
  }

  struct Observe: ParsableCommand {
    static let configuration = CommandConfiguration(
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

    func run() throws {
      try Failure.reported {
        let place = try repository.map { try InputFile.read($0, maximum: 1 << 20) }
        try options.session { session in
          options.answer([
            try session.observe(
              model, host: host, state: state, method: method, artifact: artifact,
              copies: copies, repository: place)
          ])
        }
      }
    }
  }
}
