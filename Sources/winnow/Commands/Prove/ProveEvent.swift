internal import ArgumentParser
internal import Files
internal import Provenance
internal import Workflows

extension ProveCommand {
  struct Event: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "event",
      abstract: "Prove that an event is in the log.",
      discussion: "Example: winnow prove event 12 --out e.winnow.jsonl --tlog-proof e.tlog-proof")
    @Argument(help: "The sequence, or the event id, or 8 or more of its first digits.") var event:
      String
    @Option(help: "The bundle to write.") var out: String?
    @Option(help: "A C2SP proof to write, for any log client.") var tlogProof: String?
    @OptionGroup var replacing: ReplaceOption
    @OptionGroup var options: LedgerOptions

    func validate() throws {
      if out == nil, tlogProof == nil { throw ValidationError("Give --out or --tlog-proof.") }
      if out == "-", tlogProof == "-" {
        throw ValidationError("Two results do not share standard output; name a file for one.")
      }
    }

    func perform(_ place: Workplace) throws {
      let bundle = try out.map { try replacing.target($0, options) }
      let proof = try tlogProof.map { try replacing.target($0, options) }
      let view = try place.view()
      let sequence = try view.event(named: event).sequence
      if let bundle { try write(try view.proveEvent(sequence), to: bundle, options) }
      try proof?.write(try view.proveEventAsTLogProof(sequence))
    }
  }
}
