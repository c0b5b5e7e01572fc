import Files
import Foundation
import LedgerCrypto
import Provenance
import Testing
import Workflows

/// Names that are another's name with an ending, as files for the time being once had.
@Suite struct `What is called like a file of the ledger, and a little longer` {
  static let endings = [".json", ".lock", ".partial", ".unfinished"]
  let place: Place

  init() throws { place = try Place() }

  @Test(arguments: endings) func `keeps its secret beside a dataset's`(ending: String) throws {
    func register(_ name: String) throws {
      _ = try place.session().registerDataset(
        Name(name)!, identity: ["id"], content: nil, tagging: .keyed)
    }
    try register("k\(ending)")
    let name = SecretDirectory.datasetName(Name("k\(ending)")!)
    let secret = try #require(try place.session().secrets().get(name))
    try register("k")
    #expect(try place.session().secrets().get(name) == secret)
    #expect(try place.session().secrets().get(SecretDirectory.datasetName(Name("k")!)) != secret)
  }

  @Test(arguments: endings) func `keeps its secret beside a list's`(ending: String) throws {
    let longer = VersionedName("hot@1\(ending)")!
    _ = try place.addList(0..<3, longer)
    let name = SecretDirectory.listName(longer)
    let secret = try #require(try place.session().secrets().get(name))
    _ = try place.addList(0..<4)
    #expect(try place.session().secrets().get(name) == secret)
  }

  @Test(arguments: endings) func `keeps its index beside a release's`(ending: String) throws {
    let longer = VersionedName("pets@1\(ending)")!
    _ = try place.session().publishRelease(longer, files: ["\(place.path)/a.csv"])
    _ = try place.publish()
    #expect(throws: (any Error).self) { try place.publish() }
    #expect(try place.session().verifyRelease(longer, files: []).matches)
    _ = try place.session().index(of: longer)
    _ = try place.session().index(of: Place.release)
    #expect(try place.session().verifyLedger(remembered: nil).isIntact)
  }

  @Test func `is no ledger that is being made`() throws {
    func make(_ name: String) throws {
      _ = try Creation.create(
        at: LedgerDirectory("\(place.path)/\(name)"), origin: Origin("ledger.example.org/mine")!,
        actor: ActorName("publisher")!, passphrase: place.passphrase)
    }
    try Directory.make("\(place.path)/mine.partial/keys")
    try Directory.make("\(place.path)/full")
    for name in ["mine.partial/keys/log.pem", "full/notes", "a-file"] { try place.put("x", name) }
    for name in ["full", "a-file", "ledger"] {
      #expect(throws: (any Error).self) { try make(name) }
    }
    try make("mine")
    #expect(throws: (any Error).self) { try make("mine") }
    #expect(try Directory.names(in: "\(place.path)/mine.partial/keys") == ["log.pem"])
    #expect(try Directory.names(in: "\(place.path)/full") == ["notes"])
    #expect(try Directory.names(in: place.path).filter(TemporaryName.isOne) == [])
    let mode = try FileManager.default.attributesOfItem(atPath: "\(place.path)/mine")[
      .posixPermissions]
    #expect(mode as? Int == 0o700)
  }
}
