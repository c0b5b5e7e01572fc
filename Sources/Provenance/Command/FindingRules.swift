internal import LedgerCrypto

extension LedgerState {
  func check(_ body: HashListReceived) throws(Refusal) {
    if let record = catalog.lists[body.list] {
      throw .listExists(body.list, at: record.received)
    }
    if let record = stated.lists[body.list] { throw .listExists(body.list, at: record.sequence) }
    guard authority.actors[body.issuer] != nil else { throw .actorUnknown(body.issuer) }
  }

  func check(
    _ body: MatchCompleted, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    let release = try exactRelease(body.release)
    guard case .hashListReceived = references[body.list]?.statement.body else {
      throw .listUnknown(body.list)
    }
    let tally = release.publication.tally
    guard body.scannedRows == tally.rows else {
      throw .scannedDiffers(expected: tally.rows, actual: body.scannedRows)
    }
    try check(body.matched, of: release.publication)
  }

  /// What matched is a part of the release: every key that did not has a row at least.
  private func check(_ matched: Tally, of release: ReleasePublished) throws(Refusal) {
    let tally = release.tally
    guard matched.keys <= tally.keys, matched.rows <= tally.rows - (tally.keys - matched.keys)
    else { throw .matchImpossible(release.release, keys: tally.keys) }
  }

  func check(_ body: FilterCompleted) throws(Refusal) {
    let release = try exactRelease(body.release)
    let rows = release.publication.tally.rows
    guard body.scannedRows == rows else {
      throw .scannedDiffers(expected: rows, actual: body.scannedRows)
    }
    try check(body.matched, of: release.publication)
  }

  func check(
    _ body: RemovalDecided, _ header: Header, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    _ = try exactRelease(body.release)
    guard let event = references[body.union], case .unionComputed(let union) = event.statement.body,
      union.release == body.release
    else {
      throw .wrongReference(body.union, expected: "a union computed on \(body.release)")
    }
    // What was decided already is not decided again: a union of removals is for a cleaned release.
    let decided = Set(catalog.line(of: body.release).flatMap(\.removals))
    guard union.sources.allSatisfy({ !decided.contains($0.event) }) else {
      throw .wrongReference(body.union, expected: "a union of matches on \(body.release)")
    }
    // A union without sources is of reinstatements, and nothing goes by it.
    guard !union.sources.isEmpty, union.minus.isEmpty else {
      throw .wrongReference(body.union, expected: "a union of matches on \(body.release)")
    }
    guard union.union == body.removed, union.explainedRows == body.explainedRows else {
      throw .sourceDiffers(body.union)
    }
    if body.reasonClass == .illegal {
      // An open set or a published filter says which rows it chose.
      guard union.set.disclosure == .sealed, union.explainedRows == nil,
        header.evidence.allSatisfy({ $0.attachment.disclosure == .sealed })
      else { throw .disclosureDiffers(body.union) }
    }
    if body.basis == .confirmed {
      for source in union.sources {
        // What was taken back confirms nothing.
        let causes = header.causes.filter { verifications.records[$0]?.replaced == nil }
        guard Self.confirms(source, causes.compactMap { references[$0]?.statement.body })
        else { throw .confirmationMissing(source.event) }
      }
    }
  }

  /// Whether the verifications among `causes` confirm all that `source` found, together.
  private static func confirms(_ source: SourceTally, _ causes: [Body]) -> Bool {
    var keys: UInt64 = 0
    var rows: UInt64 = 0
    for case .verificationRecorded(let verification) in causes
    where verification.target == source.event && verification.outcome == .confirmed {
      let count = verification.count
      guard count.exactness == .exact || count.exactness == .atLeast else { continue }
      switch count.unit {
      case .keys: keys += count.value
      case .rows: rows += count.value
      default: continue
      }
    }
    return keys >= source.tally.keys || rows >= source.tally.rows
  }
}
