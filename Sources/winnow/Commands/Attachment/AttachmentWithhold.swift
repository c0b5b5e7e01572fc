internal import ArgumentParser
internal import Provenance
internal import Workflows

extension AttachmentCommand {
  struct Withhold: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "withhold",
      abstract: "Record that an attachment is not to be shown, or is to be shown again.",
      discussion: """
        `winnow show`, `winnow audit export` and `winnow publish` leave it out from then
        on; only --return brings it back. What others copied before stays with them.

        Examples:
          winnow attachment withhold 12/text --basis court-order
          winnow attachment withhold 12/text --basis court-order --return
        """)
    @Argument(help: "SEQUENCE/FIELD, the digest, or 8 or more of its first digits.")
    var attachment: String
    @Option(help: "What requires or allows it.") var basis: LegalBasis
    @Flag(name: .customLong("return"), help: "Show it again.") var isReturn = false
    @Option(name: .customLong("reason"), help: "A file that says why, or - for standard input.")
    var reason: String?
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      let reason = try reason.map { try InputFile.read($0, maximum: 1 << 20) }
      options.answer(
        try place.decide(
          WithholdAttachment(
            attachment, state: isReturn ? .returned : .withheld, basis: basis, reason: reason)))
    }
  }
}
