import Files
import Foundation
import LedgerCrypto
import LedgerStore
import Provenance
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
    where !name.contains(".db") && !name.hasSuffix("lock") {
      files[name] = FileManager.default.contents(atPath: "\(place.path)/\(name)")
    }
    return files
  }

  /// A session whose clock goes on by a day with each: a retry comes later.
  private func later(_ nonce: [UInt8]) throws -> Session {
    try place.session(nonce: nonce, now: { Clock.now().advanced(bySeconds: 100) })
  }

  @Test func `of each deciding command gives the first receipt`() throws {
    let publisher = ActorName("publisher")!
    func next(_ number: UInt8) -> [UInt8] { [number] + Self.nonce.dropFirst() }
    func run(
      _ number: UInt8, _ name: Comment, _ body: (Session, [UInt8]) throws -> [Recorded]
    ) throws {
      try twice(name) { _ in
        let nonce = next(number)
        let isRetry =
          try place.session().ledger.first(
            nonce: nonce, signer: place.session().signers()[0].publicKey.id) != nil
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
        try session.publishRelease(Place.release, files: try place.putShards()).recorded
      ]
    }
    let file = try place.putList(0..<5, "\(Place.list).txt")
    try run(5, "hashlist add") { session, _ in
      [
        try session.addHashList(
          Place.list, file: file, algorithm: .md5, of: .url, issuer: publisher, asOf: nil
        ).recorded
      ]
    }
    try run(6, "match") { session, _ in
      [
        try session.match(
          Place.release, list: Place.list, file: file, column: nil, hashesAsOf: nil
        ).recorded
      ]
    }
    try run(8, "remove") { session, _ in
      let done = try session.remove(
        Place.release, RemovalChoice(matches: nil), basis: .hashMatch, reasonClass: .privacy)
      return [done.union, done.removal]
    }
    try run(9, "clean") { session, _ in
      let done = try session.clean(Place.release, to: Place.cleaned, out: "\(place.path)/out")
      #expect(done.removed == Tally(keys: 5, rows: 5))
      return [done.union, done.release]
    }
    let model = try place.put("weights", "model.bin")
    try run(10, "model register") { session, _ in
      [try session.registerModel(Name("m")!, artifacts: [model])]
    }
    try run(11, "model deprecate") { session, _ in
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
    try FileManager.default.removeItem(atPath: "\(place.path)/out")
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
    let other = try Session(
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

  /// One nonce with two contents must not give one key stream twice, nor one salt.
  @Test func `never seals other content under the same key or salt`() throws {
    try place.decide(0..<5)
    let attempt = try place.session(nonce: Self.nonce).attempt()
    func seal(_ keys: [Digest]) throws -> SetReference {
      let session = try place.session(nonce: Self.nonce)
      return try session.sealSet(
        keys, kind: .matchCompleted, attempt: attempt, secrets: try session.secrets())
    }
    let (a, b) = (Digest(sha256: "a"), Digest(sha256: "b"))
    let one = try seal([a])
    let two = try seal([b])
    #expect(one != two && one.root != two.root)
    #expect(try seal([a]) == one)
    let session = try place.session()
    func stored(_ set: SetReference) throws -> [UInt8] {
      let members = try #require(set.members)
      let bytes = try session.ledger.attachment(members.sha256)
      return try #require(bytes)
    }
    // Nonce ‖ ciphertext ‖ tag: all of it differs, and so does the data key.
    let (first, second) = (try stored(one), try stored(two))
    #expect(first.prefix(12) != second.prefix(12))
    let secrets = try session.secrets()
    let keys = try [one, two].map { set in
      let members = try #require(set.members)
      let key = try secrets.get(SecretDirectory.attachmentName(members.sha256))
      return try #require(key)
    }
    #expect(keys[0] != keys[1] && keys.allSatisfy { $0.count == 32 })
    func salt(_ text: String) throws -> [UInt8] {
      let reference = try session.attach(
        text: text, kind: .modelDeprecated, field: "statedReason", attempt: attempt)
      let bytes = try session.ledger.attachment(reference.sha256)
      return Array(try #require(bytes).prefix(32))
    }
    #expect(try salt("a") != salt("b"))
    #expect(try salt("a") == salt("a"))
  }
}
