internal import LedgerCrypto
internal import Provenance

/// Removals, and what comes back of them.
extension TestHistory {
  /// The removal of what a union of matches and filters has.
  mutating func removalBody() -> Body? {
    let unions = ids[.unionComputed, default: []].suffix(40).filter { id in
      guard case .unionComputed(let union) = body(id), let source = union.sources.first else {
        return false
      }
      return finding(source.event) != nil
    }
    guard let id = unions.randomElement(using: &random), case .unionComputed(let union) = body(id)
    else { return nil }
    let isSealed = union.set.disclosure == .sealed
    return .removal(
      union.release.description, union: id, keys: union.union.keys, rows: union.union.rows,
      basis: pick(Basis.allCases),
      reason: isSealed && isOne(in: 2) ? .illegal : pick(ReasonClass.allCases),
      explained: union.explainedRows)
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
      unions: Set(cases.compactMap(\.union)).sorted(), keys: keys, rows: keys + amount(upTo: 2),
      disclosure: someDisclosure())
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
    /// The union by which the removal rests on what was looked at.
    var union: EventID?
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
      var union: EventID?
      if id != target, removal.union != target {
        guard case .unionComputed(let body) = body(removal.union),
          body.sources.contains(where: { $0.event == target })
        else { continue }
        union = removal.union
      }
      let most = min(removal.removed.keys, verified ?? .max)
      return Case(removal: id, ground: ground, union: union, most: most)
    }
    return nil
  }
}
