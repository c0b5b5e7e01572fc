internal import ArgumentParser
internal import CanonicalJSON
internal import Datasets
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

        Lists are read as they come: one hash a line, also as md5sum and its like write
        it, CSV (or semicolons, tabs), JSON Lines, NCMEC XML; each perhaps in gzip or
        zstd. Comments and a header are skipped. Entries without this algorithm and
        hashes of an empty file or of zeros are counted, and never matched. PDQ may have
        a quality beside the hash.

        The ledger keeps the issuer, version, counts and a commitment under a fresh
        secret, so that `winnow match` can refuse any other list; never a hash.
        """)
    @Argument(help: "\(NameRule.versioned).") var list: VersionedName
    @Argument(help: "The list's file, or - for standard input.") var file: String
    @Option(help: "md5, sha1, sha256 or pdq.") var algorithm: HashAlgorithm
    @Option(name: .customLong("of"), help: "What was hashed: image or url.")
    var subject: HashedThing
    @Option(help: "The column or member of the hashes; the one named like the algorithm.")
    var column: String?
    @Option(help: "Who issued it; the actor of the list's name by default.")
    var issuer: ActorName?
    @Option(help: "When the list was current, as 2024-03-20T00:00:00Z; now by default.")
    var asOf: String?
    @OptionGroup var options: SigningOptions

    private var moment: Timestamp? {
      get throws { try asOf.map { try Timestamp($0, of: "--as-of") } }
    }

    func validate() throws {
      _ = try moment
      guard algorithm != .pdq || subject == .image else {
        throw ValidationError("PDQ is a hash of images; give --of image.")
      }
    }

    func perform(_ place: Workplace) throws {
      let added = try place.decide(
        AddHashList(
          list, file: ListFile(file, column: column), algorithm: algorithm, of: subject,
          issuer: issuer, asOf: moment))
      let counts = added.answer.counts
      options.answer(
        added,
        [
          ("hashes", JSON(added.answer.hashes)), ("entries", counts.json),
          ("comments", JSON(counts.comments)), ("headers", JSON(counts.headers)),
        ],
        lines: ["\(list) has \(added.answer.hashes.of("hash", "hashes"))."]
          + counts.lines(algorithm))
    }
  }
}
