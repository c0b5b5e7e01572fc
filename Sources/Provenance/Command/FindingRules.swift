internal import LedgerCrypto

extension LedgerState {
  func check(_ body: HashListReceived) throws(Refusal) {
    if let record = catalog.lists[body.list] {
      throw .listExists(body.list, at: record.received)
    }
    guard authority.actors[body.issuer] != nil else { throw .actorUnknown(body.issuer) }
  }

  func check(
    _ body: MatchCompleted, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard let release = catalog.releases[body.release] else {
      throw .releaseUnknown(body.release)
    }
    guard case .hashListReceived = references[body.list]?.statement.body else {
      throw .listUnknown(body.list)
    }
    let tally = release.publication.tally
    guard body.scannedRows == tally.rows else {
      throw .scannedDiffers(expected: tally.rows, actual: body.scannedRows)
    }
    guard body.matched.keys <= tally.keys else {
      throw .matchImpossible(body.release, keys: tally.keys)
    }
  }

  func check(
    _ body: UnionComputed, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard let release = catalog.releases[body.release] else {
      throw .releaseUnknown(body.release)
    }
    if let id = body.minus.first {
      throw .wrongReference(id, expected: "a reinstatement of this dataset")
    }
    let line = Set(catalog.line(of: body.release).map(\.publication.release))
    var kinds: Set<Kind> = []
    var most = Tally(keys: 0, rows: 0)
    // Of at most 256 counts below 2^53, so that no sum overflows.
    var sum = Tally(keys: 0, rows: 0)
    var isOfOneRelease = true
    for source in body.sources {
      guard let event = references[source.event] else { throw .causeUnknown(source.event) }
      kinds.insert(event.statement.body.kind)
      var rows = source.tally.rows
      switch event.statement.body {
      case .matchCompleted(let match) where match.release == body.release:
        guard match.matched == source.tally else { throw .sourceDiffers(source.event) }
        // Opening what is sealed shows it. Sealing what is open hides nothing: a removal of class
        // `illegal` could then name, by way of the union, an open set of such rows.
        guard match.set.disclosure == body.set.disclosure else {
          throw .disclosureDiffers(source.event)
        }
      case .removalDecided(let removal) where line.contains(removal.release):
        guard removal.removed == source.tally else { throw .sourceDiffers(source.event) }
        if removal.reasonClass == .illegal, body.set.disclosure == .open {
          throw .disclosureDiffers(source.event)
        }
        // On a later release the same keys can have other rows.
        if removal.release != body.release {
          isOfOneRelease = false
          rows = 0
        }
      default:
        throw .wrongReference(source.event, expected: "a match or removal on \(body.release)")
      }
      most = Tally(keys: max(most.keys, source.tally.keys), rows: max(most.rows, rows))
      sum = Tally(keys: sum.keys + source.tally.keys, rows: sum.rows + source.tally.rows)
    }
    guard kinds.count == 1 else { throw .unionImpossible }
    let total = release.publication.tally
    let union = body.union
    guard union.keys >= most.keys, union.keys <= sum.keys, union.rows >= most.rows,
      union.rows <= total.rows
    else { throw .unionImpossible }
    // Of matches, every row of a matched key may go, so that a union can have more rows than hits.
    if kinds == [.matchCompleted] {
      guard union.isOfPresentKeys, union.keys <= total.keys else { throw .unionImpossible }
    } else if isOfOneRelease {
      guard union.rows <= sum.rows else { throw .unionImpossible }
    }
  }

  func check(
    _ body: VerificationRecorded, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard let target = references[body.target] else { throw .causeUnknown(body.target) }
    guard case .matchCompleted(let match) = target.statement.body else {
      throw .wrongReference(body.target, expected: "a match that can be verified")
    }
    let found = body.count.unit == .keys ? match.matched.keys : match.matched.rows
    guard body.count.value <= found else { throw .moreThanFound(body.target, found: found) }
  }

  func check(
    _ body: RemovalDecided, _ header: Header, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard catalog.releases[body.release] != nil else { throw .releaseUnknown(body.release) }
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
    guard union.union == body.removed else { throw .sourceDiffers(body.union) }
    if body.reasonClass == .illegal, union.set.disclosure == .open {
      throw .disclosureDiffers(body.union)
    }
    if body.basis == .confirmed {
      for source in union.sources {
        guard Self.confirms(source, header.causes.compactMap { references[$0]?.statement.body })
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
