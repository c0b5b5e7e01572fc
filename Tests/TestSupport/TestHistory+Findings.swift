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
    case .unionComputed: return isOne(in: 2) ? unionOfFindings() : unionOfPending()
    default: return verification()
    }
  }

  /// Sealed more often than not.
  mutating func someDisclosure() -> Disclosure { isOne(in: 4) ? .open : .sealed }

  private mutating func found(in tally: Tally) -> Tally {
    let keys = amount(upTo: 20)
    return Tally(keys: keys, rows: keys + (keys > 0 ? amount(upTo: 3) : 0))
  }

  /// A union of matches and filters on one release.
  private mutating func unionOfFindings() -> Body? {
    guard let first = some(.matchCompleted, .filterCompleted), let found = finding(first) else {
      return nil
    }
    let others =
      ids[.matchCompleted, default: []].suffix(40) + ids[.filterCompleted, default: []].suffix(40)
    let fitting = others.filter { id in
      guard id != first, let other = finding(id) else { return false }
      return other.release == found.release && other.disclosure == found.disclosure
    }
    let sources = [first] + fitting.shuffled(using: &random).prefix(Int(amount(upTo: 2)))
    let findings = sources.compactMap { finding($0) }
    guard let release = ledger.state.catalog.releases[found.release]?.publication else {
      return nil
    }
    let tallies = findings.map(\.tally)
    let least = tallies.map(\.keys).max() ?? 0
    let keys = least + amount(upTo: tallies.reduce(0) { $0 + $1.keys } - least)
    let rows = max(keys, tallies.map(\.rows).max() ?? 0)
    let published = findings.filter(\.isPublished)
    let explained = published.map(\.tally.rows).max().map {
      published.count == findings.count ? rows : $0
    }
    return .union(
      release.release.description, of: Array(zip(sources, tallies)), keys: keys, rows: rows,
      explained: explained, disclosure: found.disclosure)
  }

  /// What a union reads of a match or filter.
  struct Finding {
    let release: VersionedName
    let tally: Tally
    let disclosure: Disclosure
    let isPublished: Bool
  }

  func finding(_ id: EventID) -> Finding? {
    switch body(id) {
    case .matchCompleted(let match):
      Finding(
        release: match.release, tally: match.matched, disclosure: match.set.disclosure,
        isPublished: match.set.disclosure == .open)
    case .filterCompleted(let filter):
      Finding(
        release: filter.release, tally: filter.matched, disclosure: filter.set.disclosure,
        isPublished: filter.filter.disclosure == .open || filter.set.disclosure == .open)
    default: nil
    }
  }

  /// A union of all that is to go from a release and its ancestors, less what is to come back.
  private mutating func unionOfPending() -> Body? {
    guard let release = someReleaseWithPending() else { return nil }
    let catalog = ledger.state.catalog
    let returning = catalog.pendingReinstatements(for: release.release)
    var sources: [(EventID, Tally)] = []
    var (keys, least, rows) = (UInt64(0), UInt64(0), UInt64(0))
    for id in catalog.pendingRemovals(for: release.release) {
      guard case .removalDecided(let removal) = body(id) else { continue }
      sources.append((id, removal.removed))
      let back = returning.filter { $0.removals.contains(id) }.reduce(0) { $0 + $1.reinstated.keys }
      let left = removal.removed.keys - min(removal.removed.keys, back)
      keys += left
      least = max(least, left)
      rows = max(rows, back == 0 ? removal.removed.rows : 0)
    }
    if sources.isEmpty, returning.isEmpty { return nil }
    if isOne(in: 2) { keys = least }
    rows = keys == 0 ? 0 : max(rows, keys)
    return .union(
      release.release.description, of: sources, keys: keys, rows: rows,
      minus: returning.map(\.event))
  }

  /// A release on which a removal or reinstatement was decided, or any.
  private mutating func someReleaseWithPending() -> ReleasePublished? {
    guard !isOne(in: 3), let id = some(.removalDecided, .reinstatementDecided) else {
      return someExactRelease()
    }
    return switch body(id) {
    case .removalDecided(let body): ledger.state.catalog.releases[body.release]?.publication
    case .reinstatementDecided(let body): ledger.state.catalog.releases[body.release]?.publication
    default: someExactRelease()
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
