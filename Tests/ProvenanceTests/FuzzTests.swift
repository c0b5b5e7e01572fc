import CanonicalJSON
import LedgerCrypto
import Provenance
import TestSupport
import Testing

@Suite struct `Mutated bytes` {
  static let likely = #"{}[]",:0123456789abcdef.-\/@+= "#

  @Test func `of a statement are refused or are another statement`() throws {
    for bytes in Mutations(of: StatementSamples.payloads, likely: Self.likely, seed: 11) {
      guard let statement = try? Statement(payload: bytes) else { continue }
      #expect(statement.payload == bytes)
    }
  }

  @Test func `of an entry are refused or are another entry`() throws {
    let entries = try Story().ledger.entries
    for bytes in Mutations(of: entries.map(\.bytes), likely: Self.likely, seed: 12) {
      guard let entry = try? Entry(bytes: bytes) else { continue }
      #expect(
        try Entry(event: entry.event, recordedAt: entry.recordedAt).bytes == bytes)
    }
  }

  @Test func `of an entry are never admitted in its place`() throws {
    let ledger = try Story().ledger
    // The entry that registers the dataset, replayed after those before it.
    let place = 9
    var replay = Replay()
    for entry in ledger.entries.prefix(place) { _ = try replay.admit(entry) }
    let original = ledger.entries[place]
    let count = min(Mutations.standardCount, 20_000)
    for bytes in Mutations(of: [original.bytes], likely: Self.likely, seed: 13, count: count) {
      guard bytes != original.bytes, let entry = try? Entry(bytes: bytes) else { continue }
      var copy = replay
      // Only the operator's word, the time of admission, is not signed here.
      if entry.event.id == original.event.id,
        entry.event.signatures == original.event.signatures
      {
        continue
      }
      #expect(throws: ReplayFailure.self) { try copy.admit(entry) }
    }
  }

  @Test func `of a charter are refused or are another charter`() throws {
    let charter = Charter.initial.requiring(3, .auditor, for: .keyAdded).json.canonicalBytes
    for bytes in Mutations(of: [charter], likely: Self.likely, seed: 14) {
      guard let json = try? JSON(parsingCanonical: bytes),
        var reader = try? MemberReader(json, path: "charter"),
        let charter = try? Charter(from: &reader), (try? reader.finish()) != nil
      else { continue }
      #expect(charter.json.canonicalBytes == bytes)
    }
  }

  @Test func `of a bundle are refused, or spelled the same`() throws {
    let bundles = try [SampleBundle.complete(), SampleBundle.compact()].map(\.bytes)
    for bytes in Mutations(of: bundles, likely: Self.likely + "\n", seed: 15) {
      guard let bundle = try? Bundle(parsing: bytes) else { continue }
      #expect(bundle.bytes == bytes)
    }
  }
}
