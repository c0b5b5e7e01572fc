import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport

extension Charter {
  /// This charter, with another rule for one kind.
  func requiring(_ actors: Int, _ role: Role, for kind: Kind) -> Charter {
    var rules = rules
    rules[kind] = SigningRule([role], actors: actors)
    return Charter(rules: rules, allowsUnreconciled: allowsUnreconciled)
  }

  /// This charter, with leave for a gap or without.
  func with(allowsUnreconciled: Bool) -> Charter {
    Charter(rules: rules, allowsUnreconciled: allowsUnreconciled)
  }
}

/// A statement in an envelope whose signatures are zeros, for rules that come before signatures.
func unsigned(_ statement: Statement) throws -> SignedEvent {
  try SignedEvent(
    envelope: JSONElement([
      "payload": .string(Base64.encode(statement.payload)),
      "payloadType": .string(Statement.payloadType),
      "signatures": .array(
        statement.header.signers.map {
          [
            "keyid": .string($0.hex),
            "sig": .string(Base64.encode([UInt8](repeating: 0, count: 64))),
          ]
        }),
    ]))
}

/// A ledger whose dataset `laion` has a release `laion@1` and a hash list, and what was found.
struct Findings {
  var ledger: TestLedger
  let release: EventID
  let list: EventID
  let first: EventID
  let second: EventID
  let firstTally = Tally(keys: 20, rows: 22)
  let secondTally = Tally(keys: 5, rows: 5)

  init(charter: Charter = .initial) throws {
    var ledger = try TestLedger(charter: charter)
    try ledger.enrol("carol", .matcher)
    try ledger.enrol("vera", .verifier)
    try ledger.admit(.dataset(), by: "alice")
    release = try ledger.admit(.release("laion@1", columns: .laion), by: "alice")
    list = try ledger.admit(.hashList(), by: "carol")
    first = try ledger.admit(.match("laion@1", list: list), by: "carol")
    second = try ledger.admit(.match("laion@1", list: list, keys: 5, rows: 5), by: "carol")
    self.ledger = ledger
  }

  var sources: [(EventID, Tally)] { [(first, firstTally), (second, secondTally)] }

  /// Matches so much and decides its removal.
  mutating func decide(
    _ reason: ReasonClass, _ tally: Tally, on release: String = "laion@1", decoys: Tally? = nil
  ) throws -> EventID {
    let scanned = ledger.state.catalog.releases[.named(release)]!.publication.tally.rows
    let match = try ledger.admit(
      .match(
        release, list: list, keys: tally.keys, rows: tally.rows, scanned: scanned, without: 0),
      by: "carol")
    return try ledger.admit(
      .removal(
        release, of: [(match, tally)], keys: tally.keys, rows: tally.rows, reason: reason,
        decoys: decoys, marks: marks(reason)), by: "alice")
  }

  /// Decides the removal of what the first match found.
  mutating func remove(_ reason: ReasonClass = .illegal) throws -> EventID {
    try ledger.admit(
      .removal("laion@1", of: [(first, firstTally)], reason: reason, marks: marks(reason)),
      by: "alice")
  }

  /// Whether a decision of a class is the one that marks.
  private func marks(_ reason: ReasonClass) -> Bool {
    reason == .illegal && ledger.state.catalog.mark(of: .named("laion")) == nil
  }
}
