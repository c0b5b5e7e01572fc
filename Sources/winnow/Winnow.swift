internal import ArgumentParser

/// The command line: the only target that prints and exits.
@main
struct Winnow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow",
    abstract: "A provenance ledger for cleaning AI datasets.",
    discussion: """
      Every hash match, verification, removal, release and model deprecation is a
      signed event in an append-only log; proofs of what left a dataset, and that
      nothing else did, can be checked offline by anyone.

      Start with `winnow quickstart`, which tells the whole story on generated rows.

      Exit codes: 0 done or verified, 1 verification failed, 3 not enough evidence, 4
      input or output failed, 5 not found, 6 conflict or refused, 64 usage, 75 try
      again later, 130 interrupted.
      """,
    version: Version.text,
    groupedSubcommands: [
      CommandGroup(name: "Start:", subcommands: [Quickstart.self, Sample.self, Init.self]),
      CommandGroup(
        name: "Who may sign:",
        subcommands: [
          KeyCommand.self, ActorCommand.self, RoleCommand.self, CharterCommand.self,
          LogKeyCommand.self,
          SignCommand.self, RecordCommand.self,
        ]),
      CommandGroup(
        name: "Publish and clean:",
        subcommands: [
          DatasetCommand.self, ReleaseCommand.self, HashListCommand.self, MatchCommand.self,
          FilterCommand.self,
          ReconcileCommand.self, VerificationCommand.self, RemoveCommand.self, DisputeCommand.self,
          ReinstateCommand.self, CleanCommand.self,
          ModelCommand.self, AttachmentCommand.self, RecordCommand.self,
        ]),
      CommandGroup(
        name: "Read the log:",
        subcommands: [LogCommand.self, ShowCommand.self, StatusCommand.self]),
      CommandGroup(
        name: "Prove and check:",
        subcommands: [
          CheckpointCommand.self, PublishCommand.self, ProveCommand.self, AuditCommand.self,
          VerifyCommand.self, ProjectionCommand.self,
        ]),
    ] + [CommandGroup(name: "For checks of the program itself:", subcommands: [DebugCommand.self])]
  )

  static func main() {
    do {
      var command = try parseAsRoot()
      do {
        try Failure.reported { try command.run() }
      } catch let error as ValidationError {
        Usage.exit(for: error, of: type(of: command))
      }
    } catch {
      Usage.exit(for: error)
    }
  }
}

/// The version of this program.
enum Version {
  static let text = "0.1.0"
}
