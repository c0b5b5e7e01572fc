/// Removed rows are to come back as they were, or rows that were to go are to stay.
package struct ReinstatementDecided: ListedKind {
  package static let kind = Kind.reinstatementDecided
  package var body: Body { .reinstatementDecided(self) }
  package static let standing = Standing.world([.publisher])

  package let release: VersionedName
  package let removals: [EventID]
  package let grounds: [EventID]
  package let reinstated: Tally
  package let set: SetReference

  package init(
    release: VersionedName, removals: [EventID], grounds: [EventID], reinstated: Tally,
    set: SetReference
  ) {
    self.release = release
    self.removals = removals.sorted()
    self.grounds = grounds.sorted()
    self.reinstated = reinstated
    self.set = set
  }

  package static let form = Form<Self>(
    "Removed rows are to come back as they were, or rows that were to go are to stay.",
    about: .release(\.release, set: \.set),
    Member(
      "release", \.release, "The release of the line on which it is decided.",
      concern: Topic.release),
    Member(
      "removals", \.removals,
      "The removals that the keys are taken back from, ascending; a key that another removal also names stays removed.",
      concern: Topic.event),
    Member(
      "grounds", \.grounds,
      "What it rests on, ascending: disputes resolved in favour of who opened them, or verifications with the outcome `false-positive`, whose counts bear out as many keys as they say of keys or rows, `exact` or `at-least`."
    ),
    Member(
      "reinstated", present: \.reinstated,
      "The keys, and the rows that they had when they were removed."),
    Member("set", \.set, "The keys."),
    make: Self.init,
    check: {
      $0.set.keys == $0.reinstated.keys && $0.reinstated.keys > 0 ? nil : "reinstated"
    })

  /// Keys come back from removals of the line, on grounds that reach every one of those removals.
  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    _ = try state.exactRelease(release)
    let line = state.catalog.line(of: release)
    let decided = Set(line.flatMap(\.removals))
    var most: UInt64 = 0
    for id in removals {
      guard decided.contains(id), let removal = judging.body(of: id, RemovalDecided.self)
      else { throw .wrongReference(id, expected: "a removal of the line of \(release)") }
      if removal.reasonClass == .decoy { throw .decoysStay(id) }
      most += removal.removed.keys
    }
    // A key is taken back from a removal once: what earlier ones took from these alone is used.
    let named = Set(removals)
    let used = line.flatMap(\.decisions).filter {
      !$0.isRemoval && named.isSuperset(of: $0.removals)
    }
    .reduce(0) { $0 + $1.tally.keys }
    let left = most - min(most, used)
    guard reinstated.keys <= left else {
      throw .moreThanRemoved(removals[0], left: left)
    }
    try checkGrounds(state, judging)
  }

  private func checkGrounds(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    var reached: Set<EventID> = []
    var verified: UInt64 = 0
    var isVerifiedOnly = true
    for id in grounds {
      guard let ground = judging.references[id] else { throw .causeUnknown(id) }
      let target: EventID
      switch ground.statement.body {
      case .disputeResolved(let resolution)
      where resolution.outcome == .upheld || resolution.outcome == .partly:
        guard let dispute = state.disputes.records[resolution.dispute] else {
          throw .causeUnknown(resolution.dispute)
        }
        target = dispute.target
        isVerifiedOnly = false
      case .verificationRecorded(let verification)
      where verification.outcome == .falsePositive
        && state.verifications.records[id]?.replaced == nil:
        target = verification.target
        verified += verification.count.leastKeysOrRows
      default:
        throw .wrongReference(
          id,
          expected: "a dispute resolved in favour or a verification with outcome false-positive")
      }
      let found = removals.filter { judging.rests($0, on: target) }
      guard !found.isEmpty else { throw .groundElsewhere(id) }
      reached.formUnion(found)
    }
    if let id = removals.first(where: { !reached.contains($0) }) {
      throw .groundMissing(id)
    }
    if isVerifiedOnly, reinstated.keys > verified {
      throw .moreThanFound(grounds[0], found: verified)
    }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let finding = FindingRecord(event, on: release, tally: reinstated)
    guard var record = state.catalog.releases[release] else { return [ProjectionChange(finding)] }
    record.decisions.append(Decision(self, event))
    state.catalog.releases[release] = record
    return [ProjectionChange(record), ProjectionChange(finding)]
  }

  package var listing: Listing? { Listing(of: release.name, [self.set.disclosure]) }
}

extension Judging {
  /// Whether `removal` is what was looked at, or rests on it: on a match or filter that it unites.
  fileprivate func rests(_ removal: EventID, on target: EventID) -> Bool {
    if removal == target { return true }
    return body(of: removal, RemovalDecided.self)?.sources.contains { $0.event == target } ?? false
  }
}
