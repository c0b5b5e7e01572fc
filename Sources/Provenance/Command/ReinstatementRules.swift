internal import LedgerCrypto

extension LedgerState {
  /// Keys come back from removals of the line, on grounds that reach every one of those removals.
  func check(
    _ body: ReinstatementDecided, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    _ = try exactRelease(body.release)
    let line = catalog.line(of: body.release)
    let decided = Set(line.flatMap(\.removals))
    var most: UInt64 = 0
    for id in body.removals {
      guard decided.contains(id), case .removalDecided(let removal) = references[id]?.statement.body
      else { throw .wrongReference(id, expected: "a removal of the line of \(body.release)") }
      if removal.reasonClass == .decoy { throw .decoysStay(id) }
      if removal.reasonClass == .illegal, body.set.disclosure == .open {
        throw .disclosureDiffers(id)
      }
      most += removal.removed.keys
      // What several reinstatements share, only one of them can bring back.
      let taken = body.removals == [id] ? catalog.reinstatedKeys(of: id, in: line) : 0
      let left = removal.removed.keys - min(removal.removed.keys, taken)
      guard body.removals != [id] || body.reinstated.keys <= left else {
        throw .moreThanRemoved(id, left: left)
      }
    }
    guard body.reinstated.keys <= most else {
      throw .moreThanRemoved(body.removals[0], left: most)
    }
    try checkGrounds(body, references)
  }

  private func checkGrounds(
    _ body: ReinstatementDecided, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    var reached: Set<EventID> = []
    var verified: UInt64 = 0
    var isVerifiedOnly = true
    for id in body.grounds {
      guard let ground = references[id] else { throw .causeUnknown(id) }
      let target: EventID
      switch ground.statement.body {
      case .disputeResolved(let resolution)
      where resolution.outcome == .upheld || resolution.outcome == .partly:
        guard let dispute = disputes.records[resolution.dispute] else {
          throw .causeUnknown(resolution.dispute)
        }
        target = dispute.target
        isVerifiedOnly = false
      case .verificationRecorded(let verification)
      where verification.outcome == .falsePositive && verifications.records[id]?.replaced == nil:
        target = verification.target
        verified += verification.count.leastKeysOrRows
      default:
        throw .wrongReference(
          id,
          expected: "a dispute resolved in favour or a verification with outcome false-positive")
      }
      let found = body.removals.filter { rests($0, on: target, body.unions, references) }
      guard !found.isEmpty else { throw .groundElsewhere(id) }
      reached.formUnion(found)
    }
    if let id = body.removals.first(where: { !reached.contains($0) }) {
      throw .groundMissing(id)
    }
    if isVerifiedOnly, body.reinstated.keys > verified {
      throw .moreThanFound(body.grounds[0], found: verified)
    }
  }

  /// Whether `removal` is what was looked at, or rests on it: on its union, or on a match or filter
  /// of that union, which the reinstatement then names.
  private func rests(
    _ removal: EventID, on target: EventID, _ unions: [EventID],
    _ references: [EventID: AdmittedEvent]
  ) -> Bool {
    guard removal != target else { return true }
    guard case .removalDecided(let body) = references[removal]?.statement.body else { return false }
    guard body.union != target else { return true }
    guard unions.contains(body.union),
      case .unionComputed(let union) = references[body.union]?.statement.body
    else { return false }
    return union.sources.contains { $0.event == target }
  }
}
