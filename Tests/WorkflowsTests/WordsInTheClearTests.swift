import Files
import LedgerCrypto
import LedgerStore
import Provenance
import Testing
import Workflows

@Suite struct `Words that everybody reads` {
  let place: Place

  init() throws {
    place = try Place()
    _ = try place.publish()
  }

  private func dispute(_ text: String, isOpen: Bool = true) throws -> AttachmentReference? {
    let target = try place.session().event(2).id
    let recorded = try place.session().record(
      .disputeOpened, prose: Array(text.utf8), as: "text", isOpen: isOpen
    ) {
      .disputeOpened(.init(target: target, grounds: .falsePositive, text: $0))
    }
    return try place.session().event(recorded.receipt.sequence).statement.attachments.first?
      .reference
  }

  @Test(arguments: [
    Place.url(3), "see \(Place.url(3)), please", "(\(Place.url(39)))", "[it](\(Place.url(0))).",
    "https://other.example/?u=\(Place.url(7))", "\(Place.url(3))#",
  ])
  func `never hold the address of a row`(text: String) throws {
    let events = try place.events()
    do {
      _ = try dispute(text)
      Issue.record("it was taken")
    } catch let failure as WorkflowFailure {
      #expect(failure.description.hasPrefix("The text has the address of a row of pets@1."))
      #expect(!failure.description.contains("example.org"))
    }
    #expect(try place.events() == events)
    // Sealed, nobody reads it who has not the key.
    #expect(try dispute(text, isOpen: false)?.disclosure == .sealed)
  }

  @Test(arguments: [
    "no address", "https://example.org/40.jpg", "https://example.org/", "\(Place.url(3))a",
    "example.org/3.jpg",
  ])
  func `may hold others`(text: String) throws {
    #expect(try dispute(text)?.disclosure == .open)
  }

  @Test func `are too many to be looked up past a bound`() throws {
    let text = String(repeating: "http://e/ ", count: Addresses.limit + 1)
    #expect(throws: WorkflowFailure.self) { try dispute(text) }
  }

  @Test func `are counted when they are handed out`() throws {
    _ = try dispute("a sentence")
    _ = try dispute("another, sealed", isOpen: false)
    let site = "\(place.path)/site"
    #expect(try place.session().publish(to: site).texts == 1)
    #expect(try place.session().publish(to: site).texts == 0)
    _ = try dispute("a second sentence")
    #expect(try place.session().publish(to: site).texts == 1)
  }
}
