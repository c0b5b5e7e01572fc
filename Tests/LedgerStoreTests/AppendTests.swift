internal import CanonicalJSON
internal import GRDB
internal import LedgerCrypto
internal import Provenance
internal import TestSupport
internal import Testing
internal import TransparencyLog

@testable internal import LedgerStore

@Suite struct `Appending` {
  @Test func `gives sequences without gaps and receipts that say so`() throws {
    var desk = try Desk()
    let events = try desk.history.events(20)
    let now = desk.now
    let results = try desk.ledger.admit(events, now: { now })
    for (index, result) in results.enumerated() {
      let receipt = try result.get()
      #expect(receipt.sequence == UInt64(index + 1))
      #expect(receipt.isNew)
      #expect(receipt.id == events[index].id)
      #expect(try desk.ledger.event(at: receipt.sequence)?.id == receipt.id)
      #expect(try desk.ledger.event(id: receipt.id)?.sequence == receipt.sequence)
    }
    #expect(try desk.ledger.event(at: 21) == nil)
  }

  @Test func `records what goes together, or nothing of it`() throws {
    var desk = try Desk(events: 5)
    var test = desk.history.ledger
    let bad = try test.event(.training("no-such-model", on: "no@v1"), by: "alice")
    let good = try desk.history.events(2)
    let now = desk.now
    for events in [[good[0], bad], [bad, good[0]], [good[0], bad, good[1]], [bad]] {
      #expect(throws: Refusal.self) {
        try desk.ledger.admit(together: events, decidedAt: nil, now: { now })
      }
      #expect(try desk.ledger.size == 6)
      #expect(try desk.ledger.event(id: good[0].id) == nil)
    }
    let receipts = try desk.ledger.admit(together: good, decidedAt: nil, now: { now })
    #expect(receipts.map(\.sequence) == [6, 7])
    try desk.keepAttachments()
    #expect(try desk.ledger.verify().isIntact)
  }

  @Test func `refuses a nonce that its signer has used since the decision`() throws {
    let desk = try Desk(events: 5)
    var test = desk.history.ledger
    let alice = TestLedger.TestKeys["alice"]
    let nonce = [UInt8](repeating: 7, count: 16)
    let first = try test.event(.model("first"), keys: [alice]) { $0.nonce = nonce }
    let second = try test.event(.model("second"), keys: [alice]) { $0.nonce = nonce }
    let other = try test.event(.model("other"), keys: [alice])
    let now = desk.now
    let size = try desk.ledger.size
    _ = try desk.ledger.admit(together: [first], decidedAt: size, now: { now })
    #expect(throws: LedgerFailure.nonceTaken(at: size)) {
      try desk.ledger.admit(together: [other, second], decidedAt: size, now: { now })
    }
    #expect(try desk.ledger.size == size + 1)
    // Another nonce is not asked about, nor is one of before the decision.
    _ = try desk.ledger.admit(together: [other], decidedAt: size, now: { now })
    _ = try desk.ledger.admit(together: [second], decidedAt: size + 2, now: { now })
    #expect(try desk.ledger.size == size + 3)
  }

  @Test func `goes on after what is refused`() throws {
    var desk = try Desk(events: 5)
    var test = desk.history.ledger
    let bad = try test.event(.training("no-such-model", on: "no@v1"), by: "alice")
    let good = try desk.history.next()
    let now = desk.now
    let results = try desk.ledger.admit([bad, good], now: { now })
    #expect(throws: Refusal.self) { try results[0].get() }
    #expect(try results[1].get().sequence == 6)
  }

  @Test func `finds an equal statement with another nonce`() throws {
    let desk = try Desk(events: 5)
    var test = desk.history.ledger
    let alice = TestLedger.TestKeys["alice"]
    let first = try test.event(.model("twice"), keys: [alice])
    let now = desk.now
    let receipt = try desk.ledger.admit(first, now: { now })
    test.now = test.now.advanced(bySeconds: 60)
    let again = test.statement(.model("twice"), keys: [alice])
    let other = test.statement(.model("other"), keys: [alice])
    #expect(try desk.ledger.repetition(of: again.repetitionKey) == receipt.sequence)
    #expect(try desk.ledger.repetition(of: other.repetitionKey) == nil)
  }

  @Test func `refuses a signature that is not valid, and admits the rest`() throws {
    var desk = try Desk(events: 5)
    let good = try desk.history.events(2)
    let event = good[0]
    var signature = event.signatures[0].bytes
    signature[10] ^= 1
    let forged = try desk.forged(event, signature: signature)
    let now = desk.now
    let results = try desk.ledger.admit([forged, good[0], good[1]], now: { now })
    #expect(results[0] == .failure(.invalidSignature(event.signatures[0].keyID)))
    #expect(try results[1].get().sequence == 6)
    #expect(try results[2].get().sequence == 7)
  }

  @Test func `admits a new key's events in the batch that adds it`() throws {
    let desk = try Desk()
    var test = desk.history.ledger
    let actor = try test.event(.actorRegistered("lab", after: test.genesis), by: "alice")
    let key = try test.event(.keyAdded("lab", after: actor.id), by: "alice", "lab")
    let role = try test.event(.roleGranted(.steward, "lab", after: key.id), by: "alice")
    let model = try test.event(.model("net"), by: "lab")
    let now = test.now
    for result in try desk.ledger.admit([actor, key, role, model], now: { now }) {
      _ = try result.get()
    }
    #expect(try desk.ledger.event(id: model.id)?.actors.map(\.text) == ["lab"])
    #expect(try desk.ledger.verify().isIntact)
  }

  @Test func `gives one event and one receipt for a thousand repeats`() throws {
    var desk = try Desk(events: 2)
    let event = try desk.history.next()
    let now = desk.now
    let first = try desk.ledger.admit(event, now: { now })
    #expect(first.isNew)
    let later = now.advanced(bySeconds: 86_400)
    for result in try desk.ledger.admit(Array(repeating: event, count: 1_000), now: { later }) {
      let receipt = try result.get()
      #expect(receipt.sequence == first.sequence && receipt.recordedAt == first.recordedAt)
      #expect(!receipt.isNew)
    }
    #expect(try desk.ledger.size == 4)
  }

  @Test func `gives a repeat its receipt where the rules would now refuse it`() throws {
    let desk = try Desk()
    var test = desk.history.ledger
    let event = try test.event(.model("m"), by: "alice") { $0.expects = 1 }
    let now = test.now
    let first = try desk.ledger.admit(event, now: { now })
    let again = try desk.ledger.admit(event, now: { now })
    #expect(first.sequence == again.sequence && !again.isNew)
  }

  @Test func `waits when the last entry lies more than 5 minutes ahead of the clock`() throws {
    var desk = try Desk(events: 2)
    let event = try desk.history.next()
    let last = try #require(try desk.ledger.state.lastRecordedAt)
    let slow = last.advanced(bySeconds: -301)
    let failure = LedgerFailure.clockAhead(last: last, until: last.advanced(bySeconds: -300))
    #expect(throws: failure) { try desk.ledger.admit(event, now: { slow }) }
    #expect(throws: failure) { try desk.ledger.admit([event], now: { slow }) }
    let enough = last.advanced(bySeconds: -300)
    let receipt = try desk.ledger.admit(event, now: { enough })
    #expect(receipt.recordedAt == last)
  }

  @Test func `asks whether a clock is right that lies more than a day past the last entry`() throws
  {
    var desk = try Desk(events: 2)
    let event = try desk.history.next()
    let last = try #require(try desk.ledger.state.lastRecordedAt)
    let wrong = last.advanced(bySeconds: 86_401)
    let failure = LedgerFailure.clockJumps(last: last, now: wrong)
    #expect(failure.description.contains(last.text) && failure.description.contains(wrong.text))
    #expect(throws: failure) { try desk.ledger.admit(event, now: { wrong }) }
    #expect(throws: failure) { try desk.ledger.admit([event], now: { wrong }) }
    #expect(try desk.ledger.size == 3)
    var ledger = desk.ledger
    ledger.acceptsJump = true
    let receipt = try ledger.admit(event, now: { wrong })
    #expect(receipt.recordedAt == wrong)
    // What is there already gets its receipt, whatever the clock.
    let later = wrong.advanced(bySeconds: 90_000)
    #expect(try desk.ledger.admit(event, now: { later }).sequence == 3)
  }

  @Test func `takes a day for granted`() throws {
    var desk = try Desk(events: 2)
    let event = try desk.history.next()
    let last = try #require(try desk.ledger.state.lastRecordedAt)
    let day = last.advanced(bySeconds: 86_400)
    #expect(try desk.ledger.admit(event, now: { day }).recordedAt == day)
  }
}

extension Desk {
  /// `event` with another first signature.
  func forged(_ event: SignedEvent, signature: [UInt8]) throws -> SignedEvent {
    guard case .object(var envelope) = event.envelope,
      case .array(var list)? = envelope["signatures"], case .object(var first) = list[0]
    else { throw EventError.payloadType }
    first["sig"] = .string(Base64.encode(signature))
    list[0] = .object(first)
    envelope["signatures"] = .array(list)
    return try SignedEvent(envelope: JSONElement(.object(envelope)))
  }
}

@Suite struct `An entry's bytes` {
  @Test func `are the canonical form of its envelope and time`() throws {
    var history = try TestHistory(seed: 5)
    for event in try [history.genesis] + history.events(100) {
      let entry = try Entry(event: event, recordedAt: history.ledger.now)
      let json: JSON = [
        "envelope": event.envelope, "recordedAt": .string(history.ledger.now.text),
      ]
      #expect(entry.bytes == json.canonicalBytes)
      #expect(try Entry(bytes: entry.bytes).event.id == event.id)
    }
  }
}
