internal import LedgerCrypto

/// What the rules of admission say of a few entries by themselves, whatever stands between them.
extension BundleVerifier {
  /// Holds the entries of a compact bundle to the rules that need one entry alone, or no others than
  /// these.
  ///
  /// - Parameters:
  ///   - ordered: the proven entries, ascending.
  ///   - since: the sequences of those that bring keys.
  mutating func checkRulesWithin(
    _ ordered: [(key: UInt64, value: Entry)], since: [Digest: UInt64]
  ) {
    let name = "rules within the bundle"
    var seen = SeenEntries(since: since)
    for (sequence, entry) in ordered {
      do { try seen.take(entry, at: sequence) } catch { return fail(name, .rule(error)) }
    }
    pass(name)
  }
}

/// What the entries of a bundle up to one say that it must not contradict.
private struct SeenEntries {
  /// From which sequence on a key counts.
  let since: [Digest: UInt64]
  var revoked: [Digest: UInt64] = [:]
  var releases: [VersionedName: UInt64] = [:]
  var events: Set<EventID> = []
  var lastRecordedAt: Timestamp?

  init(since: [Digest: UInt64]) { self.since = since }

  mutating func take(_ entry: Entry, at sequence: UInt64) throws(ReplayFailure) {
    guard events.insert(entry.event.id).inserted else {
      throw ReplayFailure(sequence, .repeated)
    }
    if let lastRecordedAt, entry.recordedAt < lastRecordedAt {
      throw ReplayFailure(sequence, .refused(.timeRunsBack(lastRecordedAt)))
    }
    lastRecordedAt = entry.recordedAt
    if sequence == 0 {
      // Nothing stands before it, so that every rule can be held against it.
      var replay = Replay()
      _ = try replay.admit(entry)
      return
    }
    do { try check(entry, at: sequence) } catch { throw ReplayFailure(sequence, .refused(error)) }
  }

  private mutating func check(_ entry: Entry, at sequence: UInt64) throws(Refusal) {
    let statement = entry.event.statement
    if case .ledgerCreated = statement.body { throw .alreadyCreated }
    try statement.checkMoments(size: sequence, recordedAt: entry.recordedAt)
    try statement.checkImportable()
    if statement.body.kind.isAuthority { try statement.checkValidity() }
    for id in statement.header.signers {
      if let at = revoked[id] { throw .revokedKey(id, by: at) }
      if let since = since[id], since > sequence { throw .unknownKey(id) }
    }
    switch statement.body {
    case .keyRevoked(let body): revoked[body.key] = revoked[body.key] ?? sequence
    case .releasePublished(let body):
      if let at = releases.updateValue(sequence, forKey: body.release) {
        throw .releaseExists(body.release, at: at)
      }
    default: break
    }
  }
}
