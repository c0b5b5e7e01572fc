internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerStore
internal import Provenance
internal import Workflows

struct ActorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "actor", abstract: "Register actors.", subcommands: [Add.self, List.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Register an actor with its first key and its roles.",
      discussion: """
        Examples:
          winnow actor add hotline --name "Example Hotline" --role matcher --role verifier --keys hotline-keys
          winnow actor add foundation --name "Example Foundation" --role matcher --custodial

        With --keys the actor's own key co-signs (custody `own`). With --custodial a key is made here
        and held by the administrator, and every verdict will say so.
        """)
    @Argument(help: "The actor's name: lower-case letters, digits, `.`, `_`, `-`.")
    var actor: ActorName
    @Option(help: "How the actor is called; kept as an attachment, not in the log itself.")
    var name: String?
    @Option(name: .customLong("role"), help: "A role; may be repeated.") var roles: [Role] = []
    @Option(name: .customLong("keys"), help: "The directory that holds the actor's own key.")
    var actorKeys: String?
    @Flag(help: "Make a key for the actor here.") var custodial = false
    @Option(help: "A file with the passphrase of the actor's key, where it is another.")
    var keysPassphraseFile: String?
    @Option(name: .customLong("as"), help: "The administrator that signs.")
    var administrator: ActorName = .publisher
    @Flag(help: "Do all but the recording: check it against the rules, and leave nothing behind.")
    var dryRun = false
    @OptionGroup var options: LedgerOptions

    func validate() throws {
      if custodial == (actorKeys != nil) {
        throw ValidationError("Give either --keys DIR or --custodial.")
      }
    }

    func run() throws {
      try Failure.reported {
        let bar = ProgressBar(isQuiet: true)
        let session = try Session(
          directory: try options.directory, actor: administrator,
          passphrase: { try options.passphrase() }, isRehearsal: dryRun, progress: bar.progress)
        let source: Session.NewKey
        if let actorKeys {
          let passphrase = try keysPassphraseFile.map { try Passphrase(file: $0) }
          source = .own(
            KeyDirectory(actorKeys), passphrase: try passphrase ?? options.passphrase())
        } else {
          source = .custodial
        }
        options.output.answer(
          try session.addActor(
            actor, title: name, roles: Array(Set(roles)), key: source), isRehearsal: dryRun)
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List actors and their roles.", discussion: "Example: winnow actor list")
    @OptionGroup var options: LedgerOptions

    func run() throws {
      try Failure.reported {
        try options.reading { session in
          let authority = try session.ledger.state.authority
          for actor in authority.actors.values.sorted(by: { $0.registered < $1.registered }) {
            let roles = authority.roles(of: actor.actor).map(\.rawValue)
            let title = try actor.title.flatMap { try session.openContent($0) }.map {
              String(decoding: $0, as: UTF8.self)
            }
            if options.output.json {
              var object = JSONObject([
                ("actor", .string(actor.actor.text)), ("registered", JSON(actor.registered)),
                ("roles", .array(roles.map { .string($0) })),
              ])
              if let title { object["name"] = .string(title) }
              Console.json(.object(object))
            } else {
              Console.line(
                "\(actor.actor)  \(title.map { "\($0)  " } ?? "")\(roles.isEmpty ? "no role" : roles.joined(separator: ", "))  since sequence \(actor.registered)"
              )
            }
          }
        }
      }
    }
  }
}

struct RoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Grant and revoke roles.",
    subcommands: [Grant.self, Revoke.self])

  struct Grant: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Grant a role from the next sequence on.",
      discussion: "Example: winnow role grant hotline verifier")
    @Argument(help: "The actor.") var actor: ActorName
    @Argument(help: "The role.") var role: Role
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session {
          options.answer([try $0.grant(role, to: actor)])
        }
      }
    }
  }

  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Revoke a role from the next sequence on.",
      discussion: "Example: winnow role revoke hotline verifier")
    @Argument(help: "The actor.") var actor: ActorName
    @Argument(help: "The role.") var role: Role
    @OptionGroup var options: SigningOptions

    func run() throws {
      try Failure.reported {
        try options.session {
          options.answer([try $0.revoke(role, of: actor)])
        }
      }
    }
  }
}
