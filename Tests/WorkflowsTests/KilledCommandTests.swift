import Files
import Foundation
import LedgerCrypto
import LedgerStore
import Provenance
import Testing
import Workflows

/// What a process leaves that was killed, and what the next makes of it.
@Suite struct `A killed command` {
  let place: Place

  init() throws { place = try Place() }

  /// Puts the ledger directory back as it was before `body`, and leaves other files: what a kill
  /// before the event was appended leaves, but for what `keeping` names.
  private func forgetting(_ keeping: [String], _ body: () throws -> Void) throws {
    let (whole, copy) = (place.directory.path, "\(place.path)/before")
    let files = FileManager.default
    try? files.removeItem(atPath: copy)
    try files.copyItem(atPath: whole, toPath: copy)
    try body()
    for name in keeping {
      try? files.removeItem(atPath: "\(copy)/\(name)")
      try files.copyItem(atPath: "\(whole)/\(name)", toPath: "\(copy)/\(name)")
    }
    try files.removeItem(atPath: whole)
    try files.moveItem(atPath: copy, toPath: whole)
  }

  @Test func `that stored a list's secret does not block its name`() throws {
    let name = SecretDirectory.listName(Place.list)
    try place.session().secrets().put([UInt8](repeating: 1, count: 32), as: name)
    _ = try place.publish()
    #expect(try place.addList(0..<5).recorded[0].receipt.isNew)
    #expect(try place.match().answer.matched.rows == 5)
    // Once it is recorded, it is not replaced again.
    let secret = try place.session().secrets().get(name)
    #expect(throws: Refusal.self) { try place.addList(0..<6) }
    #expect(try place.session().secrets().get(name) == secret)
  }

  @Test func `that stored a dataset's secret does not block its name`() throws {
    let name = Name("clinic")!
    try place.session().secrets().put(
      [UInt8](repeating: 1, count: 32), as: SecretDirectory.datasetName(name))
    func register() throws -> Recorded {
      try place.session().registerDataset(name, identity: ["id"], content: nil, tagging: .keyed)
    }
    _ = try register()
    // It opens only what the registration committed to.
    let session = try place.session()
    #expect(try session.rowSecret(of: try session.dataset(name)) != nil)
    #expect(throws: Refusal.self) { try register() }
    #expect(try session.rowSecret(of: try session.dataset(name)) != nil)
  }

  @Test func `whose secret cannot even be read does not block its name`() throws {
    try AtomicFile.write(
      [1, 2, 3],
      to: "\(place.directory.secrets)/\(SecretDirectory.listName(Place.list))", mode: 0o600)
    _ = try place.publish()
    _ = try place.addList(0..<5)
    #expect(try place.match().answer.matched.rows == 5)
  }

  @Test func `that wrote index and catalogue of a release leaves them to the next`() throws {
    try forgetting(["index", "catalog", "attachments", "secrets"]) { _ = try place.publish() }
    #expect(Directory.holds(place.directory.index(of: Place.release)))
    // Of other files, too: nothing of the first try is taken over.
    let done = try place.session().publishRelease(
      Place.release, files: ["\(place.path)/a.csv"])
    #expect(done.publication.tally.rows == 1)
    #expect(try place.session().verifyRelease(Place.release, files: []).matches)
    #expect(try place.session().verifyLedger(remembered: nil).isIntact)
  }

  /// The record of a cleaning names its files; a kill can leave any number of them.
  @Test(arguments: [[], ["0.csv"], ["1.csv"], ["0.csv", "1.csv"]])
  func `in the middle of cleaning is run again`(renamed: [String]) throws {
    try place.decide([1, 2, 30])
    let record = place.directory.unfinished(of: Place.cleaned)
    var files: [String: [UInt8]] = [:]
    try forgetting(["index", "attachments", "secrets"]) {
      _ = try place.clean()
      #expect(!Directory.holds(record))
      for name in ["0.csv", "1.csv"] {
        files[name] = try OpenFile.readAll("\(place.path)/out/\(name)", maxBytes: 1 << 20)
        if !renamed.contains(name) { try Directory.remove(file: "\(place.path)/out/\(name)") }
      }
    }
    try writeRecord(files)
    let done = try place.clean()
    #expect(done.removed.rows == 3)
    #expect(try Directory.names(in: "\(place.path)/out") == ["0.csv", "1.csv"])
    #expect(!Directory.holds(record))
    #expect(try place.session().verifyRelease(Place.cleaned, files: []).matches)
    #expect(try place.session().verifyLedger(remembered: nil).isIntact)
  }

  @Test func `in the middle of cleaning leaves files that later removals change`() throws {
    try place.decide([1, 2, 30])
    var files: [String: [UInt8]] = [:]
    try forgetting([]) {
      _ = try place.clean()
      for name in ["0.csv", "1.csv"] {
        files[name] = try OpenFile.readAll("\(place.path)/out/\(name)", maxBytes: 1 << 20)
      }
    }
    try writeRecord(files)
    let more = VersionedName("hot@2")!
    _ = try place.addList([5], more)
    _ = try place.match(more)
    _ = try place.remove()
    #expect(try place.clean().removed.rows == 4)
    #expect(try place.session().verifyRelease(Place.cleaned, files: []).matches)
  }

  @Test func `never makes someone's own file its own`() throws {
    try place.decide([1, 2, 30])
    var files: [String: [UInt8]] = [:]
    try forgetting([]) {
      _ = try place.clean()
      for name in ["0.csv", "1.csv"] {
        files[name] = try OpenFile.readAll("\(place.path)/out/\(name)", maxBytes: 1 << 20)
      }
    }
    try writeRecord(files)
    for other in ["URL,TEXT\nmine\n", String(decoding: files["0.csv"] ?? [], as: UTF8.self) + " "] {
      try place.put(other, "out/0.csv")
      #expect(throws: (any Error).self) { try place.clean() }
      #expect(
        try OpenFile.readAll("\(place.path)/out/0.csv", maxBytes: 1 << 20) == Array(other.utf8))
    }
    // A link to the very bytes is not the file.
    try place.put(String(decoding: files["0.csv"] ?? [], as: UTF8.self), "elsewhere.csv")
    try Directory.remove(file: "\(place.path)/out/0.csv")
    try FileManager.default.createSymbolicLink(
      atPath: "\(place.path)/out/0.csv", withDestinationPath: "\(place.path)/elsewhere.csv")
    _ = try place.clean()
    #expect(
      try OpenFile.readAll("\(place.path)/elsewhere.csv", maxBytes: 1 << 20) == files["0.csv"])
    // Without the record nothing is ours.
    #expect(throws: (any Error).self) {
      try place.clean(to: VersionedName("pets@3")!)
    }
  }

  @Test func `after its release was published only leaves the record, which goes`() throws {
    try place.decide([1, 2, 30])
    _ = try place.clean()
    let record = place.directory.unfinished(of: Place.cleaned)
    try writeRecord([:])
    #expect(Directory.holds(record))
    #expect(throws: Refusal.self) { try place.clean() }
    #expect(!Directory.holds(record))
    #expect(try place.session().verifyRelease(Place.cleaned, files: []).matches)
  }

  /// The record as a cleaning writes it: names, digests and sizes, and no count of rows.
  private func writeRecord(_ files: [String: [UInt8]]) throws {
    let named = files.isEmpty ? ["0.csv": []] : files
    let shards = named.sorted { $0.key < $1.key }.map { name, bytes in
      #"{"name":"\#(name)","path":"\#(place.path)/out/\#(name)","rows":0,"sha256":"\#(Digest(sha256: bytes).hex)","size":\#(bytes.count)}"#
    }
    try AtomicFile.write(
      Array(
        #"{"release":"\#(Place.cleaned)","shards":[\#(shards.joined(separator: ","))],"winnow":"catalog/1"}"#
          .utf8), to: place.directory.unfinished(of: Place.cleaned))
  }
}
