internal import Dispatch
internal import Provenance
internal import Synchronization

/// Appends of own events and admission of others'.
enum AppendBench {
  private static let batch = 256

  static func run(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let raw = try SQLiteLimit(path: scratch.fresh("raw"))
    let bench = try BenchLedger(at: scratch.fresh("append"))
    let count = settings.events / 6
    let single = try Measurement.compare(
      "append, one signed event a commit", size: count, rounds: settings.rounds,
      limit: "SQLite commits of one 700 B row", target: 0.70
    ) {
      try raw.rate(rows: count, batch: 1)
    } _: {
      let events = try bench.prepared(count)
      return try rate(events.count) {
        for event in events { try bench.admit([event], verified: true) }
      }
    }
    let batches = try Measurement.compare(
      "sign and append, batches of 256", size: settings.events, rounds: settings.rounds,
      limit: "Ed25519 signs, all cores", target: 0.60
    ) {
      try CryptoLimit.signing()
    } _: {
      try submit(settings.events, to: bench) {
        try bench.admit(bench.events(batch), verified: true)
      }
    }
    let writing = try Measurement.compare(
      "append of signed events, batches of 256", size: settings.events, rounds: settings.rounds,
      limit: "SQLite rows, commits of 256", target: nil
    ) {
      try raw.rate(rows: settings.events, batch: batch)
    } _: {
      let events = try bench.prepared(settings.events)
      return try rate(events.count) {
        for start in stride(from: 0, to: events.count, by: batch) {
          let end = min(events.count, start + batch)
          try bench.admit(Array(events[start..<end]), verified: true)
        }
      }
    }
    return [single, batches, writing]
  }

  static func admit(_ settings: Settings, _ scratch: Scratch) throws -> [Measurement] {
    let bench = try BenchLedger(at: scratch.fresh("admit"))
    let admitted = try Measurement.compare(
      "admit others' events, batches of 256", size: settings.events, rounds: settings.rounds,
      limit: "Ed25519 verifications, all cores", target: 0.85
    ) {
      try CryptoLimit.verifying()
    } _: {
      let events = try bench.prepared(settings.events)
      let next = Mutex(0)
      return try submit(events.count, to: bench) {
        let start = next.withLock { next in
          defer { next += batch }
          return next
        }
        let end = min(events.count, start + batch)
        if start < end { try bench.admit(Array(events[start..<end]), verified: false) }
      }
    }
    return [admitted]
  }

  /// Runs `body` once for each batch of `count`, by one submitter more than there are cores.
  ///
  /// While one waits for the disk the others sign, as submitters of a server do.
  private static func submit(
    _ count: Int, to bench: BenchLedger, _ body: @Sendable () throws -> Void
  ) throws -> Speed {
    let batches = (count + batch - 1) / batch
    let left = Mutex(batches)
    let failure = Mutex<(any Error)?>(nil)
    let measured = rate(batches * batch) {
      DispatchQueue.concurrentPerform(iterations: CryptoLimit.cores + 1) { _ in
        while left.withLock({ left in
          left -= 1
          return left >= 0
        }) {
          do { try body() } catch { failure.withLock { $0 = error } }
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return measured
  }
}
