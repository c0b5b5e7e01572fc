import Files
import Foundation
import LedgerCrypto
import LedgerStore
import Provenance
import Synchronization
import Testing
import Workflows

@Suite struct `Two processes` {
  let place: Place

  init() throws { place = try Place() }

  @Test func `that publish one release leave the winner its index and catalogue`() throws {
    let release = VersionedName("pets@1")!
    let won = place.compete(4) { index in
      _ = try place.session().publishRelease(
        release, files: ["\(place.path)/\(index.isMultiple(of: 2) ? "a" : "b").csv"])
    }
    #expect(won == 1)
    let session = try place.session()
    #expect(try session.release(release).publication.tally.rows == 1)
    _ = try session.index(of: release)
    #expect(try session.verifyRelease(release, files: []).matches)
  }

  @Test func `that publish one release wait for each other`() throws {
    let release = VersionedName("pets@1")!
    try Directory.make(place.directory.indexes)
    let lock = try FileLock(of: place.directory.index(of: release), waiting: false)
    #expect(throws: FileFailure.self) {
      try place.session().publishRelease(release, files: ["\(place.path)/a.csv"])
    }
    withExtendedLifetime(lock) {}
    #expect(!Directory.holds(place.directory.index(of: release)))
    #expect(throws: WorkflowFailure.self) { try place.session().release(release) }
  }

  @Test func `that store one secret keep the first`() throws {
    let secrets = try SecretDirectory(at: place.directory.secrets, passphrase: place.passphrase)
    for round in 0..<20 {
      let stored = Mutex<[UInt8]>([])
      let won = place.compete(8) { index in
        let secret = [UInt8](repeating: UInt8(index), count: 32)
        try secrets.put(secret, as: "list-hot@\(round)")
        stored.withLock { $0 = secret }
      }
      #expect(won == 1)
      #expect(try secrets.get("list-hot@\(round)") == stored.withLock { $0 })
    }
  }

  @Test func `that add one hash list leave the winner its secret`() throws {
    let list = VersionedName("hot@1")!
    try AtomicFile.write(
      Array((String(repeating: "ab", count: 16) + "\n").utf8), to: "\(place.path)/list.txt")
    let won = place.compete(4) { _ in
      _ = try place.session().addHashList(
        list, file: "\(place.path)/list.txt", algorithm: .md5, of: .image,
        issuer: ActorName("publisher")!, asOf: nil)
    }
    #expect(won == 1)
    let session = try place.session()
    #expect(try session.secrets().get(SecretDirectory.listName(list)) != nil)
  }

  /// Each is decided to follow the last authority event, and one of them is overtaken.
  @Test func `that grant one actor two roles at once grant both`() throws {
    let hotline = try place.hotline()
    for (one, two) in [(Role.matcher, Role.auditor), (.watchdog, .steward)] {
      let won = place.compete(2) { index in
        _ = try place.session().grant(index == 0 ? one : two, to: hotline)
      }
      #expect(won == 2)
      let roles = try place.session().view().state.authority.roles(of: hotline)
      #expect(roles.contains(one) && roles.contains(two))
    }
    #expect(try place.session().verifyLedger(remembered: nil).isIntact)
  }
}
