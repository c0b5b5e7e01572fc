internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerStore
internal import Provenance
internal import Workflows

struct ShowCommand: LedgerCommand {
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

  func perform(_ place: Workplace) throws {
    let view = try place.view()
    let event = try view.event(named: event)
    if envelope { return Console.json(event.entry.event.envelope) }
    let state = view.state
    if options.json { return Console.json(event.answer(state: state)) }
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
      if let content = try view.openContent(reference) {
        Console.line("  \(field) reads: \(String(decoding: content, as: UTF8.self))")
      }
    }
  }
}
