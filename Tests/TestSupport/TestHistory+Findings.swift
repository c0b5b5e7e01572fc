internal import LedgerCrypto
internal import Provenance

/// Lists, what was found by them, and unions of it.
extension TestHistory {
  mutating func findingBody(of kind: Kind) -> Body? {
    switch kind {
    case .hashListReceived:
      return .hashList("list-\(number)@v\(number % 3)", issuer: pick(actors).text)
    case .matchCompleted:
      guard let list = some(.hashListReceived), let release = someExactRelease() else {
        return nil
      }
      let found = found(in: release.tally)
      return .match(
        release.release.description, list: list, keys: found.keys, rows: found.rows,
        scanned: release.tally.rows, without: amount(upTo: 9), disclosure: someDisclosure())
    case .filterCompleted:
      guard let release = someExactRelease() else { return nil }
      let found = found(in: release.tally)
      return .filter(
        release.release.description, keys: found.keys, rows: found.rows,
        scanned: release.tally.rows, pick([.open, .sealed]), set: someDisclosure())
    case .unionComputed: return unionOfFindings()
    default: return verification()
    }
  }

  /// Sealed more often than not.
  mutating func someDisclosure() -> Disclosure { isOne(in: 4) ? .open : .sealed }

  private mutating func found(in tally: Tally) -> Tally {
    let keys = amount(upTo: 20)
    return Tally(keys: keys, rows: keys + (keys > 0 ? amount(upTo: 3) : 0))
  }

  /// What a union or removal of some findings can have.
  struct United {
    let release: VersionedName
    let sources: [(EventID, Tally)]
    let keys: UInt64
    let rows: UInt64
    /// Whether all their sets are open.
    let isOpen: Bool
  }

  /// Matches and filters on one release.
  mutating func someFindings() -> United? {
    guard let first = some(.matchCompleted, .filterCompleted), let found = finding(first) else {
      return nil
    }
    let others =
      ids[.matchCompleted, default: []].suffix(40) + ids[.filterCompleted, default: []].suffix(40)
    let fitting = others.filter { id in
      guard id != first, let other = finding(id) else { return false }
      return other.release == found.release
    }
    let sources = [first] + fitting.shuffled(using: &random).prefix(Int(amount(upTo: 2)))
    let findings = sources.compactMap { finding($0) }
    let tallies = findings.map(\.tally)
    let least = tallies.map(\.keys).max() ?? 0
    let keys = least + amount(upTo: tallies.reduce(0) { $0 + $1.keys } - least)
    return United(
      release: found.release, sources: Array(zip(sources, tallies)), keys: keys,
      rows: max(keys, tallies.map(\.rows).max() ?? 0),
      isOpen: findings.allSatisfy { $0.disclosure == .open })
  }

  private mutating func unionOfFindings() -> Body? {
    guard let found = someFindings() else { return nil }
    return .union(
      found.release.description, of: found.sources, keys: found.keys, rows: found.rows,
      disclosure: found.isOpen && isOne(in: 2) ? .open : .sealed)
  }

  /// What a union reads of a match or filter.
  struct Finding {
    let release: VersionedName
    let tally: Tally
    let disclosure: Disclosure
  }

  func finding(_ id: EventID) -> Finding? {
    switch body(id) {
    case .matchCompleted(let match):
      Finding(
        release: match.release, tally: match.matched, disclosure: match.set.disclosure)
    case .filterCompleted(let filter):
      Finding(
        release: filter.release, tally: filter.matched, disclosure: filter.set.disclosure)
    default: nil
    }
  }

  /// A verification of what was found or decided, half of the time of all of it.
  private mutating func verification() -> Body? {
    guard
      let target = some(.matchCompleted, .filterCompleted, .removalDecided, .suspicionReported)
    else { return nil }
    let outcome = pick(Outcome.allCases)
    let unit: CountUnit = pick([.keys, .rows])
    let tally: Tally
    if case .removalDecided(let removal) = body(target) {
      tally = removal.removed
    } else if let found = finding(target) {
      tally = found.tally
    } else {
      return .verification(target, outcome, count: amount(upTo: 3), unit: .unspecified)
    }
    let counts = ledger.state.verifications.standing(of: target).map(\.count)
    // What one actor may still verify is at least what is left of the verifications of all.
    func left(of found: UInt64, by counts: [Count]) -> UInt64 {
      found - min(found, counts.reduce(0) { $0 + $1.value })
    }
    let found = min(
      left(of: tally.rows, by: counts),
      left(of: unit == .keys ? tally.keys : tally.rows, by: counts.filter { $0.unit == unit }))
    return .verification(
      target, outcome, count: isOne(in: 2) ? found : amount(upTo: found), unit: unit)
  }
}
