internal import ArgumentParser
internal import CanonicalJSON
internal import Workflows

extension LogKeyCommand {
  struct Change: AuthorityCommand {
    static let configuration = CommandConfiguration(
      commandName: "change",
      abstract: "Make a new log key, which signs checkpoints from here on.",
      discussion: """
        The administrators sign, as many as the charter asks for, and the new key with
        them. Checkpoints that the old key signed stay good for the sizes before.
        policy.txt gets a line for the new key: hand it out.

        Example: winnow log-key change
        """)
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      let done = try place.decide(ChangeLogKey())
      options.answer(
        done, [("logKey", .string(done.answer))],
        lines: options.dryRun ? [] : ["log key \(done.answer)"])
    }
  }
}
