import CanonicalJSON
import Files
import Foundation
import LedgerCrypto
import LedgerStore
import Provenance
import Rows
import SetCommitment
import Synchronization
import Testing
import Workflows

/// A command run again with the nonce of its first try.
@Suite struct `A retry` {
  static let nonce = [UInt8](0..<16)
  let place: Place

  init() throws { place = try Place() }

  /// Runs a command twice under one nonce; the second run stores nothing and answers the same.
  private func twice(
    _ name: Comment, _ body: ([UInt8]) throws -> [Recorded]
  ) throws {
    let first = try body(Self.nonce)
    #expect(!first.contains { !$0.receipt.isNew }, name)
    let files = try snapshot()
    let events = try place.events()
    // Another second, so that only what is the same on purpose is the same.
    let second = try body(Self.nonce)
    #expect(second.map(\.receipt.id) == first.map(\.receipt.id), name)
    #expect(second.map(\.receipt.sequence) == first.map(\.receipt.sequence), name)
    #expect(!second.contains { $0.receipt.isNew }, name)
    #expect(try place.events() == events, name)
    #expect(try snapshot() == files, name)
  }

  /// Every file but the database and locks.
  private func snapshot() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: place.path)
    where !name.contains(".db") && !name.hasSuffix(".lock") {
      files[name] = FileManager.default.contents(atPath: "\(place.path)/\(name)")
    }
    return files
  }

  /// A session whose clock goes on by a day with each: a retry comes later.
  private func later(_ nonce: [UInt8]) throws -> Workplace {
    try place.session(nonce: nonce, now: { Clock.now().advanced(bySeconds: 100) })
  }

  @Test func `of each deciding command gives the first receipt`() throws {
    let publisher = ActorName("publisher")!
    func next(_ number: UInt8) -> [UInt8] { [number] + Self.nonce.dropFirst() }
    func run(
      _ number: UInt8, _ name: Comment, _ body: (Workplace, [UInt8]) throws -> [Recorded]
    ) throws {
      try twice(name) { _ in
        let nonce = next(number)
        let isRetry =
          try place.session().ledger.first(
            nonce: nonce, signer: place.session().desk().signers[0].publicKey.id) != nil
        return try body(isRetry ? later(nonce) : place.session(nonce: nonce), nonce)
      }
    }
    try run(1, "dataset register --keyed") { session, _ in
      [
        try session.registerDataset(
          Name("clinic")!, identity: ["id"], content: nil, tagging: .keyed)
      ]
    }
    try run(2, "role grant") { session, _ in [try session.grant(.matcher, to: publisher)] }
    try run(3, "actor add") { session, _ in
      try session.addActor(
        ActorName("foundation")!, title: "Foundation", roles: [.matcher, .verifier],
        key: .custodial)
    }
    try run(4, "release publish") { session, _ in
      [
        try session.publishRelease(Place.release, files: try place.putShards()).recorded[0]
      ]
    }
    let file = try place.putList(0..<5, "\(Place.list).txt")
    try run(5, "hashlist add") { session, _ in
      [
        try session.addHashList(
          Place.list, file: file, algorithm: .md5, of: .url, issuer: publisher, asOf: nil
        ).recorded[0]
      ]
    }
    try run(6, "match") { session, _ in
      [
        try session.match(
          Place.release, list: Place.list, file: file, column: nil, hashesAsOf: nil
        ).recorded[0]
      ]
    }
    // Two lists that find the same rows, each with a sealed set of its own.
    let more = VersionedName("hot@2")!
    _ = try place.addList([0, 1, 2, 3, 4, 90], more)
    try run(17, "match with several lists") { session, _ in
      let lists = [(Place.list, file), (more, "\(place.path)/\(more).txt")]
      let decided = try session.decide(
        MatchRelease(Place.release, lists.map { .init($0, ListFile($1)) }))
      #expect(decided.answer.map(\.match.matched.rows) == [5, 5])
      #expect(Set(decided.answer.map(\.match.set.root)).count == 2)
      return decided.recorded
    }
    try run(7, "remove") { session, _ in
      let done = try session.remove(
        Place.release, RemovalChoice(matches: nil), basis: .hashMatch, reasonClass: .privacy)
      return done.recorded
    }
    try run(8, "clean") { session, _ in
      let done = try session.clean(Place.release, to: Place.cleaned, out: "\(place.path)/out")
      #expect(done.removed == Tally(keys: 5, rows: 5))
      return [done.release]
    }
    let model = try place.put("weights", "model.bin")
    try run(9, "model register") { session, _ in
      [try session.registerModel(Name("m")!, artifacts: [model])]
    }
    try run(10, "model deprecate") { session, _ in
      [try session.deprecateModel(Name("m")!, statedReason: "It was trained on these rows.")]
    }
    #expect(try place.session().verifyLedger(remembered: nil).isIntact)
  }

  @Test(arguments: 1...4)
  func `is found wherever the nonce stands in the entry`(length: Int) throws {
    let model = Name(String(repeating: "m", count: length))!
    let session = try place.session(nonce: Self.nonce)
    let file = try place.put("weights", "model.bin")
    let first = try session.registerModel(model, artifacts: [file])
    #expect(try session.registerModel(model, artifacts: [file]).receipt.id == first.receipt.id)
    #expect(throws: WorkflowFailure.self) {
      try session.registerModel(Name("other")!, artifacts: [file])
    }
  }

  @Test func `that says something else is refused and keeps what the first try stored`() throws {
    try place.decide(0..<5)
    _ = try place.session().registerModel(
      Name("m")!, artifacts: [try place.put("weights", "model.bin")])
    _ = try place.session().registerModel(
      Name("n")!, artifacts: [try place.put("other", "other.bin")])
    let session = try place.session(nonce: Self.nonce)
    let first = try session.deprecateModel(Name("m")!, statedReason: "old")
    let events = try place.events()
    let files = try snapshot()
    for (model, reason) in [("n", "old"), ("n", "new"), ("m", "new")] {
      let refusal = #expect(throws: WorkflowFailure.self) {
        try session.deprecateModel(Name(model)!, statedReason: reason)
      }
      guard case .nonceUsed(first.receipt.sequence) = refusal else {
        Issue.record("\(String(describing: refusal))")
        return
      }
    }
    #expect(throws: WorkflowFailure.self) {
      try session.clean(Place.release, to: Place.cleaned, out: "\(place.path)/out")
    }
    #expect(throws: WorkflowFailure.self) { try place.match(nonce: Self.nonce) }
    #expect(throws: Refusal.self) { try place.addList(3..<9, nonce: Self.nonce) }
    #expect(try place.events() == events)
    _ = try place.putList(0..<5, "\(Place.list).txt")
    #expect(try snapshot() == files)
    let again = try session.deprecateModel(Name("m")!, statedReason: "old").receipt
    #expect(again.id == first.receipt.id && !again.isNew)
    #expect(try place.session().verifyLedger(remembered: nil).isIntact)
  }

  @Test func `by another signer is another event`() throws {
    _ = try place.session().addActor(
      ActorName("steward")!, title: nil, roles: [.steward], key: .custodial)
    let file = try place.put("weights", "model.bin")
    _ = try place.session(nonce: Self.nonce).registerModel(Name("m")!, artifacts: [file])
    let passphrase = place.passphrase
    let other = try Workplace(
      directory: place.directory, actor: ActorName("steward")!, passphrase: { passphrase },
      nonce: Self.nonce)
    #expect(try other.registerModel(Name("n")!, artifacts: [file]).receipt.isNew)
  }

  @Test func `of other files of a release, or to another directory, is refused`() throws {
    _ = try place.publish(nonce: Self.nonce)
    #expect(throws: WorkflowFailure.self) {
      try place.session(nonce: Self.nonce).publishRelease(
        Place.release, files: ["\(place.path)/a.csv"])
    }
    #expect(try place.session().verifyRelease(Place.release, files: []).matches)
    _ = try place.addList(0..<5)
    _ = try place.match()
    _ = try place.remove()
    let other = [9] + Self.nonce.dropFirst()
    _ = try place.clean(nonce: other)
    #expect(throws: WorkflowFailure.self) { try place.clean(out: "elsewhere", nonce: other) }
    #expect(throws: Refusal.self) { try place.clean(nonce: [8] + Self.nonce.dropFirst()) }
    #expect(try place.clean(nonce: other).publication.release == Place.cleaned)
  }

  @Test func `attaches with salts, secrets and keys that are random, whatever the nonce`() throws {
    let session = try place.session(nonce: Self.nonce)
    func staged<Result>(_ body: (inout Staging) throws -> Result) throws -> Result {
      var staging = Staging(try session.desk())
      let result = try body(&staging)
      staging.keep()
      return result
    }
    let secrets = try session.secrets()
    let members = EntrySet([Digest(sha256: "a")])
    let sets = try (0..<2).map { _ in
      try staged { try $0.seal(set: members, kind: .matchCompleted) }
    }
    #expect(sets[0].root != sets[1].root)
    let stored = try sets.map { set in
      let bytes = try session.ledger.attachment(#require(set.members).sha256)
      return try #require(bytes)
    }
    // Nonce ‖ ciphertext ‖ tag: all of it differs, and so does the data key.
    #expect(stored[0].prefix(12) != stored[1].prefix(12))
    let keys = try sets.map { set in
      let key = try secrets.get(SecretDirectory.attachmentName(#require(set.members).sha256))
      return try #require(key)
    }
    #expect(keys[0] != keys[1] && keys.allSatisfy { $0.count == 32 })
    let salts = try (0..<2).map { _ in
      let reference = try staged {
        try $0.attach(Array("a".utf8), kind: .modelDeprecated, field: "statedReason")
      }
      let bytes = try session.ledger.attachment(reference.sha256)
      return Array(try #require(bytes).prefix(32))
    }
    #expect(salts[0] != salts[1])
  }

  @Test func `that runs while the first try does is one with it`() throws {
    let json: JSON = [
      "claimant": "publisher", "about": [["dataset": "pets"]], "text": ["text": "It is clean."],
    ]
    let events = try place.events()
    let receipts = Mutex<[Ledger.Receipt]>([])
    let won = place.compete(4) { _ in
      let recorded = try place.session(nonce: Self.nonce).record(.claimRecorded, json)
      receipts.withLock { $0.append(recorded.receipt) }
    }
    #expect(won == 4)
    let all = receipts.withLock { $0 }
    #expect(Set(all.map(\.id)).count == 1 && all.count(where: \.isNew) == 1)
    #expect(try place.events() == events + 1)
    // What the others attached is gone again.
    let kept = try FileManager.default.subpathsOfDirectory(
      atPath: "\(place.directory.path)/attachments"
    ).filter { $0.split(separator: "/").last?.count == 64 }
    #expect(kept.count == 1)
    #expect(try place.session().verifyLedger(remembered: nil).isIntact)
  }

  @Test func `that says something else while the first try runs is refused`() throws {
    let refused = Mutex<[WorkflowFailure]>([])
    let won = place.compete(2) { index in
      do {
        _ = try place.session(nonce: Self.nonce).registerDataset(
          Name("clinic-\(index)")!, identity: ["id"], content: nil, tagging: .plain)
      } catch let failure as WorkflowFailure {
        refused.withLock { $0.append(failure) }
        throw failure
      }
    }
    #expect(won == 1)
    guard case .nonceUsed? = refused.withLock({ $0.first }) else {
      Issue.record("\(refused.withLock { $0 })")
      return
    }
  }

  @Test func `of a grant keeps what it followed, and another --after is something else`() throws {
    let publisher = ActorName("publisher")!
    let first = try place.session(nonce: Self.nonce).grant(.matcher, to: publisher)
    _ = try place.session().grant(.auditor, to: publisher)
    #expect(
      try place.session(nonce: Self.nonce).grant(.matcher, to: publisher).receipt.id
        == first.receipt.id)
    let passphrase = place.passphrase
    var signing = Signing(
      signers: [SignerName(publisher)],
      keyrings: [.init(KeyDirectory(place.directory.keys)) { passphrase }])
    signing.after = first.receipt.id
    let other = try Workplace(
      directory: place.directory, signing: signing, passphrase: { passphrase }, nonce: Self.nonce)
    #expect(throws: WorkflowFailure.self) { try other.grant(.matcher, to: publisher) }
  }

  @Test func `of a record finds each of its attachments again`() throws {
    let json: JSON = [
      "claimant": "publisher", "about": [["dataset": "pets"]], "text": ["text": "It is clean."],
      "evidence": [
        [
          "attachment": ["text": "It is clean."], "retrievedAt": "2024-01-01T00:00:00Z",
          "relation": "supports",
        ]
      ],
    ]
    try twice("record") { nonce in [try place.session(nonce: nonce).record(.claimRecorded, json)] }
    let attachments = try place.session().event(2).statement.attachments
    #expect(attachments.count == 2)
    #expect(attachments[0].reference.sha256 != attachments[1].reference.sha256)
  }

  /// What a statement that waits for signatures commits to must still be there when it is recorded.
  @Test func `of a keyed registration takes the secret that lies there, and never replaces it`()
    throws
  {
    let session = try place.session()
    let secrets = try session.secrets()
    let waiting = [UInt8](repeating: 1, count: 32)
    func register(secret: [UInt8]?) throws {
      _ = try place.session().registerDataset(
        Name("clinic")!, identity: ["id"], content: nil, tagging: .keyed, secret: secret)
    }
    try secrets.put(waiting, as: "dataset-clinic")
    let refusal = #expect(throws: WorkflowFailure.self) {
      try register(secret: [UInt8](repeating: 2, count: 32))
    }
    guard case .secretWaits("dataset-clinic") = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(throws: WorkflowFailure.self) { try register(secret: [1, 2, 3]) }
    #expect(try secrets.get("dataset-clinic") == waiting)
    try register(secret: nil)
    #expect(try secrets.get("dataset-clinic") == waiting)
    let record = try #require(try session.ledger.state.catalog.datasets[Name("clinic")!])
    #expect(record.registration.secretCommitment == RowSecret(bytes: waiting)?.commitment)
    #expect(throws: Refusal.self) { try register(secret: nil) }
  }
}
