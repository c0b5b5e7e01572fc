internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct AttachmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attachment", abstract: "See, withhold and erase what events have attached.",
    subcommands: [Show.self, Withhold.self, Erase.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what an attachment is, where it is named, and what became of it.",
      discussion: """
        Of one that was withheld or erased it answers what was here: by which event it
        went, who signed that, and on what legal basis.

        Examples:
          winnow attachment show 12/text
          winnow attachment show 3f9a61c2 --out notice.txt

        The second writes its content, for which a sealed one needs the passphrase.
        """)
    @Argument(help: "SEQUENCE/FIELD, the digest, or 8 or more of its first digits.")
    var attachment: String
    @Option(help: "Write the content to this file.") var out: String?
    @OptionGroup var options: LedgerOptions

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          let found = try session.attachment(named: attachment)
          if let out {
            guard let content = try session.content(of: found) else {
              throw WorkflowFailure.badInput(
                "The content of \(found.digest) is not to be had here; run this without --out to see why."
              )
            }
            try OutputFile.write(content, to: out)
          }
          if options.output.json { return Console.json(found.json) }
          for line in found.lines { Console.line(line) }
        }
      }
    }
  }

  struct Withhold: ParsableCommand {
    static let configuration = CommandConfiguration(
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

    func run() throws {
      try Failure.reported {
        let reason = try reason.map { try InputFile.read($0, maximum: 1 << 20) }
        try options.session { session in
          options.answer([
            try session.withhold(
              attachment, state: isReturn ? .returned : .withheld, basis: basis, reason: reason)
          ])
        }
      }
    }
  }

  struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
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

    func run() throws {
      try Failure.reported {
        let reason = try reason.map { try InputFile.read($0, maximum: 1 << 20) }
        try options.session { session in
          let done = try session.erase(
            attachment, basis: basis, requestedBy: requestedBy, reason: reason)
          options.answer(
            done.recorded.map { [$0] } ?? [], [("attachment", .string(done.digest.hex))],
            lines: options.dryRun || options.elsewhere.unsigned != nil
              ? []
              : [
                done.recorded == nil
                  ? "It was erased before; what remained of its bytes and key is destroyed."
                  : "Its bytes and key are destroyed."
              ])
        }
      }
    }
  }
}

extension Session.AttachmentFound {
  /// Whether it can be seen here, or why not.
  private var state: String {
    if let record, record.state != .returned { return record.state.rawValue }
    return isHere ? "here" : "elsewhere"
  }

  var json: JSON {
    var object = JSONObject([
      ("attachment", .string(digest.hex)), ("size", JSON(reference.size)),
      ("mediaType", .string(reference.mediaType)),
      ("disclosure", .string(reference.disclosure.rawValue)), ("state", .string(state)),
      (
        "namedBy",
        .array(
          uses.map {
            [
              "sequence": JSON($0.event.sequence), "field": .string($0.field),
              "kind": .string($0.event.statement.body.kind.rawValue),
            ]
          })
      ),
    ])
    if let record {
      object["last"] = [
        "sequence": JSON(record.sequence), "event": JSON(record.event),
        "state": .string(record.state.rawValue), "basis": .string(record.basis.rawValue),
        "actors": .array(record.actors.map { .string($0.text) }),
      ]
    }
    return .object(object)
  }

  var lines: [String] {
    var lines = [
      "attachment  \(digest.hex)",
      "            \(reference.disclosure.rawValue), \(reference.mediaType), \(reference.size.of("byte"))",
    ]
    for use in uses {
      lines.append(
        "named by    sequence \(use.event.sequence), \(use.event.statement.body.kind.rawValue), as \(use.field)"
      )
    }
    guard let record else {
      return lines + [isHere ? "It is here." : "It is not here; ask the custodian."]
    }
    let actors = record.actors.map(\.text).joined(separator: ", ")
    return lines + [
      "\(record.state.rawValue.capitalizedASCII) at sequence \(record.sequence) by \(actors), basis \(record.basis.rawValue)."
    ]
  }
}

extension String {
  /// With its first letter in upper case.
  fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
