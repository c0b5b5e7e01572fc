package import Provenance

/// A history in which every kind of event stands at least once.
package struct Story: Sendable {
  package var ledger: TestLedger
  package let list: EventID
  package let match: EventID
  package let verification: EventID
  package let union: EventID
  package let removal: EventID
  package let cleaned: EventID

  package init() throws {
    var ledger = try TestLedger(
      founders: [.alice, .named("bob")])
    try ledger.enrol("carol", .matcher)
    try ledger.enrol("vera", .verifier)
    try ledger.admit(.charterSet(.init(charter: .initial, after: ledger.after)), by: "bob")
    try ledger.admit(.dataset(), by: "alice")
    try ledger.admit(.release("laion@1", columns: .laion), by: "alice")
    list = try ledger.admit(.hashList(), by: "carol")
    match = try ledger.admit(.match("laion@1", list: list), by: "carol")
    verification = try ledger.admit(.verification(match), by: "vera")
    let found = Tally(keys: 20, rows: 22)
    union = try ledger.admit(.union("laion@1", of: [(match, found)]), by: "carol")
    let cause = verification
    removal = try ledger.admit(
      .removal("laion@1", of: [(match, found)], basis: .confirmed), by: "alice"
    ) { $0.causes = [cause] }
    cleaned = try ledger.admit(
      .release(
        "laion@2", keys: 970, rows: 978, manifest: .sealed,
        derivation: .from("laion@1", removed: found, removals: [removal])),
      by: "alice")
    try ledger.admit(.model(), by: "alice")
    try ledger.admit(.training(), by: "alice")
    try ledger.admit(.deprecation(), by: "alice")
    try ledger.admit(.roleRevoked(.matcher, "carol", after: ledger.after), by: "bob")
    try ledger.admit(.keyRevoked("carol", suspectSince: 5, after: ledger.after), by: "alice")
    self.ledger = ledger
  }
}

extension TestLedger {
  /// The last authority event, which the next one follows.
  package var after: EventID { state.authority.founding?.lastAuthority ?? genesis }

  /// Registers an actor with its key and a role, all signed by `administrator`.
  package mutating func enrol(
    _ actor: String, _ roles: Role..., custody: Custody = .own, by administrator: String = "alice"
  ) throws {
    try admit(.actorRegistered(actor, after: after), by: administrator)
    try admit(.keyAdded(actor, custody: custody, after: after), by: administrator, actor)
    for role in roles { try admit(.roleGranted(role, actor, after: after), by: administrator) }
  }

  /// The tree over the entries, as the log stores it.
  package var tree: MemoryTree {
    var tree = MemoryTree()
    for entry in entries { tree.append(entry.bytes) }
    return tree
  }
}
