import Files
import Foundation
import LedgerCrypto
import LedgerStore
import Provenance
import Synchronization
import Testing
import Workflows

/// A ledger with a dataset and two files of rows, gone with the test.
final class Place: Sendable {
  let path: String
  let passphrase = Passphrase(bytes: Array("correct horse".utf8), rounds: 1)
  var directory: LedgerDirectory { LedgerDirectory("\(path)/ledger") }

  init() throws {
    path = NSTemporaryDirectory() + "winnow-workflows-\(UUID().uuidString)"
    try Directory.make(path)
    _ = try Creation.create(
      at: directory, origin: Origin("ledger.example.org/test")!, actor: ActorName("publisher")!,
      passphrase: passphrase)
    _ = try session().registerDataset(
      Name("pets")!, identity: ["URL"], content: nil, tagging: .plain)
    for name in ["a.csv", "b.csv"] {
      try AtomicFile.write(
        Array("URL,TEXT\nhttps://example.org/\(name),a cat\n".utf8), to: "\(path)/\(name)")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// What another process has: nothing is shared but the files.
  func session(
    as actor: ActorName = ActorName("publisher")!, nonce: [UInt8]? = nil,
    now: @escaping @Sendable () -> Timestamp = Clock.now
  ) throws -> Workplace {
    let passphrase = passphrase
    return try Workplace(
      directory: directory, actor: actor, passphrase: { passphrase },
      nonce: nonce, now: now)
  }

  /// Another actor, with a key that was made here.
  func hotline() throws -> ActorName {
    let name = ActorName("hotline")!
    if try session().ledger.state.authority.actors[name] == nil {
      _ = try session().addActor(name, title: nil, roles: [.verifier], key: .custodial)
    }
    return name
  }

  /// A file in the test's directory.
  @discardableResult func put(_ text: String, _ name: String) throws -> String {
    try AtomicFile.write(Array(text.utf8), to: "\(path)/\(name)")
    return "\(path)/\(name)"
  }

  /// How many events the log has.
  func events() throws -> UInt64 { try session().ledger.state.size }

  /// Does `body` at the same time on `count` threads, and counts those that throw nothing.
  func compete(_ count: Int, _ body: @Sendable (Int) throws -> Void) -> Int {
    let won = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: count) { index in
      do {
        try body(index)
        won.withLock { $0 += 1 }
      } catch {}
    }
    return won.withLock { $0 }
  }
}

/// A release of 40 rows in two shards, matched and decided on.
extension Place {
  static let release = VersionedName("pets@1")!
  static let cleaned = VersionedName("pets@2")!
  static let list = VersionedName("hot@1")!

  static func url(_ row: Int) -> String { "https://example.org/\(row).jpg" }

  /// The list's hashes are MD5 of these rows' URLs.
  func putList(_ rows: some Sequence<Int>, _ name: String = "list.txt") throws -> String {
    try put(
      rows.map { row in
        Array(LegacyHash.paddedMD5(Array(Self.url(row).utf8).span).bytes.prefix(16)).hex + "\n"
      }.joined(), name)
  }

  func putShards(_ folder: String = "rows") throws -> [String] {
    try Directory.make("\(path)/\(folder)")
    return try [0..<20, 20..<40].enumerated().map { place, rows in
      try put(
        "URL,TEXT\n" + rows.map { "\(Self.url($0)),row \($0)\n" }.joined(),
        "\(folder)/\(place).csv")
    }
  }

  func publish(nonce: [UInt8]? = nil) throws -> Decided<PublishRelease.Answer> {
    try session(nonce: nonce).publishRelease(Self.release, files: try putShards())
  }

  func addList(
    _ rows: some Sequence<Int>, _ list: VersionedName = Place.list, nonce: [UInt8]? = nil
  ) throws -> Decided<AddHashList.Answer> {
    try session(nonce: nonce).addHashList(
      list, file: try putList(rows, "\(list).txt"), algorithm: .md5, of: .url,
      issuer: ActorName("publisher")!, asOf: nil)
  }

  func match(
    _ list: VersionedName = Place.list, on release: VersionedName = Place.release,
    nonce: [UInt8]? = nil
  ) throws -> Decided<MatchCompleted> {
    try session(nonce: nonce).match(
      release, list: list, file: "\(path)/\(list).txt", column: nil, hashesAsOf: nil)
  }

  func remove(
    _ reasonClass: ReasonClass = .privacy, basis: Basis = .hashMatch, matches: [UInt64]? = nil,
    on release: VersionedName = Place.release, nonce: [UInt8]? = nil
  ) throws -> Decided<Remove.Answer> {
    try session(nonce: nonce).remove(
      release, RemovalChoice(matches: matches), basis: basis, reasonClass: reasonClass)
  }

  /// The sequence of the removal that was recorded.
  func sequence(_ done: Decided<Remove.Answer>) throws -> UInt64 {
    try #require(done.recorded.last).receipt.sequence
  }

  func clean(
    to target: VersionedName = Place.cleaned, out: String = "out", nonce: [UInt8]? = nil
  ) throws -> Decided<Clean.Answer> {
    try session(nonce: nonce).clean(Self.release, to: target, out: "\(path)/\(out)")
  }

  /// Published, matched with the rows of a list, and these decided to go.
  func decide(_ rows: some Sequence<Int>) throws {
    _ = try publish()
    _ = try addList(rows)
    _ = try match()
    _ = try remove()
  }
}

extension Place {
  /// A dispute of an event, resolved for who opened it; gives the resolution's sequence.
  func upheld(_ sequence: UInt64) throws -> UInt64 {
    let target = try session().event(sequence).id
    let opened = try session(as: try hotline()).record(
      .disputeOpened(.init(target: target, grounds: .falsePositive)))
    return try session().record(
      .disputeResolved(.init(dispute: opened.receipt.id, outcome: .upheld))
    ).receipt.sequence
  }
}
