internal import ArgumentParser
internal import CanonicalJSON
internal import Provenance
internal import Workflows

extension CharterCommand {
  struct Set: AuthorityCommand {
    static let configuration = CommandConfiguration(
      commandName: "set",
      abstract: "Put a new charter in force.",
      discussion: """
        Start from what `winnow charter show` prints.

        A rule that asks for two `actors` wants the signatures of two, each with a key
        of its own: both are named with --as where their keys are at hand, or sign
        elsewhere (--unsigned).

        Example: winnow charter set charter.json
        """)
    @Argument(help: "A JSON file with the whole charter.") var file: String
    @OptionGroup var following: AfterOption
    @OptionGroup var options: SigningOptions

    func perform(_ place: Workplace) throws {
      let json = try JSON(parsing: try InputFile.read(file, maximum: 1 << 20))
      var reader = try MemberReader(json, path: "charter")
      let charter = try Charter(from: &reader)
      try reader.finish()
      options.answer(try place.decide(SetCharter(charter)))
    }
  }
}
