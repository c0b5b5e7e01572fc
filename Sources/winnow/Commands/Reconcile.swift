internal import ArgumentParser
internal import LedgerCrypto
internal import Provenance
internal import Workflows

struct ReconcileCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Add up what the lists found in a release, and what they share.",
    discussion: "Example: winnow reconcile laion@1.0")
  @Argument(help: "The release, \(NameRule.versioned).") var release: VersionedName
  @OptionGroup var options: LedgerOptions

  func perform(_ place: Workplace) throws {
    let result = try Reconciliation(of: release, place.shelf())
    if options.json {
      Console.json(result.json)
    } else {
      for source in result.sources {
        Console.line(
          "\(source.list)  \(source.matched.rows.of("row"))  (sequence \(source.sequence), by \(source.issuer)'s list\(again(source)))"
        )
      }
      let parts = result.sources.map { $0.matched.rows.grouped }.joined(separator: " + ")
      if let union = result.union, let overlap = result.overlap {
        Console.line(
          "\(parts) = \(result.sum.grouped), overlap \(overlap.grouped), union \(union.rows.grouped)"
        )
      } else {
        Console.line("\(parts) = \(result.sum.grouped), overlap not stated")
      }
      Console.line("The union is \(result.basis).")
      switch result.removed {
      case .rows(let rows):
        Console.line("Removals decided on \(release): \(rows.of("row")).")
      case .atMost(let rows):
        Console.line(
          "Removals decided on \(release): at most \(rows.of("row")); what they share is sealed."
        )
      case nil: break
      }
      if result.decoyRows > 0 {
        let others = result.decoyRows
        Console.line(
          "\(others.grouped) more \(others == 1 ? "was" : "were") drawn to hide those of class illegal."
        )
      }
    }
    if !result.isStated { throw Failure.notEnough }
  }

  private func again(_ source: Reconciliation.Source) -> String {
    if source.repeats.isEmpty { return "" }
    let earlier = source.repeats.map(String.init).joined(separator: ", ")
    return ", repeating sequence \(earlier), counted once"
  }
}
