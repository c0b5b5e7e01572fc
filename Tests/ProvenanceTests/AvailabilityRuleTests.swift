import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

@Suite struct `A withdrawal` {
  @Test func `for good is said once, and lifted before it is said again`() throws {
    var ledger = try Surroundings().ledger
    let thing = Topic.release(.named("laion@1"))
    #expect(
      try ledger.refusal(.withdrawal("laion@1", .lifted), by: "alice") == .notWithdrawn(thing))
    let first = ledger.size
    try ledger.admit(.withdrawal(), by: "alice")
    #expect(
      try ledger.refusal(.withdrawal(), by: "alice") == .alreadyWithdrawn(thing, at: first))
    let second = ledger.size
    try ledger.admit(.withdrawal("laion@1", .permanent), by: "alice")
    for scope in [WithdrawalScope.temporary, .permanent] {
      let refusal = try ledger.refusal(.withdrawal("laion@1", scope), by: "alice")
      #expect(refusal == .alreadyWithdrawn(thing, at: second))
      #expect(refusal?.clash == second)
    }
    try ledger.admit(.withdrawal("laion@1", .lifted), by: "alice")
    #expect(ledger.state.withdrawals.standing(thing) == nil)
    #expect(
      try ledger.refusal(.withdrawal("laion@1", .lifted), by: "alice") == .notWithdrawn(thing))
    #expect(try ledger.refusal(.withdrawal(), by: "alice") == nil)
  }

  @Test func `of a model is from one host and ends nothing that is observed`() throws {
    var ledger = try Surroundings().ledger
    let at = ledger.size
    try ledger.admit(.modelWithdrawal(), by: "alice")
    #expect(
      try ledger.refusal(.modelWithdrawal(), by: "alice")
        == .alreadyWithdrawn(.model(.named("diffusion")), at: at))
    #expect(try ledger.refusal(.modelWithdrawal(host: "other.example.org"), by: "alice") == nil)
    #expect(
      try ledger.refusal(.modelWithdrawal("unknown"), by: "alice")
        == .modelUnknown(.named("unknown")))
    // The same model, on the same host, after it was withdrawn there.
    for state in AvailabilityState.allCases {
      #expect(try ledger.refusal(.availability(state), by: "wendy") == nil)
    }
    try ledger.admit(.availability(), by: "wendy")
    #expect(
      ledger.state.withdrawals.standing(
        .model(.named("diffusion")), host: .named("hub.example.org")) != nil)
  }
}

extension Body {
  fileprivate static func availability(_ state: AvailabilityState) -> Body {
    .availability(host: "hub.example.org", state)
  }
}

@Suite struct `An observed availability` {
  @Test func `is of a file that the model was registered with`() throws {
    let ledger = try Surroundings().ledger
    let registered = try #require(ledger.state.models.models[.named("diffusion")]?.registered)
    #expect(
      try ledger.refusal(.availability(artifact: .of("diffusion weights")), by: "wendy") == nil)
    let refusal = try ledger.refusal(.availability(artifact: .of("other")), by: "wendy")
    #expect(refusal == .artifactUnknown(.named("diffusion"), .of("other"), at: registered))
    #expect(refusal?.clash == registered)
  }

  @Test func `shows host and count, and seals the place`() throws {
    let body = try #require(Story.body(.availabilityObserved)).content.json
    func reads(_ change: (inout JSONObjectBox) -> Void) -> Bool {
      var box = JSONObjectBox(body)
      change(&box)
      return box.reads(.availabilityObserved)
    }
    #expect(reads { _ in })
    #expect(!reads { $0["thing"] = ["actor": "alice"] })
    #expect(!reads { $0["thing"] = ["release": "laion@1"] })
    #expect(
      reads {
        $0["thing"] = ["release": "laion@1"]
        $0["artifact"] = nil
      })
    #expect(!reads { $0["thing"] = ["release": "laion@1", "model": "diffusion"] })
    #expect(!reads { $0["repository"] = AttachmentReference.of("open").json })
    for host in [
      "", "localhost", "10.0.0.1", "hub.example.org.", "Hub.example.org", "hub.example.org/a",
      "hub.example.org:443", "https://hub.example.org", "-a.example.org", "a-.example.org",
      "a..org", "user@example.org", "a_b.example.org", "caf\u{e9}.example.org",
    ] {
      #expect(!reads { $0["host"] = .string(host) }, "\(host)")
    }
    for host in ["hub.example.org", "a.io", "1.2.3.example", "xn--bcher-kva.example"] {
      #expect(reads { $0["host"] = .string(host) }, "\(host)")
    }
  }
}

@Suite struct `An observed release` {
  @Test func `names the publication of that release`() throws {
    var test = try Surroundings()
    let id = try test.ledger.admit(.release("laion@2"), by: "alice")
    func refusal(_ release: String, _ publication: EventID) throws -> Refusal? {
      try test.ledger.refusal(.observation(release, publication: publication), by: "wendy")
    }
    #expect(try refusal("laion@2", id) == nil)
    #expect(
      try refusal("laion@2", test.findings.release)
        == .wrongReference(test.findings.release, expected: "the publication of laion@2"))
    #expect(
      try refusal("laion@2", test.findings.first)
        == .wrongReference(test.findings.first, expected: "the publication of laion@2"))
    let absent = EventID(.of("absent"))
    #expect(try refusal("laion@2", absent) == .causeUnknown(absent))
    #expect(try refusal("laion@3", id) == .releaseUnknown(.named("laion@3")))
  }

  @Test func `agrees or not, and is independent of who published`() throws {
    var test = try Surroundings()
    let id = test.findings.release
    func record(
      _ ledger: TestLedger
    ) throws -> (agrees: Bool, isIndependent: Bool) {
      let change = try #require(ledger.changes.last?.first { $0.table == .observation })
      return (change.document["agrees"] == true, change.document["independent"] == true)
    }
    let body = Body.observation("laion@1", publication: id, keys: 990, rows: 1000)
    try test.ledger.admit(body, by: "wendy")
    #expect(try record(test.ledger) == (true, true))
    try test.ledger.admit(
      .observation("laion@1", publication: id, root: "another", keys: 990, rows: 1000), by: "wendy")
    #expect(try record(test.ledger) == (false, true))
    try test.ledger.admit(
      .observation("laion@1", publication: id, keys: 990, rows: 1001), by: "wendy")
    #expect(try record(test.ledger) == (false, true))
    try test.ledger.admit(body, by: "wendy", "alice")
    #expect(try record(test.ledger) == (true, false))
    try test.ledger.admit(body, by: "wendy", edit: Surroundings.imports("registry"))
    #expect(try record(test.ledger) == (true, false))
  }
}

@Suite struct `A derivative` {
  @Test func `is a dataset derived from a release of the one that it follows`() throws {
    var ledger = try Surroundings().ledger
    try ledger.admit(.dataset("other"), by: "alice")
    try ledger.admit(.release("other@1", columns: .laion), by: "alice")
    let at = ledger.size
    try ledger.admit(.dataset("laion-coco", derivedFrom: "laion@1"), by: "alice")
    try ledger.admit(.release("laion@2"), by: "alice")
    #expect(try ledger.refusal(.derivativeCleaned(), by: "wendy") == nil)
    #expect(
      try ledger.refusal(.derivativeCleaned(against: "other@1"), by: "wendy")
        == .notDerived(.named("laion-coco"), from: .named("other"), at: at))
    #expect(
      try ledger.refusal(.derivativeCleaned("other"), by: "wendy")
        == .notDerived(.named("other"), from: nil, at: at - 2))
    #expect(
      try ledger.refusal(.derivativeDeleted("other"), by: "wendy")
        == .notDerived(.named("other"), from: nil, at: at - 2))
    #expect(
      try ledger.refusal(.derivativeCleaned(against: "laion@9"), by: "wendy")
        == .releaseUnknown(.named("laion@9")))
    let deleted = ledger.size
    try ledger.admit(.derivativeDeleted(), by: "wendy")
    for body in [Body.derivativeDeleted(), .derivativeCleaned()] {
      let refusal = try ledger.refusal(body, by: "wendy")
      #expect(refusal == .derivativeDeleted(.named("laion-coco"), at: deleted))
      #expect(refusal?.clash == deleted)
    }
  }
}
