internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import TransparencyLog
internal import Workflows

struct CheckpointCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint", abstract: "Sign the current size and root of the log.",
    discussion: """
      Keep what it prints, and give it to others: with it anyone can tell whether the
      log was changed since (`winnow verify --checkpoint`).

      Example: winnow checkpoint > checkpoint.txt
      """)
  @OptionGroup var options: LedgerOptions

  func perform(_ place: Workplace) throws {
    let done = try place.checkpoint()
    if options.json {
      Console.json([
        "size": JSON(done.head.size.rawValue), "root": .string(done.head.root.hex),
        "checkpoint": .string(String(decoding: done.note, as: UTF8.self)),
      ])
    } else {
      Console.bytes(done.note)
    }
  }
}
