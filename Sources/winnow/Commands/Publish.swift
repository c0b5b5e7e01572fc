internal import ArgumentParser
internal import CanonicalJSON
internal import Files
internal import LedgerCrypto
internal import Workflows

struct PublishCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Write the log as static files that any web server can serve.",
    discussion: """
      Signs a checkpoint, then writes C2SP tiles, entry bundles and open attachments.
      What is sealed stays here.

      Example: winnow publish site
      """)
  @Argument(help: "The directory to write to.") var site: String
  @OptionGroup var options: LedgerOptions

  func perform(_ place: Workplace) throws {
    try OutputTarget.checkOutsideLedgers(site)
    let done = try place.publish(to: site)
    if options.json {
      Console.json([
        "size": JSON(done.size), "tiles": .integer(Int64(done.tiles)),
        "attachments": .integer(Int64(done.attachments)),
        "written": .integer(Int64(done.written)), "texts": .integer(Int64(done.texts)),
      ])
    } else {
      Console.line(
        "\(site) holds \(done.size.of("entry", "entries")) in \(done.tiles.of("tile")) and \(done.attachments.of("open attachment")); \(done.written.of("file")) \(done.written == 1 ? "is" : "are") new."
      )
      if done.texts > 0 {
        Console.line(
          "\(done.texts.of("open text")) \(done.texts == 1 ? "was" : "were") not there before: read what you hand out; `winnow attachment withhold` takes one back."
        )
      }
    }
  }
}
