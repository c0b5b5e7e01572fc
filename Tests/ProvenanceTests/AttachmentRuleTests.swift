import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

/// A ledger whose model was deprecated with a stated reason.
struct Deprecated {
  var ledger: TestLedger
  let event: EventID
  let reason = AttachmentReference.of("why diffusion is deprecated")

  init() throws {
    ledger = try Surroundings().ledger
    event = try ledger.admit(.deprecation(), by: "alice")
  }
}

@Suite struct `An attachment` {
  var test: Deprecated
  init() throws { test = try Deprecated() }

  func refusal(_ body: Body, by actor: String = "alice") throws -> Refusal? {
    try test.ledger.refusal(body, by: actor)
  }

  @Test func `is withheld and erased as events name it`() throws {
    let other = AttachmentReference.of("another")
    for body in [
      Body.withholding(test.reason, of: [test.event]), .erasure(test.reason, of: [test.event]),
    ] {
      #expect(try refusal(body) == nil)
    }
    for body in [Body.withholding(other, of: [test.event]), .erasure(other, of: [test.event])] {
      #expect(try refusal(body) == .attachmentNotNamed(other.sha256, by: test.event))
    }
    let genesis = test.ledger.genesis
    for body in [
      Body.withholding(test.reason, of: [test.event, genesis]),
      .erasure(test.reason, of: [test.event, genesis]),
    ] {
      #expect(try refusal(body) == .attachmentNotNamed(test.reason.sha256, by: genesis))
    }
    let absent = EventID(.of("absent"))
    #expect(try refusal(.erasure(test.reason, of: [absent])) == .causeUnknown(absent))
    #expect(
      try refusal(.erasure(test.reason, of: [test.event], requestedBy: "stranger"))
        == .actorUnknown(.named("stranger")))
  }

  @Test func `that is withheld comes back by an event only`() throws {
    var test = test
    let back = Body.withholding(test.reason, of: [test.event], .returned)
    #expect(try refusal(back) == .notWithheld(test.reason.sha256))
    let at = test.ledger.size
    try test.ledger.admit(.withholding(test.reason, of: [test.event]), by: "alice")
    let gone = Refusal.attachmentGone(test.reason.sha256, .withheld, at: at)
    let again = try test.ledger.refusal(
      .withholding(test.reason, of: [test.event]), by: "alice")
    #expect(again == gone)
    #expect(again?.clash == at)
    // Nor by another event that names the same bytes.
    try test.ledger.admit(.model("other"), by: "alice")
    let named = Body.modelDeprecated(
      ModelDeprecated(model: .named("other"), statedReason: test.reason))
    #expect(try test.ledger.refusal(named, by: "alice") == gone)
    try test.ledger.admit(back, by: "alice")
    #expect(test.ledger.state.attachments.missing(test.reason.sha256) == nil)
    #expect(try test.ledger.refusal(back, by: "alice") == .notWithheld(test.reason.sha256))
    #expect(try test.ledger.refusal(named, by: "alice") == nil)
    #expect(
      try test.ledger.refusal(.withholding(test.reason, of: [test.event]), by: "alice") == nil)
  }

  @Test func `that is erased is gone for good`() throws {
    var test = test
    try test.ledger.admit(.withholding(test.reason, of: [test.event]), by: "alice")
    let at = test.ledger.size
    try test.ledger.admit(.erasure(test.reason, of: [test.event]), by: "alice")
    let gone = Refusal.attachmentGone(test.reason.sha256, .erased, at: at)
    try test.ledger.admit(.model("other"), by: "alice")
    for body in [
      Body.erasure(test.reason, of: [test.event]),
      .withholding(test.reason, of: [test.event]),
      .withholding(test.reason, of: [test.event], .returned), .hold([test.reason]),
      .modelDeprecated(ModelDeprecated(model: .named("other"), statedReason: test.reason)),
    ] {
      let refusal = try test.ledger.refusal(body, by: "alice")
      #expect(refusal == gone)
      #expect(refusal?.clash == at)
    }
    #expect(
      try test.ledger.refusal(.deprecation("other"), by: "alice") == nil)
    let record = try #require(test.ledger.state.attachments.records[test.reason.sha256])
    #expect(record.state == .erased)
    #expect(record.basis == .dataProtection)
    #expect(record.actors == [.named("alice")])
    #expect(record.sequence == at)
  }

  @Test func `is erased by an administrator, and for nobody else`() throws {
    var test = test
    try test.ledger.enrol("paul", .publisher)
    #expect(
      try test.ledger.refusal(.erasure(test.reason, of: [test.event]), by: "paul")
        == .roleMissing(
          kind: .attachmentErased, roles: [.administrator], needed: 1, counted: 0))
    #expect(
      try test.ledger.refusal(.withholding(test.reason, of: [test.event]), by: "paul") == nil)
    for body in [
      Body.withholding(test.reason, of: [test.event]), .erasure(test.reason, of: [test.event]),
      .hold([test.reason]),
    ] {
      #expect(
        try test.ledger.refusal(body, by: "alice", edit: Surroundings.imports("registry"))
          == .importForbidden(body.kind))
    }
  }
}

@Suite struct `A hold` {
  @Test func `keeps an attachment from being erased until it ends`() throws {
    var test = try Deprecated()
    let erasure = Body.erasure(test.reason, of: [test.event])
    let at = test.ledger.size
    let hold = try test.ledger.admit(.hold([test.reason]), by: "alice")
    let refusal = try test.ledger.refusal(erasure, by: "alice")
    #expect(refusal == .attachmentHeld(test.reason.sha256, at: at))
    #expect(refusal?.clash == at)
    #expect(
      try test.ledger.refusal(.withholding(test.reason, of: [test.event]), by: "alice") == nil)
    let other = try test.ledger.admit(
      .hold([test.reason, .of("more")], until: nil), by: "alice")
    try test.ledger.admit(.holdEnded([test.reason], hold), by: "alice")
    #expect(
      try test.ledger.refusal(erasure, by: "alice")
        == .attachmentHeld(test.reason.sha256, at: at + 1))
    try test.ledger.admit(.holdEnded([test.reason, .of("more")], other), by: "alice")
    #expect(try test.ledger.refusal(erasure, by: "alice") == nil)
  }

  @Test func `ends by itself after its last moment`() throws {
    var test = try Deprecated()
    try test.ledger.admit(.hold([test.reason], until: "2026-01-02T00:00:00Z"), by: "alice")
    let erasure = Body.erasure(test.reason, of: [test.event])
    test.ledger.now = .at("2026-01-02T00:00:00Z")
    #expect(try test.ledger.refusal(erasure, by: "alice") != nil)
    test.ledger.now = .at("2026-01-02T00:00:01Z")
    #expect(try test.ledger.refusal(erasure, by: "alice") == nil)
  }

  @Test func `is ended once, for exactly what it holds`() throws {
    var test = try Deprecated()
    let hold = try test.ledger.admit(.hold([test.reason]), by: "alice")
    let expected = "a hold on exactly these attachments"
    #expect(
      try test.ledger.refusal(.holdEnded([.of("more")], hold), by: "alice")
        == .wrongReference(hold, expected: expected))
    #expect(
      try test.ledger.refusal(.holdEnded([test.reason], test.event), by: "alice")
        == .wrongReference(test.event, expected: expected))
    let at = test.ledger.size
    try test.ledger.admit(.holdEnded([test.reason], hold), by: "alice")
    let refusal = try test.ledger.refusal(.holdEnded([test.reason], hold), by: "alice")
    #expect(refusal == .holdEnded(hold, at: at))
    #expect(refusal?.clash == at)
  }

  @Test func `that begins names no other hold, and one that ends does`() throws {
    let json = Body.hold([.of("a")]).content.json
    func reads(_ change: (inout JSONObjectBox) -> Void) -> Bool {
      var box = JSONObjectBox(json)
      change(&box)
      return box.reads(.preservationHeld)
    }
    let id = JSON.string(Digest.of("hold").hex)
    #expect(reads { $0["held"] = [.string(AttachmentReference.of("a").sha256.hex)] })
    #expect(!reads { $0["hold"] = id })
    #expect(!reads { $0["state"] = "released" })
    #expect(
      !reads {
        $0["state"] = "released"
        $0["hold"] = id
      })
    #expect(
      reads {
        $0["state"] = "released"
        $0["hold"] = id
        $0["until"] = nil
      })
  }
}
