internal import ArgumentParser
internal import CanonicalJSON
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Workflows

extension KeyCommand {
  struct List: LedgerCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the keys that the ledger knows.", discussion: "Example: winnow key list")
    @OptionGroup var options: LedgerOptions

    func perform(_ place: Workplace) throws {
      let keys = try place.view().state.authority.keys.values.sorted {
        ($0.added, $0.key) < ($1.added, $1.key)
      }
      for key in keys {
        if options.json {
          var object = JSONObject([("keyId", .string(key.publicKey.id.hex))])
          if case .object(let record) = key.json {
            for (name, value) in record.members { object[name] = value }
          }
          Console.json(.object(object))
        } else {
          let end = key.revoked.map { "revoked at sequence \($0)" } ?? "counts"
          Console.line(
            "\(key.key)  \(key.actor)  custody \(key.custody.rawValue)  added at sequence \(key.added)  \(end)"
          )
        }
      }
    }
  }
}
