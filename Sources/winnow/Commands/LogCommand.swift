internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "List the events, the oldest first.",
    discussion: """
      Examples:
        winnow log
        winnow log --at 12
        winnow log --at 2024-03-20T00:00:00Z --json
      """)
  @Option(help: "Through this sequence, or what was recorded by this time.") var at: String?
  @OptionGroup var options: LedgerOptions

  func run() throws {
    try Failure.reported {
      let asOf = try at.map(AsOf.init(argument:))
      try options.reading { session in
        if session.isNewer {
          return try session.printRawLog(at: asOf, asJSON: options.output.json)
        }
        try session.forEachEvent(at: asOf) { event in
          if options.output.json {
            Console.json(event.summary(state: try session.ledger.state))
          } else {
            Console.line(
              "\(event.sequence)  \(event.recordedAt.seconds)  \(event.statement.body.kind.rawValue)  \(event.statement.body.content.subjects.first?.name ?? "")  by \(event.signerText)"
            )
          }
        }
      }
    }
  }
}

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one event.",
    discussion: """
      Examples:
        winnow show 12
        winnow show 3f9a61c2          an event id, or 8 or more of its first digits
        winnow show 12 --envelope     the DSSE envelope exactly as signed
        winnow show 12 --json         with the signers' public keys
      """)
  @Argument(help: "The sequence, or the event id, or 8 or more of its first digits.") var event:
    String
  @Flag(help: "Print the DSSE envelope exactly as signed.") var envelope = false
  @OptionGroup var options: LedgerOptions

  func run() throws {
    try Failure.reported {
      try options.reading { session in
        if session.isNewer {
          return try session.printRawEntry(
            named: event, asEnvelope: envelope, asJSON: options.output.json)
        }
        let event = try session.event(named: event)
        if envelope { return Console.json(event.entry.event.envelope) }
        let state = try session.ledger.state
        if options.output.json { return Console.json(event.answer(state: state)) }
        Console.line("sequence    \(event.sequence)")
        Console.line("event       \(event.id)")
        Console.line("kind        \(event.statement.body.kind.rawValue)")
        Console.line("recorded    \(event.recordedAt.text)")
        Console.line("occurred    \(event.statement.header.occurredAt.seconds)")
        Console.line("signed by   \(event.signerText)")
        for (name, value) in event.statement.bodyMembers {
          Console.line("  \(name): \(String(decoding: value.canonicalBytes, as: UTF8.self))")
        }
        for (field, reference) in event.statement.attachments {
          if let record = state.attachments.missing(reference.sha256) {
            Console.line(
              "  \(field) was \(record.state.rawValue) at sequence \(record.sequence) by \(record.actors.map(\.text).joined(separator: ", ")), basis \(record.basis.rawValue)"
            )
            continue
          }
          guard reference.disclosure == .open, reference.mediaType == "text/plain" else { continue }
          if let content = try session.openContent(reference) {
            Console.line("  \(field) reads: \(String(decoding: content, as: UTF8.self))")
          }
        }
      }
    }
  }
}

extension AdmittedEvent {
  /// The actors, or the log itself for sequence 0.
  var signerText: String {
    actors.isEmpty ? "unknown" : actors.map(\.text).joined(separator: ", ")
  }

  func summary(state: LedgerState) -> JSON {
    [
      "sequence": JSON(sequence), "event": JSON(id),
      "kind": .string(statement.body.kind.rawValue), "recordedAt": .string(recordedAt.text),
      "occurredAt": .string(statement.header.occurredAt.seconds),
      "actors": .array(actors.map { .string($0.text) }),
      "subject": .string(statement.body.content.subjects.first?.name ?? ""),
    ]
  }

  func answer(state: LedgerState) -> JSON {
    guard case .object(var object) = summary(state: state) else { return .null }
    object["statement"] = (try? JSON(parsing: entry.event.payload)) ?? .null
    object["signers"] = .array(
      entry.event.signatures.compactMap { signature in
        guard let key = state.publicKey(signature.keyID, signing: entry.event) else { return nil }
        var signer = JSONObject([
          ("keyId", JSON(signature.keyID)), ("publicKey", .string(key.bytes.base64)),
          ("pem", .string(key.pem)), ("signature", .string(Base64.encode(signature.bytes))),
        ])
        if let record = state.authority.keys[signature.keyID] {
          signer["actor"] = .string(record.actor.text)
          signer["custody"] = .string(record.custody.rawValue)
        } else {
          signer["actor"] = "log"
        }
        return .object(signer)
      })
    return .object(object)
  }
}

/// `--at SEQ|TIME`.
extension AsOf {
  init(argument: String) throws {
    if let sequence = UInt64(argument) {
      self = .sequence(sequence)
    } else if let moment = Timestamp(any: argument) {
      self = .time(moment)
    } else {
      throw ValidationError("--at takes a sequence or a time such as 2024-03-20T00:00:00Z.")
    }
  }
}

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how far the log is and what is pending.",
    discussion: "Example: winnow status")
  @OptionGroup var options: LedgerOptions

  func run() throws {
    try Failure.reported {
      try options.reading { session in
        let status = try session.status()
        if options.output.json { return Console.json(status.json) }
        for line in status.lines { Console.line(line) }
      }
    }
  }
}
