package import LedgerCrypto
package import Provenance
package import TransparencyLog

/// A random history over all kinds of event that every rule admits: the same seed gives the same
/// events.
///
/// Each step picks a kind, makes a body of it from what is already there, and lets actors sign whom
/// the charter asks for. What a rule refuses is dropped and another is tried.
package struct TestHistory: Sendable {
  /// The ledger in memory that admitted the events.
  package private(set) var ledger: TestLedger
  var random: SplitMix64
  /// How many bodies were tried: what is made gets its name from it.
  private(set) var number = 0
  /// The events by kind, in the order of the log.
  private(set) var ids: [Kind: [EventID]] = [:]
  /// The actors, in the order of the log, the two founders first.
  private(set) var actors: [ActorName] = []
  /// The keys of each actor that count.
  private(set) var keys: [ActorName: [HeldKey]] = [:]
  /// The log's keys, and from which sequence on each signs.
  private var logKeys: [(since: UInt64, label: String)] = [(0, "log")]
  /// Every attachment that the events name, in the order of the log.
  private(set) var references: [AttachmentReference] = []
  /// Which events name an attachment.
  private(set) var namings: [Digest: [EventID]] = [:]
  /// The bytes of each open attachment that the events name.
  package private(set) var openAttachments: [Digest: [UInt8]] = [:]

  /// A key by its label, and who holds it.
  struct HeldKey: Sendable {
    let label: String
    let custody: Custody
  }

  /// Nothing that was made in ten thousand steps was admitted.
  private struct Stuck: Error {}

  /// A history whose first entry names two founders; they keep their first keys and their roles, so
  /// that someone can always go on.
  ///
  /// - Parameters:
  ///   - seed: what all choices follow from.
  ///   - now: the moment of the first entry; `nil` for that of a ``TestLedger``.
  /// - Throws: when the first entry is refused, which is an error of this generator.
  package init(seed: UInt64, now: Timestamp? = nil) throws {
    random = SplitMix64(seed: seed)
    var ledger = TestLedger(empty: .named("ledger.example.org/test"))
    if let now { ledger.now = now }
    let founders: [Founder] = [
      .named("alice", roles: Role.allCases.filter { $0 != .auditor }),
      .named("bob", roles: [.administrator, .auditor]),
    ]
    let keys = founders.map { TestLedger.TestKeys[$0.actor.text] } + [TestLedger.TestKeys.log]
    try ledger.admit(ledger.creation(founders: founders), keys: keys)
    self.ledger = ledger
    for founder in founders {
      actors.append(founder.actor)
      self.keys[founder.actor] = [HeldKey(label: founder.actor.text, custody: .own)]
    }
    ids[.ledgerCreated] = [ledger.genesis]
  }

  /// The event of sequence 0.
  package var genesis: SignedEvent { ledger.entries[0].event }

  /// The next `count` events.
  package mutating func events(_ count: Int) throws -> [SignedEvent] {
    try (0..<count).map { _ in try next() }
  }

  /// The next event.
  package mutating func next() throws -> SignedEvent {
    for _ in 0..<10_000 {
      number += 1
      if let body = body(of: nextKind()), let event = try offer(body) { return event }
    }
    throw Stuck()
  }

  /// A kind that has not occurred yet half of the time, else any; those that cleaning takes several
  /// of come more often.
  private mutating func nextKind() -> Kind {
    let missing = Kind.allCases.filter { ids[$0] == nil }
    if !missing.isEmpty, isOne(in: 2) { return pick(missing) }
    return isOne(in: 3) ? pick(Self.cleaning) : pick(Kind.allCases)
  }

  private static let cleaning: [Kind] = [
    .matchCompleted, .filterCompleted, .unionComputed, .unionComputed, .verificationRecorded,
    .removalDecided, .releasePublished, .releasePublished, .disputeOpened, .disputeResolved,
    .reinstatementDecided,
  ]

  /// Signs `body` and admits it, or gives `nil` when nobody can sign it or a rule refuses it.
  private mutating func offer(_ body: Body) throws -> SignedEvent? {
    guard let keys = signers(of: body) else { return nil }
    let statement = ledger.statement(body, keys: keys)
    let header = dressed(statement.header, of: body)
    let (own, bytes) = try withOwnAttachments(Statement(header: header, body: body))
    let event = try SignedEvent(signing: own, with: keys)
    do {
      try ledger.admit(event)
    } catch let failure as ReplayFailure {
      guard case .refused = failure.reason else { throw failure }
      return nil
    }
    for bytes in bytes { openAttachments[Digest(sha256: bytes)] = bytes }
    note(event)
    // Entries of one moment occur too: the ledger's own clock has ticked by a second.
    let step = isOne(in: 8) ? -1_000 : Int64.random(in: -1_000...2_000, using: &random)
    ledger.now = Timestamp(milliseconds: ledger.now.milliseconds + step)
    return event
  }

  /// Keeps what later bodies are made from.
  private mutating func note(_ event: SignedEvent) {
    let body = event.statement.body
    ids[body.kind, default: []].append(event.id)
    for (_, reference) in event.statement.attachments {
      if namings[reference.sha256] == nil { references.append(reference) }
      if namings[reference.sha256]?.last != event.id {
        namings[reference.sha256, default: []].append(event.id)
      }
    }
    switch body {
    case .actorRegistered(let body): actors.append(body.actor)
    case .keyAdded(let body):
      let label = "\(body.actor) \(number)"
      keys[body.actor, default: []].append(HeldKey(label: label, custody: body.custody))
    case .keyRevoked(let body):
      for actor in actors {
        keys[actor]?.removeAll { TestLedger.TestKeys[$0.label].verifyingKey.id == body.key }
      }
    case .logKeyChanged: logKeys.append((ledger.size - 1, "log \(number)"))
    default: break
    }
  }

  /// The bytes of a checkpoint over the entries of `head`, signed by the key that was the log's then.
  package func checkpoint(_ head: TreeHead) throws -> [UInt8] {
    let label = logKeys.last { $0.since < head.size.rawValue }?.label ?? "log"
    return try ledger.checkpoint(head, signedBy: TestLedger.TestKeys[label])
  }
}
