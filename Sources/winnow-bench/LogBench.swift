internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import TransparencyLog

/// Work over a whole ledger, and proofs from it.
enum LogBench {
  static func verify(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let bench = try filled(settings, scratch)
    let size = Int(try bench.ledger.size)
    let verified = try Measurement.compare(
      "verify a whole ledger", size: size, rounds: settings.rounds,
      limit: "Ed25519 verifications, all cores", target: 0.90
    ) {
      try CryptoLimit.verifying()
    } _: {
      try rate(size) {
        let verdict = try bench.ledger.verify()
        // The bench keeps no attachments, and names none that is open.
        guard verdict.isIntact else { throw BenchFailure.refused("\(verdict.flaws)") }
      }
    }
    return [verified]
  }

  static func rebuild(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let bench = try filled(settings, scratch)
    let size = Int(try bench.ledger.size)
    let rebuilt = try Measurement.compare(
      "rebuild all projections", size: size, rounds: settings.rounds,
      limit: "stated: 200k events", target: 1
    ) {
      Speed.stated(200_000)
    } _: {
      try rate(size) { try bench.ledger.rebuildProjections() }
    }
    try PeakMemory.forget()
    try bench.ledger.rebuildProjections()
    let peak = Measurement.ceiling(
      "memory while rebuilding", size: size, unit: " MiB", try PeakMemory.mebibytes(), limit: 1_024)
    return [rebuilt, peak]
  }

  static func proof(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let bench = try filled(settings, scratch)
    let size = try bench.ledger.size
    let head = try bench.ledger.treeHead()
    let places = (0..<4_096 as Range<UInt64>).map { ($0 &* 0x9e37_79b9) % size }
    let makes = try Measurement.compare(
      "make inclusion proofs from SQLite", size: Int(size), rounds: settings.rounds,
      limit: "stated: Go tlog in memory", target: 0.5
    ) {
      Speed.stated(186_000)
    } _: {
      try rate(places.count) {
        for place in places { _ = try bench.ledger.inclusionProof(sequence: place, size: size) }
      }
    }
    var proofs: [(UInt64, Digest, InclusionProof)] = []
    for place in places {
      let entry = try bench.ledger.entries(from: place, limit: 1)[0]
      let proof = try bench.ledger.inclusionProof(sequence: place, size: size)
      proofs.append((place, TreeHash.leaf(entry), proof))
    }
    let checks = try Measurement.compare(
      "check inclusion proofs", size: Int(size), rounds: settings.rounds,
      limit: "stated: Go tlog in memory", target: 1
    ) {
      Speed.stated(206_000)
    } _: {
      try rate(proofs.count) {
        for (place, leaf, proof) in proofs {
          try proof.verify(leafHash: leaf, index: place, in: head)
        }
      }
    }
    return [makes, checks]
  }

  private static func filled(_ settings: Settings, _ scratch: Scratch) throws -> BenchLedger {
    let bench = try BenchLedger(at: scratch.fresh("ledger"))
    try bench.fill(settings.events)
    return bench
  }
}
