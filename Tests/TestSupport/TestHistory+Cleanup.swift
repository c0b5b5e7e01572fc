internal import LedgerCrypto
internal import Provenance

/// Removals, and what comes back of them.
extension TestHistory {
  /// A removal of what matches and filters on one release found; of class illegal more often than not
  /// where only matches did.
  mutating func removalBody() -> Body? {
    guard let found = someFindings(), found.keys > 0 else { return nil }
    let isOfMatches = found.sources.allSatisfy {
      if case .matchCompleted = body($0.0) { true } else { false }
    }
    let reason: ReasonClass =
      isOfMatches && !isOne(in: 3) ? .illegal : pick(ReasonClass.allCases)
    let isMarked = ledger.state.catalog.mark(of: found.release.name) != nil
    let decoys = 1 + amount(upTo: 5)
    return .removal(
      found.release.description, of: found.sources, keys: found.keys, rows: found.rows,
      basis: pick(Basis.allCases), reason: reason,
      decoys: reason == .illegal && isOne(in: 2) ? Tally(keys: decoys, rows: decoys) : nil,
      marks: reason == .illegal && !isMarked,
      disclosure: found.isOpen && !isMarked && isOne(in: 2) ? .open : .sealed)
  }

  /// Keys that come back from a removal, now and then from two, on what speaks against them.
  mutating func reinstatementBody() -> Body? {
    var found: [Case] = []
    for _ in 0..<8 where found.isEmpty { found += [someCase()].compactMap(\.self) }
    guard let first = found.first, case .removalDecided(let removal) = body(first.removal) else {
      return nil
    }
    var cases = [first]
    if isOne(in: 3), let second = someCase(), second.removal != first.removal,
      case .removalDecided(let other) = body(second.removal),
      other.release.name == removal.release.name
    {
      cases.append(second)
    }
    let most = cases.map(\.most).max() ?? 0
    if most == 0 { return nil }
    let keys = 1 + amount(upTo: most - 1)
    return .reinstatement(
      someRelease(of: removal.release, after: cases.map(\.removal)).description,
      of: cases.map(\.removal),
      grounds: Set(cases.map(\.ground)).sorted(),
      keys: keys, rows: keys + amount(upTo: 2), disclosure: someDisclosure())
  }

  /// The release on which removals were decided, or one that was cleaned of some since.
  private mutating func someRelease(
    of release: VersionedName, after removals: [EventID]
  ) -> VersionedName {
    let later = ids[.releasePublished, default: []].compactMap { id -> VersionedName? in
      guard case .releasePublished(let body) = self.body(id), let derivation = body.derivation,
        !Set(derivation.removals).isDisjoint(with: removals)
      else { return nil }
      return body.release
    }
    return later.isEmpty || isOne(in: 4) ? release : pick(later)
  }

  /// A removal and what speaks against it.
  private struct Case {
    let removal: EventID
    let ground: EventID
    let most: UInt64
  }

  private mutating func someCase() -> Case? {
    guard let ground = some(.disputeResolved, .verificationRecorded) else { return nil }
    let target: EventID
    var verified: UInt64?
    switch body(ground) {
    case .disputeResolved(let resolution)
    where resolution.outcome == .upheld || resolution.outcome == .partly:
      guard let dispute = ledger.state.disputes.records[resolution.dispute] else { return nil }
      target = dispute.target
    case .verificationRecorded(let verification) where verification.outcome == .falsePositive:
      target = verification.target
      verified = verification.count.leastKeysOrRows
    default: return nil
    }
    for id in ids[.removalDecided, default: []].suffix(60).reversed() {
      guard case .removalDecided(let removal) = body(id) else { continue }
      guard id == target || removal.sources.contains(where: { $0.event == target }) else {
        continue
      }
      let most = min(removal.removed.keys, verified ?? .max)
      return Case(removal: id, ground: ground, most: most)
    }
    return nil
  }
}
