import LedgerCrypto
import LedgerStore
import Provenance
import Testing
import Workflows

@Suite struct `What people type for an event` {
  let place: Place
  let session: Workplace
  let ids: [EventID]

  /// More events than there are digits, so that two ids begin alike.
  init() throws {
    place = try Place()
    session = try place.session()
    let actor = ActorName("publisher")!
    for _ in 0..<8 {
      _ = try session.grant(.matcher, to: actor)
      _ = try session.revoke(.matcher, of: actor)
    }
    var ids: [EventID] = []
    try session.view().forEachEvent { ids.append($0.id) }
    self.ids = ids
  }

  func problem(_ text: String, fewest: Int = LedgerView.fewestDigits) -> String {
    do {
      let event = try session.event(named: text, fewestDigits: fewest)
      return "sequence \(event.sequence)"
    } catch {
      return "\(error)"
    }
  }

  @Test func `is a sequence, an id, or the first digits of one`() throws {
    for (sequence, id) in ids.enumerated() {
      let hex = id.description
      for text in [
        "\(sequence)", hex, String(hex.prefix(8)), String(hex.prefix(63)), hex.uppercased(),
      ] {
        #expect(try session.event(named: text).id == id, "\(text)")
      }
    }
  }

  @Test func `is refused when several ids begin so`() throws {
    let firsts = Dictionary(grouping: ids.map { String($0.description.prefix(1)) }) { $0 }
    let shared = try #require(firsts.first { $0.value.count > 1 }?.key)
    #expect(try session.ledger.eventIDs(startingWith: shared, limit: 100).count > 1)
    #expect(try session.ledger.eventIDs(startingWith: shared, limit: 2).count == 2)
    let letters = firsts.filter { $0.value.count > 1 && $0.key > "9" }.keys
    for first in letters {
      #expect(problem(first, fewest: 1).hasPrefix("Several ids begin with \(first)."))
    }
    #expect(try session.ledger.eventIDs(startingWith: "", limit: 100) == ids.sorted())
  }

  @Test(arguments: [
    "", "x", "abcdef0", "0x12345678", "abcdefgh", "-1", "+1", "1.0",
    String(repeating: "a", count: 65), String(repeating: "0", count: 64),
    "99999999999999999999999999",
  ])
  func `is not found when it is of no event`(text: String) throws {
    #expect(!problem(text).hasPrefix("sequence"), "\(text)")
    #expect(try session.ledger.eventIDs(startingWith: "x", limit: 2).isEmpty)
  }

  @Test func `is of a key in the same way`() throws {
    let id = try #require(try session.ledger.state.authority.keys.values.first).publicKey.id
    #expect(try session.keyID(named: String(id.hex.prefix(8))) == id)
    #expect(try session.keyID(named: id.hex) == id)
    // Whether the ledger has a key whose whole id is given, the rules say.
    #expect(try session.keyID(named: Digest.zero.hex) == .zero)
    for text in ["", String(id.hex.prefix(7)), "abcdefgh", "00000000"] {
      #expect(throws: WorkflowFailure.self) { try session.keyID(named: text) }
    }
  }
}

@Suite struct `A rehearsal` {
  @Test func `goes up to the rules, and nothing of it stays`() throws {
    let place = try Place()
    let passphrase = place.passphrase
    let session = try Workplace(
      directory: place.directory, actor: ActorName("publisher")!, passphrase: { passphrase },
      isDryRun: true)
    let size = try session.ledger.size
    let publisher = ActorName("publisher")!
    #expect(try session.grant(.matcher, to: publisher).receipt.sequence == size)
    // The second one is as if the first had never been.
    #expect(try session.grant(.matcher, to: publisher).receipt.sequence == size)
    #expect(throws: Refusal.self) { try session.grant(.publisher, to: publisher) }
    #expect(throws: Refusal.self) { try session.revoke(.matcher, of: publisher) }
    #expect(try session.ledger.size == size)
    let other = try place.session()
    #expect(try other.ledger.size == size)
    #expect(try other.grant(.matcher, to: publisher).receipt.sequence == size)
    #expect(try session.ledger.size == size + 1)
    #expect(throws: Refusal.self) { try session.grant(.matcher, to: publisher) }
    #expect(try other.verifyLedger(remembered: nil).isIntact)
  }
}
