internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import TransparencyLog

/// Where the time of one event goes, stage by stage on one core, beside one signature.
enum StageBench {
  static func run(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let bench = try BenchLedger(at: scratch.fresh("stages"))
    let count = min(settings.events, 10_000)
    let events = try bench.prepared(count)
    let messages = events.map { SignedEvent.preAuthentication(of: $0.payload) }
    let entries = try events.map { event in
      try Entry(event: event, recordedAt: BenchLedger.now()).bytes
    }
    func stage(_ name: String, _ body: (Int) throws -> Void) throws -> Measurement {
      try Measurement.compare(
        name, size: count, rounds: settings.rounds, limit: "Ed25519 signs, one core", target: nil
      ) {
        try rate(1_000) { for index in 0..<1_000 { try sign(bench, messages[index % count]) } }
      } _: {
        try rate(count) { for index in 0..<count { try body(index) } }
      }
    }
    return [
      try stage("write a statement") { _ = events[$0].statement.payload },
      try stage("write and read a statement, sign") { index in
        _ = try SignedEvent(signing: events[index].statement, with: [bench.key])
      },
      try stage("sign the message alone") { try sign(bench, messages[$0]) },
      try stage("verify a signature") { index in
        guard events[index].firstInvalidSigner(keys: { _ in bench.key.verifyingKey }) == nil else {
          throw BenchFailure.refused("A signature is not valid.")
        }
      },
      try stage("read a statement") { _ = try Statement(payload: events[$0].payload) },
      try stage("read an entry") { _ = try Entry(bytes: entries[$0]) },
      try stage("write an envelope") { _ = events[$0].canonicalEnvelope },
      try stage("hash an entry's leaf") { _ = TreeHash.leaf(entries[$0]) },
    ]
  }

  private static func sign(_ bench: BenchLedger, _ message: [UInt8]) throws {
    _ = try bench.key.sign(message.span)
  }
}
