internal import Dispatch
internal import Foundation
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Rows
internal import Synchronization
internal import TransparencyLog

/// A ledger with one model and one release, and events that it admits without end.
struct BenchLedger: Sendable {
  let ledger: Ledger
  let key: SigningKey
  private let genesis: EventID
  private let body: Body

  /// Opens a ledger that was made at `path`.
  init(opening path: String) throws {
    ledger = try Ledger.open(at: path)
    genesis = try Self.made(ledger.state.ledger)
    key = try Self.key("winnow-bench actor")
    body = try Self.assertion()
  }

  /// Makes a ledger at `path`.
  init(at path: String) throws {
    let key = try Self.key("winnow-bench actor")
    let logKey = try Self.key("winnow-bench log")
    let origin = try Self.made(Origin("bench.example.org/ledger"))
    let founder = Founder(
      actor: try Self.made(ActorName("bench")), publicKey: key.verifyingKey, custody: .own,
      roles: [.administrator, .publisher, .steward])
    let name = try Self.made(KeyName(origin.text))
    let vkey = NoteVerifierKey(name: name, key: logKey.verifyingKey).description
    let first = Body.ledgerCreated(
      LedgerCreated(origin: origin, logKey: vkey, founders: [founder], charter: .initial))
    let event = try Self.event(first, .origin(origin), [key, logKey])
    ledger = try Ledger.create(at: path, event: event, now: Self.now())
    genesis = event.id
    self.key = key
    body = try Self.assertion()
    for body in try Self.opening(
      Self.made(Name(Self.model)), Self.made(VersionedName(Self.release)))
    {
      _ = try ledger.admit([try Self.event(body, .ledger(genesis), [key])], now: Self.now)[0].get()
    }
  }

  /// Signs `count` events on the caller's thread, each with its own nonce.
  func events(_ count: Int) throws -> [SignedEvent] {
    try (0..<count).map { _ in try Self.event(body, .ledger(genesis), [key]) }
  }

  /// Signs `count` events on all cores.
  func prepared(_ count: Int) throws -> [SignedEvent] {
    let parts = Mutex<[SignedEvent]>([])
    DispatchQueue.concurrentPerform(iterations: CryptoLimit.cores) { core in
      let share = (count + core) / CryptoLimit.cores
      let made = (try? events(share)) ?? []
      parts.withLock { $0 += made }
    }
    return parts.withLock { $0 }
  }

  /// Admits `events`, all of which must be new and by the rules.
  func admit(_ events: [SignedEvent], verified: Bool) throws {
    for result in try ledger.admit(events, verified: verified, now: Self.now) {
      guard try result.get().isNew else { throw BenchFailure.refused("An event was there.") }
    }
  }

  /// Fills the ledger with `count` more events.
  func fill(_ count: Int) throws {
    var left = count
    while left > 0 {
      let share = min(left, 4_096)
      try admit(prepared(share), verified: true)
      left -= share
    }
  }

  /// Registers `count` models, each with one artifact.
  func registerModels(_ count: Int) throws {
    for start in stride(from: 0, to: count, by: 4_096) {
      let events = try (start..<min(count, start + 4_096)).map { number in
        let name = try Self.made(Name("model-\(number)"))
        let artifact = Artifact(sha256: Digest(sha256: "model \(number)"), size: 4_000_000)
        let body = Body.modelRegistered(ModelRegistered(model: name, artifacts: [artifact]))
        return try Self.event(body, .ledger(genesis), [key])
      }
      try admit(events, verified: true)
    }
  }

  static func now() -> Timestamp {
    Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  private static func event(
    _ body: Body, _ binding: LedgerBinding, _ keys: [SigningKey]
  ) throws -> SignedEvent {
    let header = Header(
      binding: binding, signers: keys.map(\.verifyingKey.id), nonce: try Random.bytes(16),
      occurredAt: now().wholeSecond)
    return try SignedEvent(signing: Statement(header: header, body: body), with: keys)
  }

  private static let model = "diffusion"
  private static let release = "laion@1"

  /// What every event says.
  private static func assertion() throws -> Body {
    .trainingAsserted(
      TrainingAsserted(
        model: try made(Name(model)), release: try made(VersionedName(release)),
        polarity: .trained, use: .pretraining))
  }

  private static func key(_ name: String) throws -> SigningKey {
    try made(SigningKey(seed: Digest(sha256: name).bytes))
  }

  private static func opening(_ model: Name, _ release: VersionedName) throws -> [Body] {
    let dataset = try made(Name("laion"))
    let columns = ColumnsFixed(
      identity: [Column("URL", .string)],
      content: [Column("TEXT", .string), Column("URL", .string)])
    let manifest = AttachmentReference(
      sha256: Digest(sha256: "manifest"), size: 4_096, mediaType: "application/json",
      disclosure: .sealed)
    let registered = DatasetRegistered(
      dataset: dataset, identity: ["URL"], content: nil, tagging: .plain, secretCommitment: nil,
      derivedFrom: nil)
    let published = ReleasePublished(
      release: release, root: Digest(sha256: "root"), tally: Tally(keys: 990, rows: 1000),
      columns: columns, shards: 2, manifest: manifest, derivation: nil)
    let artifact = Artifact(sha256: Digest(sha256: "weights"), size: 4_000_000)
    return [
      .datasetRegistered(registered), .releasePublished(published),
      .modelRegistered(ModelRegistered(model: model, artifacts: [artifact])),
    ]
  }

  private static func made<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw BenchFailure.name("\(Value.self)") }
    return value
  }
}
