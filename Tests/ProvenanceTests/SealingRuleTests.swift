import Provenance
import TestSupport
import Testing

@Suite struct `In a family from which rows of class illegal go` {
  var unmarked: Findings
  var marked: Findings
  /// The sequence of the decision that marks.
  let at: UInt64
  let removal: EventID

  init() throws {
    unmarked = try Findings()
    try unmarked.ledger.enrol("wendy", .watchdog)
    try unmarked.ledger.admit(.release("laion@0"), by: "alice")
    marked = unmarked
    removal = try marked.remove()
    at = marked.ledger.size - 1
  }

  /// What refuses a body in a ledger without the mark, and in one with it.
  func refusals(_ body: Body, by actor: String = "alice") throws -> [Refusal?] {
    [
      try unmarked.ledger.refusal(body, by: actor), try marked.ledger.refusal(body, by: actor),
    ]
  }

  var sealed: Refusal { .openInMarkedFamily(.named("laion"), at: at) }

  @Test func `no match, filter or union is open`() throws {
    let list = marked.list
    for (open, body) in [
      (true, Body.match("laion@1", list: list, disclosure: .open)),
      (false, .match("laion@1", list: list)),
      (true, .filter("laion@1", .open)),
      (true, .filter("laion@1", .sealed, set: .open)),
      (false, .filter("laion@1", .sealed)),
    ] {
      #expect(try refusals(body) == [nil, open ? sealed : nil])
    }
    #expect(
      try refusals(.union("laion@1", of: marked.sources, keys: 22, rows: 24, disclosure: .open))
        == [.disclosureDiffers(marked.sources.map(\.0).sorted()[0]), sealed])
    #expect(sealed.clash == at)
  }

  @Test func `no release shows what left, nor its files beside those of another`() throws {
    let gone = Tally(keys: 1, rows: 1)
    for (open, manifest, disclosure) in [
      (false, Disclosure.sealed, Disclosure.sealed), (true, .open, .sealed), (true, .sealed, .open),
    ] {
      #expect(
        try refusals(
          .release(
            "laion@2", keys: 989, rows: 999, manifest: manifest,
            derivation: .from("laion@0", removed: gone, disclosure: disclosure)))
          == [nil, open ? sealed : nil])
    }
    // Without a parent, too.
    #expect(try refusals(.release("laion@2")) == [nil, sealed])
    #expect(try refusals(.release("laion@2", manifest: .sealed)) == [nil, nil])
  }

  @Test func `a twin is sealed alike, from its first release on`() throws {
    for ledger in [unmarked.ledger, marked.ledger] {
      var ledger = ledger
      try ledger.admit(.dataset("twin"), by: "alice")
      let isMarked = ledger.state.catalog.mark(of: .named("laion")) != nil
      let refusal = isMarked ? Refusal.openInMarkedFamily(.named("twin"), at: at) : nil
      #expect(try ledger.refusal(.release("twin@1", columns: .laion), by: "alice") == refusal)
      try ledger.admit(.release("twin@1", columns: .laion, manifest: .sealed), by: "alice")
      #expect(try ledger.refusal(.release("twin@2"), by: "alice") == refusal)
    }
  }

  @Test func `no files of a derivative are shown`() throws {
    for (ledger, isMarked) in [(unmarked.ledger, false), (marked.ledger, true)] {
      var ledger = ledger
      try ledger.admit(.dataset("laion-coco", derivedFrom: "laion@1"), by: "alice")
      for (disclosure, isOpen) in [(Disclosure.open, true), (.sealed, false)] {
        #expect(
          try ledger.refusal(
            .derivativeCleaned(against: "laion@1", disclosure), by: "alice")
            == (isMarked && isOpen ? .openInMarkedFamily(.named("laion-coco"), at: at) : nil))
      }
    }
  }

  @Test func `no removal or reinstatement is open, of whatever class`() throws {
    var (unmarked, marked) = (unmarked, marked)
    let tally = Tally(keys: 3, rows: 3)
    let open = try unmarked.ledger.admit(
      .match("laion@1", list: unmarked.list, keys: 3, rows: 3, disclosure: .open), by: "carol")
    let body = Body.removal(
      "laion@1", of: [(open, tally)], keys: 3, rows: 3, reason: .privacy, disclosure: .open)
    let removal = try unmarked.ledger.admit(body, by: "alice")
    let back = { (id: EventID, ground: EventID) in
      Body.reinstatement(
        "laion@1", of: [id], grounds: [ground], keys: 1, rows: 1, disclosure: .open)
    }
    var dispute = try unmarked.ledger.admit(.dispute(removal), by: "wendy")
    var ground = try unmarked.ledger.admit(.resolution(dispute), by: "alice")
    #expect(try unmarked.ledger.refusal(back(removal, ground), by: "alice") == nil)
    // Marked since.
    try unmarked.ledger.admit(
      .removal("laion@1", of: [(unmarked.first, unmarked.firstTally)]), by: "alice")
    let later = Refusal.openInMarkedFamily(.named("laion"), at: unmarked.ledger.size - 1)
    #expect(try unmarked.ledger.refusal(back(removal, ground), by: "alice") == later)
    #expect(try unmarked.ledger.refusal(body, by: "alice") == later)
    // What was open when it was found may go all the same.
    #expect(
      try unmarked.ledger.refusal(
        .removal("laion@1", of: [(open, tally)], keys: 3, rows: 3, reason: .privacy), by: "alice")
        == nil)
    dispute = try marked.ledger.admit(.dispute(self.removal), by: "wendy")
    ground = try marked.ledger.admit(.resolution(dispute), by: "alice")
    #expect(try marked.ledger.refusal(back(self.removal, ground), by: "alice") == sealed)
  }

  @Test func `what left for a cleaned release is sealed`() throws {
    func cleaned(_ removal: EventID, set: Disclosure, _ disclosure: Disclosure) -> Body {
      .release(
        "laion@2", keys: 970, rows: 978, manifest: .sealed,
        derivation: .from(
          "laion@1", removed: marked.firstTally, removals: [removal], set: set,
          disclosure: disclosure))
    }
    for (set, disclosure) in [(Disclosure.open, Disclosure.sealed), (.sealed, .open)] {
      #expect(
        try marked.ledger.refusal(cleaned(removal, set: set, disclosure), by: "alice") == sealed)
    }
    #expect(try marked.ledger.refusal(cleaned(removal, set: .sealed, .sealed), by: "alice") == nil)
    var privacy = unmarked
    let other = try privacy.remove(.privacy)
    #expect(try privacy.ledger.refusal(cleaned(other, set: .open, .open), by: "alice") == nil)
  }
}
