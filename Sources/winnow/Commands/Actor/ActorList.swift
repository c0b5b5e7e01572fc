internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerStore
internal import Provenance
internal import Workflows

extension ActorCommand {
  struct List: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List actors and their roles.", discussion: "Example: winnow actor list")
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let view = try place.view()
      let authority = view.state.authority
      for actor in authority.actors.values.sorted(by: { $0.registered < $1.registered }) {
        let roles = authority.roles(of: actor.actor).map(\.rawValue)
        let title = try actor.title.flatMap { try view.openContent($0) }.map {
          String(decoding: $0, as: UTF8.self)
        }
        if options.json {
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
