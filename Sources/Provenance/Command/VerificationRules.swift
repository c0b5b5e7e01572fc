internal import LedgerCrypto

extension LedgerState {
  /// What is verified was found, and what one actor verified of it adds up to no more than that.
  func check(
    _ body: VerificationRecorded, signers: [Digest], attributedTo: ActorName?,
    _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    guard let target = references[body.target] else { throw .causeUnknown(body.target) }
    guard target.statement.body.verifiableRelease != nil else {
      throw .wrongReference(
        body.target,
        expected: "a match, filter, removal or suspicion about a release, which can be verified")
    }
    let verifiers =
      attributedTo.map { [$0] } ?? Set(signers.compactMap { authority.keys[$0]?.actor }).sorted()
    if let replaces = body.replaces {
      guard let earlier = verifications.records[replaces], earlier.target == body.target,
        earlier.replaced == nil, earlier.verifiers == verifiers
      else {
        throw .wrongReference(
          replaces,
          expected: "a verification of the same by the same actor that no other replaced")
      }
    }
    let found = Found(target.statement.body)
    guard let most = found.most(of: body.count.unit) else { return }
    guard body.count.value <= most else { throw .moreThanFound(body.target, found: most) }
    for actor in verifiers {
      let earlier = verifications.standing(of: body.target).filter {
        $0.event != body.replaces && $0.verifiers.contains(actor)
      }
      if let last = earlier.last, found.isExceeded(by: earlier.map(\.count) + [body.count]) {
        throw .moreThanFoundTogether(body.target, by: actor, at: last.sequence)
      }
    }
  }
}

/// How much an event found at the most: keys and rows, or counts as they were stated.
private enum Found {
  case tally(Tally, isOfRemoval: Bool)
  case stated([Count])

  init(_ body: Body) {
    switch body {
    case .matchCompleted(let match): self = .tally(match.matched, isOfRemoval: false)
    case .filterCompleted(let filter): self = .tally(filter.matched, isOfRemoval: false)
    case .removalDecided(let removal): self = .tally(removal.removed, isOfRemoval: true)
    case .matchStated(let body): self = .stated(body.stated)
    case .filterStated(let body): self = .stated(body.stated)
    case .removalStated(let body): self = .stated(body.stated)
    case .suspicionReported(let body): self = .stated(body.counts)
    default: self = .stated([])
    }
  }

  /// The most in `unit`, or `nil` where nothing says; what a match found in another unit than keys, as
  /// hashes or photos, was in its rows.
  func most(of unit: CountUnit) -> UInt64? {
    switch (self, unit) {
    case (.tally(let tally, _), .keys): tally.keys
    case (.tally(let tally, _), .rows), (.tally(let tally, isOfRemoval: false), _): tally.rows
    case (.tally, _): nil
    case (.stated(let counts), _):
      counts.first {
        $0.unit == unit && ($0.exactness == .exact || $0.exactness == .atMost)
      }?.value
    }
  }

  /// Whether what was counted apart is together more than was found; each key has a row of its own.
  func isExceeded(by counts: [Count]) -> Bool {
    var sums: [CountUnit: UInt64] = [:]
    for count in counts where most(of: count.unit) != nil {
      sums[count.unit, default: 0] += count.value
    }
    if sums.contains(where: { unit, sum in most(of: unit).map { sum > $0 } ?? false }) {
      return true
    }
    guard case .tally(let tally, _) = self else { return false }
    return sums.values.reduce(0, +) > tally.rows
  }
}
