internal import ArgumentParser
internal import LedgerStore
internal import Provenance
internal import Workflows

extension DebugCommand {
  struct Append: LedgerCommand {
    static let configuration = CommandConfiguration(
      abstract: "Append events one by one; each that is on disk is a line: sequence and event id.",
      discussion: "Example: winnow debug append imagegen-1.5 laion@1.0 --count 100")
    @Argument(help: "A registered model.") var model: Name
    @Argument(help: "The release that it is said to be trained on, \(NameRule.versioned).")
    var release: VersionedName
    @Option(help: "How many.") var count: Int
    @OptionGroup var options: SigningOptions

    func perform(_ session: Session) throws {
      for _ in 0..<max(0, count) where !Interruption.isRequested {
        let receipt = try session.assertTraining(
          model, on: release, polarity: .trained, use: .unspecified
        ).receipt
        Console.line("\(receipt.sequence) \(receipt.id)")
      }
    }
  }
}
