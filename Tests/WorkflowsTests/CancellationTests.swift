import LedgerStore
import Provenance
import Testing
import Workflows

@Suite struct `A deciding command that is interrupted` {
  @Test func `records nothing, however late it was`() throws {
    let place = try Place()
    try place.decide(0..<5)
    let events = try place.events()
    let passphrase = place.passphrase
    let session = try Workplace(
      directory: place.directory, actor: ActorName("publisher")!, passphrase: { passphrase },
      progress: Progress(report: { _, _, _, _ in }, isCancelled: { true }))
    func refused(_ body: () throws -> Void) {
      let failure = #expect(throws: (any Error).self, performing: body)
      guard case .cancelled? = failure as? WorkflowFailure else {
        Issue.record("\(String(describing: failure))")
        return
      }
    }
    refused { _ = try session.grant(.matcher, to: ActorName("publisher")!) }
    refused {
      _ = try session.registerDataset(
        Name("clinic")!, identity: ["id"], content: nil, tagging: .keyed)
    }
    refused {
      _ = try session.addActor(
        ActorName("hotline")!, title: "Hotline", roles: [.verifier], key: .custodial)
    }
    #expect(try place.events() == events)
    #expect(try place.session().secrets().get("dataset-clinic") == nil)
    #expect(try place.session().verifyLedger(remembered: nil).isIntact)
  }
}
