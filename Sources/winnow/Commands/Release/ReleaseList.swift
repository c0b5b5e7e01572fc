internal import ArgumentParser
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

extension ReleaseCommand {
  struct List: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the releases.", discussion: "Example: winnow release list")
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let releases = try place.view().state.catalog.releases.values.sorted {
        $0.published < $1.published
      }
      for release in releases {
        if options.json {
          Console.json(release.answer())
        } else {
          let publication = release.publication
          let from = publication.derivation.map { "  from \($0.parent)" } ?? ""
          Console.line(
            "\(publication.release)  \(publication.tally.rows.of("row"))  root \(publication.root.hex.prefix(16))…  since sequence \(release.published)\(from)"
          )
        }
      }
    }
  }
}
