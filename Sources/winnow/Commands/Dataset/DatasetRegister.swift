internal import ArgumentParser
internal import Provenance
internal import Workflows

extension DatasetCommand {
  struct Register: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "register",
      abstract: "Register a dataset and what identifies its rows.",
      discussion: """
        Examples:
          winnow dataset register laion --identity URL
          winnow dataset register clinic --identity id --keyed

        A plain dataset lets anyone check any row that they hold. A keyed one is for
        rows that were never public: its tags are made under a secret that stays in this
        ledger directory, until `winnow dataset secret` hands it to an auditor.
        """)
    @Argument(help: "The dataset's name: \(NameRule.name).") var dataset: Name
    @Option(name: .customLong("identity"), help: "An identity column; may be repeated.")
    var identity: [String]
    @Option(help: "The content columns, with commas between them; all columns by default.")
    var columns: String?
    @Flag(help: "Tag rows under a secret.") var keyed = false
    @Option(help: "A file with the secret of a keyed dataset, 32 bytes; made here by default.")
    var secretFile: String?
    @Option(help: "The release that the dataset was derived from: \(NameRule.versioned).")
    var derivedFrom: VersionedName?
    @OptionGroup var options: SigningOptions

    private var contentColumns: [String]? {
      columns.map { $0.split(separator: ",").map(String.init) }
    }

    private static func refuseRepeated(_ columns: [String], of option: String) throws {
      var seen: Set<[UInt8]> = []
      for column in columns where !seen.insert(Array(column.utf8)).inserted {
        throw ValidationError("\(option) names the column \(column) twice; name each column once.")
      }
    }

    func validate() throws {
      if identity.isEmpty { throw ValidationError("Name at least one identity column.") }
      try Self.refuseRepeated(identity, of: "--identity")
      try Self.refuseRepeated(contentColumns ?? [], of: "--columns")
      if secretFile != nil, !keyed { throw ValidationError("--secret-file goes with --keyed.") }
    }

    func perform(_ place: Workplace) throws {
      let secret = try secretFile.map { try InputFile.read($0, maximum: 4096) }
      options.answer(
        try place.decide(
          RegisterDataset(
            dataset, identity: identity, content: contentColumns,
            tagging: keyed ? .keyed : .plain, secret: secret, derivedFrom: derivedFrom)))
    }
  }
}
