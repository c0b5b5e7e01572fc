import CanonicalJSON
import Files
import Foundation
import LedgerCrypto
import LedgerStore
import Provenance
import Testing

@testable import Workflows

/// After an attachment is erased nothing of it is in the ledger directory.
@Suite struct `An erased attachment` {
  static let prose = "The name and the address of somebody."

  private func recorded(_ place: Place) throws -> Digest {
    _ = try place.session().record(
      .claimRecorded,
      [
        "claimant": "publisher", "about": [["dataset": "pets"]],
        "text": ["text": .string(Self.prose)],
      ])
    return try #require(
      place.session().event(2).statement.attachments.first?.reference.sha256)
  }

  /// Every file below the ledger directory in which `needle` is, the write-ahead log among them.
  private func holders(of needle: [UInt8], in place: Place) throws -> [String] {
    let files = try #require(FileManager.default.enumerator(atPath: place.directory.path))
    var found: [String] = []
    for case let name as String in files {
      let path = "\(place.directory.path)/\(name)"
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      if data.range(of: Data(needle)) != nil { found.append(name) }
    }
    return found
  }

  @Test func `is in no file of the directory`() throws {
    let place = try Place()
    let digest = try recorded(place)
    let stored = try #require(try place.session().ledger.attachment(digest))
    #expect(try !holders(of: Array(Self.prose.utf8), in: place).isEmpty)
    let reader = try place.session()  // Keeps the write-ahead log from being folded in.
    _ = try place.session().erase(
      "2/text", basis: .victimRequest, requestedBy: nil, reason: nil)
    #expect(try holders(of: Array(Self.prose.utf8), in: place) == [])
    #expect(try holders(of: Array(stored[..<32]), in: place) == [])
    #expect(try reader.ledger.verify().isIntact)
    #expect(try reader.ledger.verify().attachments.erased == 1)
  }

  @Test func `takes its data key with it`() throws {
    let place = try Place()
    _ = try place.publish()
    try place.putSealed()
    let session = try place.session()
    let use = try #require(session.event(3).statement.attachments.first)
    let name = SecretDirectory.attachmentName(use.reference.sha256)
    let key = try #require(try session.secrets().get(name))
    let wrapped = try OpenFile.readAll("\(place.directory.secrets)/\(name)", maxBytes: 4096)
    _ = try place.session().erase("3/filter", basis: .policy, requestedBy: nil, reason: nil)
    #expect(try place.session().secrets().get(name) == nil)
    #expect(try holders(of: key, in: place) == [])
    #expect(try holders(of: wrapped, in: place) == [])
    #expect(try session.ledger.attachment(use.reference.sha256) == nil)
  }

  @Test func `that a kill left is found by verify and destroyed by the next command`() throws {
    let place = try Place()
    let digest = try recorded(place)
    let target = try place.session().event(2).id
    // As killed right after the event was committed.
    try place.session().recordAndStop(
      .attachmentErased(.init(attachment: digest, events: [target], basis: .victimRequest)))
    let verdict = try place.session().ledger.verify()
    #expect(verdict.flaws.map(\.reason) == [.attachmentRemains(digest)])
    #expect(verdict.firstWrong == 3)
    _ = try place.session().registerDataset(
      Name("others")!, identity: ["URL"], content: nil, tagging: .plain)
    #expect(try holders(of: Array(Self.prose.utf8), in: place) == [])
    #expect(try place.session().ledger.verify().isIntact)
  }

  @Test func `that a kill left is destroyed by the same command again`() throws {
    let place = try Place()
    let digest = try recorded(place)
    let target = try place.session().event(2).id
    try place.session().recordAndStop(
      .attachmentErased(.init(attachment: digest, events: [target], basis: .victimRequest)))
    let again = try place.session().erase(
      "2/text", basis: .victimRequest, requestedBy: nil, reason: nil)
    #expect(again.recorded.isEmpty)
    #expect(try holders(of: Array(Self.prose.utf8), in: place) == [])
    #expect(throws: Refusal.self) {
      try place.session().erase("2/text", basis: .victimRequest, requestedBy: nil, reason: nil)
    }
  }

  @Test func `does not come back with a retry of what attached it`() throws {
    let place = try Place()
    let nonce = [UInt8](repeating: 7, count: 16)
    let json: JSON = [
      "claimant": "publisher", "about": [["dataset": "pets"]],
      "text": ["text": .string(Self.prose)],
    ]
    _ = try place.session(nonce: nonce).record(.claimRecorded, json)
    _ = try place.session().erase("2/text", basis: .policy, requestedBy: nil, reason: nil)
    #expect(try !place.session(nonce: nonce).record(.claimRecorded, json).receipt.isNew)
    #expect(try holders(of: Array(Self.prose.utf8), in: place) == [])
    #expect(try place.session().ledger.verify().isIntact)
  }

  @Test func `by a record of that kind is destroyed, too`() throws {
    let place = try Place()
    let digest = try recorded(place)
    _ = try place.session().record(
      .attachmentErased,
      [
        "attachment": .string(digest.hex), "events": [["sequence": 2]], "basis": "policy",
      ])
    #expect(try holders(of: Array(Self.prose.utf8), in: place) == [])
  }

  @Test func `that is withheld only stays here and is not shown`() throws {
    let place = try Place()
    let digest = try recorded(place)
    _ = try place.session().withhold("2/text", state: .withheld, basis: .courtOrder, reason: nil)
    let session = try place.session()
    let reference = try #require(session.event(2).statement.attachments.first?.reference)
    #expect(try session.openContent(reference) == nil)
    #expect(try session.ledger.hasAttachment(digest))
    #expect(try session.ledger.verify().attachments.withheld == 1)
    _ = try place.session().withhold("2/text", state: .returned, basis: .courtOrder, reason: nil)
    #expect(try place.session().openContent(reference) == Array(Self.prose.utf8))
  }

  @Test func `that nobody erased and that is missing is a flaw`() throws {
    let place = try Place()
    let digest = try recorded(place)
    let ledger = try place.session().ledger
    try Directory.remove(file: ledger.attachmentPath(digest))
    #expect(try ledger.verify().flaws.map(\.reason) == [.attachmentMissing(digest)])
    _ = try place.session().withhold("2/text", state: .withheld, basis: .courtOrder, reason: nil)
    #expect(try ledger.verify().isIntact)
    _ = try place.session().withhold("2/text", state: .returned, basis: .courtOrder, reason: nil)
    #expect(try ledger.verify().flaws.map(\.reason) == [.attachmentMissing(digest)])
  }
}

extension Place {
  /// A removal by row, whose filter is sealed: sequences 3 to 5.
  fileprivate func putSealed() throws {
    _ = try session().remove(
      Self.release, RemovalChoice(rows: .held([row(3)])), basis: .request, reasonClass: .privacy)
  }

  func row(_ number: Int) -> HeldRow {
    HeldRow(json: Array(#"{"URL":"\#(Self.url(number))"}"#.utf8), secret: nil)
  }
}
