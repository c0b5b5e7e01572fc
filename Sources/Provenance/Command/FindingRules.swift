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
    var sum = Tally(keys: 0, rows: 0)
    for source in body.sources {
      guard let event = references[source.event] else { throw .causeUnknown(source.event) }
      kinds.insert(event.statement.body.kind)
      switch event.statement.body {
      case .matchCompleted(let match) where match.release == body.release:
        guard match.matched == source.tally else { throw .sourceDiffers(source.event) }
      case .removalDecided(let removal) where line.contains(removal.release):
        guard removal.removed == source.tally else { throw .sourceDiffers(source.event) }
      default:
        throw .wrongReference(source.event, expected: "a match or removal on \(body.release)")
      }
      most = Tally(
        keys: max(most.keys, source.tally.keys), rows: max(most.rows, source.tally.rows))
      sum = Tally(keys: sum.keys + source.tally.keys, rows: sum.rows + source.tally.rows)
    }
    guard kinds.count == 1 else { throw .unionImpossible }
    let total = release.publication.tally
    guard body.union.keys >= most.keys, body.union.keys <= sum.keys, body.union.rows <= total.rows
    else { throw .unionImpossible }
    // Of matches, every row of a matched key may go, so that a union can have more rows than hits.
    if kinds == [.matchCompleted] {
      guard body.union.rows >= most.rows, body.union.keys <= total.keys else {
        throw .unionImpossible
      }
    } else {
      guard body.union.rows <= sum.rows else { throw .unionImpossible }
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
    guard union.union == body.removed else { throw .sourceDiffers(body.union) }
    if body.basis == .confirmed {
      let isConfirmed = header.causes.contains { cause in
        if case .verificationRecorded(let verification) = references[cause]?.statement.body {
          return verification.outcome == .confirmed
        }
        return false
      }
      guard isConfirmed else { throw .confirmationMissing }
    }
  }
}
