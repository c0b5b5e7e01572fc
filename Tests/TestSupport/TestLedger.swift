package import LedgerCrypto
package import Provenance
package import TransparencyLog

/// A ledger in memory: fixed keys, a clock that ticks by one second an entry, nonces that count.
package struct TestLedger: Sendable {
  package let origin: Origin
  /// The moment at which the next entry is admitted.
  package var now = Timestamp(milliseconds: 1_767_225_600_000)
  package private(set) var replay = Replay()
  package private(set) var entries: [Entry] = []
  /// What the projections put, entry by entry.
  package private(set) var changes: [[ProjectionChange]] = []
  private var made: UInt64 = 0

  package var state: LedgerState { replay.state }
  package var size: UInt64 { replay.state.size }
  package var genesis: EventID { entries[0].event.id }

  /// An empty log, which takes a ledger-created event only.
  package init(empty origin: Origin) { self.origin = origin }

  /// A log whose first entry names `founders`.
  package init(
    founders: [Founder] = [.alice], charter: Charter = .initial,
    origin: Origin = .named("ledger.example.org/test")
  ) throws {
    self.init(empty: origin)
    let body = creation(founders: founders, charter: charter)
    try admit(body, keys: founders.map { TestKeys[$0.actor.text] } + [TestKeys.log])
  }

  /// The key of `label`, or any other from a fixed seed.
  package enum TestKeys {
    package static subscript(_ label: String) -> SigningKey {
      SigningKey(seed: Digest(sha256: "winnow test key \(label)").bytes)!
    }

    package static let log = TestKeys["log"]
  }

  /// The vkey of the log under this ledger's origin.
  package var vkey: NoteVerifierKey { Self.vkey(of: "log", origin: origin.text) }

  /// The vkey of the key of `label` under `origin`.
  package static func vkey(of label: String, origin: String) -> NoteVerifierKey {
    NoteVerifierKey(name: KeyName(origin)!, key: TestKeys[label].verifyingKey)
  }

  package func creation(founders: [Founder], charter: Charter = .initial) -> Body {
    .ledgerCreated(
      LedgerCreated(
        origin: origin, logKey: vkey.description, founders: founders, charter: charter))
  }

  /// A statement for this ledger, its nonce different from all others that were made.
  package mutating func statement(
    _ body: Body, keys: [SigningKey], edit: (inout Header) -> Void = { _ in }
  ) -> Statement {
    made += 1
    let nonce = Array(Digest(sha256: "winnow test nonce \(made)").bytes[..<16])
    var header = Header(
      binding: entries.isEmpty ? .origin(origin) : .ledger(genesis),
      signers: keys.map(\.verifyingKey.id), nonce: nonce, occurredAt: now.wholeSecond)
    if body.kind.isAuthority { header.notAfter = header.occurredAt.advanced(bySeconds: 86_400) }
    edit(&header)
    return Statement(header: header, body: body)
  }

  /// A signed event for this ledger, not admitted.
  package mutating func event(
    _ body: Body, keys: [SigningKey], edit: (inout Header) -> Void = { _ in }
  ) throws -> SignedEvent {
    try SignedEvent(signing: statement(body, keys: keys, edit: edit), with: keys)
  }

  /// A signed event for this ledger, not admitted; each actor signs with its first key.
  package mutating func event(
    _ body: Body, by actors: String..., edit: (inout Header) -> Void = { _ in }
  ) throws -> SignedEvent {
    try event(body, keys: actors.map { TestKeys[$0] }, edit: edit)
  }

  /// Signs and admits; each actor signs with its first key.
  @discardableResult
  package mutating func admit(
    _ body: Body, by actors: String..., edit: (inout Header) -> Void = { _ in }
  ) throws -> EventID {
    try admit(body, keys: actors.map { TestKeys[$0] }, edit: edit)
  }

  /// Signs and admits.
  @discardableResult
  package mutating func admit(
    _ body: Body, keys: [SigningKey], edit: (inout Header) -> Void = { _ in }
  ) throws -> EventID {
    try admit(event(body, keys: keys, edit: edit))
  }

  /// Admits as an entry that was read from its own bytes; the clock then ticks.
  @discardableResult
  package mutating func admit(_ event: SignedEvent) throws -> EventID {
    let entry = try Entry(bytes: Entry(event: event, recordedAt: now).bytes)
    changes.append(try replay.admit(entry))
    entries.append(entry)
    now = now.advanced(bySeconds: 1)
    return event.id
  }

  /// The refusal of a statement as the next entry, or `nil` when it would be admitted.
  package func refusal(
    _ body: Body, by actors: String..., edit: (inout Header) -> Void = { _ in }
  ) throws -> Refusal? {
    try refusal(body, keys: actors.map { TestKeys[$0] }, edit: edit)
  }

  /// The refusal of a statement as the next entry, or `nil` when it would be admitted.
  package func refusal(
    _ body: Body, keys: [SigningKey], edit: (inout Header) -> Void = { _ in }
  ) throws -> Refusal? {
    var copy = self
    return try refusal(of: copy.event(body, keys: keys, edit: edit))
  }

  /// The refusal of an event as the next entry, or `nil` when it would be admitted.
  package func refusal(of event: SignedEvent) throws -> Refusal? {
    var copy = replay
    do {
      _ = try copy.admit(try Entry(event: event, recordedAt: now))
      return nil
    } catch let failure as ReplayFailure {
      guard case .refused(let refusal) = failure.reason else { throw failure }
      return refusal
    }
  }
}

extension Founder {
  /// The actor of most tests: administrator, publisher and steward.
  package static let alice = Founder.named(
    "alice", roles: [.administrator, .publisher, .steward])

  package static func named(
    _ actor: String, roles: [Role] = [.administrator], custody: Custody = .own
  ) -> Founder {
    Founder(
      actor: .named(actor), publicKey: TestLedger.TestKeys[actor].verifyingKey, custody: custody,
      roles: roles)
  }
}
