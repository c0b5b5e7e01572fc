internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

extension AttachmentCommand {
  struct Erase: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "erase",
      abstract: "Record that an attachment is erased, and destroy its bytes and its key for good.",
      discussion: """
        The log still verifies, and says what was here. Copies outside the ledger
        directory, such as bundles, backups and published files, are yours to destroy;
        the next `winnow publish` takes its own away.

        Example: winnow attachment erase 12/text --basis victim-request
        """)
    @Argument(help: "SEQUENCE/FIELD, the digest, or 8 or more of its first digits.")
    var attachment: String
    @Option(help: "What requires or allows it.") var basis: LegalBasis
    @Option(help: "The registered actor that asked for it.") var requestedBy: ActorName?
    @Option(name: .customLong("reason"), help: "A file that says why, or - for standard input.")
    var reason: String?
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      let reason = try reason.map { try InputFile.read($0, maximum: 1 << 20) }
      let done = try place.decide(
        EraseAttachment(attachment, basis: basis, requestedBy: requestedBy, reason: reason))
      let destroyed =
        done.recorded.isEmpty
        ? "It was erased before; what remained of its bytes and key is destroyed."
        : "Its bytes and key are destroyed."
      let isDone = !options.dryRun && options.unsigned == nil
      options.answer(
        done,
        [
          ("attachment", .string(done.answer.digest.hex)),
          ("decisions", .array(done.answer.decisions.map(\.json))),
        ],
        lines: (isDone ? [destroyed] : []) + done.answer.decisions.map(\.line))
    }
  }
}

extension EraseAttachment.Decision {
  fileprivate var json: JSON { ["sequence": JSON(sequence), "pending": .bool(isPending)] }

  /// What cannot be done any more.
  fileprivate var line: String {
    if !isPending {
      return
        "Without it no removal on the line of \(release) can be taken back here any more."
    }
    let what = isRemoval ? "removal" : "reinstatement"
    return
      "Without it the \(what) at sequence \(sequence) can no longer be applied here, nor can any removal on the line of \(release) be applied or taken back."
  }
}
