internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension HashListCommand {
  struct Add: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Register a version of a hash list; its contents are read and dropped.",
      discussion: """
        Example:
          winnow hashlist add hotline@2024-03 --algorithm md5 --of url hashes.txt

        The file has one hash a line, or is a CSV with a column named like the
        algorithm. The ledger keeps the issuer, version, count and a commitment under a
        fresh secret, so that `winnow match` can refuse any other file; never a hash.
        """)
    @Argument(help: "\(NameRule.versioned).") var list: VersionedName
    @Argument(help: "The list's file.") var file: String
    @Option(help: "md5, sha1 or sha256.") var algorithm: HashAlgorithm
    @Option(name: .customLong("of"), help: "What was hashed: image or url.")
    var subject: HashedThing
    @Option(help: "Who issued it; the actor of the list's name by default.")
    var issuer: ActorName?
    @Option(help: "When the list was current, as 2024-03-20T00:00:00Z; now by default.")
    var asOf: String?
    @OptionGroup var options: SigningOptions

    private var moment: Timestamp? {
      get throws { try asOf.map { try Timestamp($0, of: "--as-of") } }
    }

    func validate() throws { _ = try moment }

    func perform(_ place: Workplace) throws {
      let added = try place.decide(
        AddHashList(
          list, file: file, algorithm: algorithm, of: subject, issuer: issuer, asOf: moment))
      options.answer(
        added, [("hashes", JSON(added.answer))],
        lines: ["\(list) has \(added.answer.of("hash", "hashes"))."])
    }
  }
}
