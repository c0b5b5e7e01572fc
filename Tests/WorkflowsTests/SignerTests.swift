import LedgerCrypto
import LedgerStore
import Provenance
import Testing
import Workflows

@Suite struct `Who signs when nobody is named` {
  private func made(by actor: String) throws -> (Place, Workplace) {
    let place = try Place()
    let directory = LedgerDirectory("\(place.path)/other")
    let passphrase = place.passphrase
    _ = try Creation.create(
      at: directory, origin: Origin("ledger.example.org/other")!, actor: ActorName(actor)!,
      passphrase: passphrase)
    let keyring = Signing.Keyring(KeyDirectory(directory.keys)) { passphrase }
    return (
      place,
      try Workplace(
        directory: directory, signing: Signing(keyrings: [keyring]), passphrase: { passphrase })
    )
  }

  @Test(arguments: ["boss", "publisher"])
  func `is the actor that came with the ledger`(name: String) throws {
    let (place, workplace) = try made(by: name)
    let recorded = try workplace.registerDataset(
      Name("pets")!, identity: ["URL"], content: nil, tagging: .plain)
    #expect(try workplace.event(recorded.receipt.sequence).actors == [ActorName(name)!])
    withExtendedLifetime(place) {}
  }

  @Test func `is refused where that actor's key is elsewhere`() throws {
    let (place, workplace) = try made(by: "boss")
    let passphrase = place.passphrase
    let keyring = Signing.Keyring(KeyDirectory(place.path)) { passphrase }
    let elsewhere = try Workplace(
      directory: workplace.directory, signing: Signing(keyrings: [keyring]),
      passphrase: { passphrase })
    let refusal = #expect(throws: WorkflowFailure.self) {
      try elsewhere.grant(.matcher, to: ActorName("boss")!)
    }
    guard case .noKey(ActorName("boss")!, _) = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
  }
}
