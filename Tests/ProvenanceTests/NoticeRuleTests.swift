import Provenance
import TestSupport
import Testing

/// A ledger with the findings of ``Findings``, a watchdog `wendy` and an actor `registry` without keys.
struct Surroundings {
  var ledger: TestLedger
  let findings: Findings

  init(charter: Charter = .initial) throws {
    findings = try Findings(charter: charter)
    var ledger = findings.ledger
    try ledger.enrol("wendy", .watchdog, .auditor)
    try ledger.admit(.actorRegistered("registry", after: ledger.after), by: "alice")
    try ledger.admit(.model(), by: "alice")
    self.ledger = ledger
  }

  static func imports(_ actor: String) -> (inout Header) -> Void {
    {
      $0.attestation = .thirdPartyImport
      $0.attributedTo = .named(actor)
    }
  }
}

@Suite struct `What an event concerns` {
  let absent = EventID(.of("absent"))

  @Test func `is there, whatever it is`() throws {
    let ledger = try Surroundings().ledger
    let refusals: [(Topic, Refusal)] = [
      (.dataset(.named("unknown")), .datasetUnknown(.named("unknown"))),
      (.release(.named("laion@9")), .releaseUnknown(.named("laion@9"))),
      (.model(.named("unknown")), .modelUnknown(.named("unknown"))),
      (.actor(.named("unknown")), .actorUnknown(.named("unknown"))),
      (.event(absent), .causeUnknown(absent)),
    ]
    for (thing, refusal) in refusals {
      for body in [
        Body.suspicion(about: [thing]), .notice(about: [thing]), .claim(about: [thing]),
        .evidencePinned(about: [thing]), .safeguard(about: [thing]),
      ] {
        #expect(try ledger.refusal(body, by: "wendy") == refusal)
      }
    }
    for thing in [
      Topic.dataset(.named("laion")), .release(.named("laion@1")), .model(.named("diffusion")),
      .actor(.named("registry")), .event(ledger.genesis),
    ] {
      #expect(try ledger.refusal(.suspicion(about: [thing]), by: "wendy") == nil)
    }
  }

  @Test func `is named by every kind that concerns something`() throws {
    let ledger = try TestLedger(charter: .initial)
    for kind in Kind.allCases {
      guard let body = Story.body(kind), !body.content.concerns.isEmpty else { continue }
      let administrators = Charter.initial.rule(for: kind).roles
      guard let role = administrators.first else { continue }
      var copy = ledger
      try copy.enrol("zoe", role)
      let refusal = try copy.refusal(body, by: "zoe")
      #expect(
        refusal?.namesWhatIsMissing == true, "\(kind.rawValue): \(String(describing: refusal))")
    }
  }
}

@Suite struct `A notice` {
  @Test func `goes to another actor that is registered`() throws {
    let ledger = try Surroundings().ledger
    #expect(try ledger.refusal(.notice(), by: "wendy") == nil)
    #expect(try ledger.refusal(.notice(), by: "alice") == .noticeToSelf(.named("alice")))
    #expect(
      try ledger.refusal(.notice(to: "stranger"), by: "wendy")
        == .actorUnknown(.named("stranger")))
    #expect(try ledger.refusal(.notice(), by: "wendy", "alice") == nil)
    #expect(
      try ledger.refusal(
        .notice(to: "registry"), by: "wendy", edit: Surroundings.imports("registry"))
        == .noticeToSelf(.named("registry")))
  }

  @Test func `is acknowledged by whom it went to`() throws {
    var test = try Surroundings()
    let notice = try test.ledger.admit(.notice(), by: "wendy")
    #expect(try test.ledger.refusal(.acknowledgement(notice), by: "alice") == nil)
    #expect(
      try test.ledger.refusal(.acknowledgement(notice), by: "wendy")
        == .notAddressee(.named("alice"), notice))
    #expect(
      try test.ledger.refusal(
        .acknowledgement(notice), by: "wendy", edit: Surroundings.imports("alice")) == nil)
    #expect(
      try test.ledger.refusal(
        .acknowledgement(notice), by: "alice", edit: Surroundings.imports("registry"))
        == .notAddressee(.named("alice"), notice))
    for id in [test.findings.first, test.ledger.genesis] {
      #expect(
        try test.ledger.refusal(.acknowledgement(id), by: "alice")
          == .wrongReference(id, expected: "a notice that was sent"))
    }
    let absent = EventID(.of("absent"))
    #expect(
      try test.ledger.refusal(.acknowledgement(absent), by: "alice") == .causeUnknown(absent))
  }

  @Test func `speaks of no future`() throws {
    let ledger = try Surroundings().ledger
    let late = Timestamp.at("2027-01-01T00:00:00Z")
    let count = Count(1, .rows, .exact, asOf: late)
    for body in [Body.suspicion([count]), .claim([count])] {
      #expect(try ledger.refusal(body, by: "wendy") == .fromTheFuture(late))
    }
    #expect(
      try ledger.refusal(
        .evidencePinned(
          about: [.release(.named("laion@1"))], retrievedAt: "2027-01-01T00:00:00Z"),
        by: "wendy") == .fromTheFuture(late))
  }
}

@Suite struct `A response` {
  @Test func `is to any event but one of authority`() throws {
    var test = try Surroundings()
    let notice = try test.ledger.admit(.notice(), by: "wendy")
    for id in [notice, test.findings.first, test.findings.release] {
      #expect(try test.ledger.refusal(.response(id), by: "alice") == nil)
      #expect(try test.ledger.refusal(.dispute(id), by: "wendy") == nil)
    }
    for id in [test.ledger.genesis, test.ledger.after] {
      let refusal = Refusal.wrongReference(
        id, expected: "an event that can be disputed or answered")
      #expect(try test.ledger.refusal(.response(id), by: "alice") == refusal)
      #expect(try test.ledger.refusal(.dispute(id), by: "wendy") == refusal)
    }
  }
}

@Suite struct `A dispute` {
  var test: Surroundings
  let dispute: EventID

  init() throws {
    test = try Surroundings()
    dispute = try test.ledger.admit(.dispute(test.findings.first), by: "wendy")
  }

  @Test func `is resolved once, by another than who opened it`() throws {
    var ledger = test.ledger
    for outcome in [DisputeOutcome.upheld, .partly, .rejected] {
      #expect(try ledger.refusal(.resolution(dispute, outcome), by: "alice") == nil)
    }
    let at = ledger.size
    try ledger.admit(.resolution(dispute, .rejected), by: "alice")
    for outcome in DisputeOutcome.allCases {
      let refusal = try ledger.refusal(.resolution(dispute, outcome), by: "alice")
      #expect(refusal == .disputeEnded(dispute, at: at))
      #expect(refusal?.clash == at)
    }
  }

  @Test func `is judged by no one in their own cause`() throws {
    var ledger = test.ledger
    try ledger.admit(.roleGranted(.publisher, "wendy", after: ledger.after), by: "alice")
    let opened = try #require(ledger.state.disputes.records[dispute]?.opened)
    for outcome in [DisputeOutcome.upheld, .partly, .rejected] {
      #expect(
        try ledger.refusal(.resolution(dispute, outcome), by: "wendy")
          == .ownCause(dispute, at: opened))
    }
    #expect(try ledger.refusal(.resolution(dispute), by: "wendy", "alice") == nil)
    #expect(try ledger.refusal(.resolution(dispute, .withdrawn), by: "wendy") == nil)
    #expect(
      try ledger.refusal(.resolution(dispute, .withdrawn), by: "alice")
        == .notTheDisputer(dispute, at: opened))
    // An outsider's dispute, brought in by another, is the outsider's.
    let theirs = try ledger.admit(
      .dispute(test.findings.first), by: "wendy", edit: Surroundings.imports("registry"))
    #expect(try ledger.refusal(.resolution(theirs), by: "wendy") == nil)
  }

  @Test func `is resolved in nobody else's name`() throws {
    var ledger = test.ledger
    try ledger.admit(.roleGranted(.publisher, "wendy", after: ledger.after), by: "alice")
    for outcome in DisputeOutcome.allCases {
      for (signer, actor) in [("alice", "wendy"), ("alice", "registry"), ("wendy", "registry")] {
        #expect(
          try ledger.refusal(
            .resolution(dispute, outcome), by: signer, edit: Surroundings.imports(actor))
            == .importForbidden(.disputeResolved))
      }
    }
  }

  @Test func `is a dispute`() throws {
    for id in [test.findings.first, test.ledger.genesis] {
      #expect(
        try test.ledger.refusal(.resolution(id), by: "alice")
          == .wrongReference(id, expected: "a dispute that was opened"))
    }
  }
}

@Suite struct `A correction` {
  @Test func `is by one who signed the event, or an administrator, and changes nothing`() throws {
    var test = try Surroundings()
    let claim = try test.ledger.admit(.claim(about: [.release(.named("laion@1"))]), by: "wendy")
    let at = test.ledger.size - 1
    #expect(try test.ledger.refusal(.correction(claim), by: "wendy") == nil)
    #expect(try test.ledger.refusal(.correction(claim), by: "alice") == nil)
    for actor in ["carol", "vera"] {
      let refusal = try test.ledger.refusal(.correction(claim), by: actor)
      #expect(refusal == .correctionByOther(claim, at: at))
      #expect(refusal?.clash == at)
    }
    let absent = EventID(.of("absent"))
    #expect(try test.ledger.refusal(.correction(absent), by: "alice") == .causeUnknown(absent))
    let before = test.ledger.state.catalog.releases
    try test.ledger.admit(.correction(test.findings.first), by: "carol")
    #expect(test.ledger.state.catalog.releases == before)
    let changes = try #require(test.ledger.changes.last)
    #expect(Set(changes.map(\.table)) == [.claim, .concern])
    #expect(
      try test.ledger.refusal(
        .correction(claim), by: "alice", edit: Surroundings.imports("registry"))
        == .importForbidden(.eventCorrected))
  }
}

@Suite struct `A claim` {
  @Test func `of an import is the one's that it is attributed to`() throws {
    let ledger = try Surroundings().ledger
    let body = Body.claim(by: "registry", about: [.release(.named("laion@1"))])
    #expect(try ledger.refusal(body, by: "wendy") == nil)
    #expect(
      try ledger.refusal(body, by: "wendy", edit: Surroundings.imports("registry")) == nil)
    #expect(
      try ledger.refusal(body, by: "wendy", edit: Surroundings.imports("alice"))
        == .claimantDiffers(.named("registry"), .named("alice")))
    #expect(
      try ledger.refusal(
        .claim(by: "stranger", about: [.release(.named("laion@1"))]), by: "wendy")
        == .actorUnknown(.named("stranger")))
  }

  @Test func `gets evidence, of which a later version names the earlier`() throws {
    var test = try Surroundings()
    let claim = try test.ledger.admit(.claim(about: [.release(.named("laion@1"))]), by: "wendy")
    let pin = try test.ledger.admit(.evidencePinned(about: [.event(claim)]), by: "wendy")
    #expect(
      try test.ledger.refusal(
        .evidencePinned(about: [.event(claim)], earlier: pin), by: "wendy") == nil)
    #expect(
      try test.ledger.refusal(
        .evidencePinned(about: [.event(claim)], earlier: claim), by: "wendy")
        == .wrongReference(claim, expected: "evidence that was pinned"))
  }

  @Test func `is not what a measure answers`() throws {
    var test = try Surroundings()
    let advice = try test.ledger.admit(.recommendation(), by: "wendy")
    let claim = try test.ledger.admit(.claim(about: [.release(.named("laion@1"))]), by: "wendy")
    #expect(try test.ledger.refusal(.measure(answers: [advice]), by: "alice") == nil)
    #expect(try test.ledger.refusal(.measure(), by: "alice") == nil)
    #expect(
      try test.ledger.refusal(.measure(answers: [advice, claim]), by: "alice")
        == .wrongReference(
          claim, expected: "a recommendation, notice, request or suspicion that a measure answers"))
    #expect(
      try test.ledger.refusal(.recommendation(to: ["alice", "stranger"]), by: "wendy")
        == .actorUnknown(.named("stranger")))
  }
}

extension Refusal {
  /// Whether the event names something that is not there, rather than breaking a rule.
  fileprivate var namesWhatIsMissing: Bool {
    switch self {
    case .causeUnknown, .actorUnknown, .keyUnknown, .datasetUnknown, .releaseUnknown, .listUnknown,
      .modelUnknown:
      true
    default: false
    }
  }
}
