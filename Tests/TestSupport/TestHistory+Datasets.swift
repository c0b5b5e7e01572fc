internal import LedgerCrypto
internal import Provenance
internal import Rows

/// Datasets, their releases, and what became of them.
extension TestHistory {
  mutating func datasetBody(of kind: Kind) -> Body? {
    switch kind {
    case .datasetRegistered:
      let parent = isOne(in: 3) ? someRelease() : nil
      // Some share their rows' keys with others.
      let identity = isOne(in: 2) ? "URL" : "URL \(number)"
      return .dataset("data/\(number)", identity: [identity], derivedFrom: parent?.description)
    case .releasePublished:
      if isOne(in: 6) { return statedBody(of: kind) }
      if isOne(in: 4) { return firstRelease() }
      return isOne(in: 3) ? changedRelease() : cleanedRelease() ?? changedRelease()
    case .releaseWithdrawn:
      return someRelease().map { .withdrawal($0.description, pick(WithdrawalScope.allCases)) }
    case .releaseObserved:
      guard let id = some(.releasePublished),
        case .releasePublished(let release) = body(id)
      else { return nil }
      return .observation(
        release.release.description, publication: id, root: isOne(in: 4) ? "another root" : nil,
        keys: release.tally.keys, rows: release.tally.rows)
    case .derivativeCleaned, .derivativeDeleted:
      guard let dataset = someDataset(), let parent = dataset.derivedFrom else { return nil }
      return kind == .derivativeCleaned
        ? .derivativeCleaned(
          dataset.dataset.text, against: parent.description,
          ledger.state.catalog.mark(of: parent.name) == nil ? .open : .sealed)
        : .derivativeDeleted(dataset.dataset.text)
    default: return availability()
    }
  }

  private mutating func availability() -> Body? {
    let state = pick(AvailabilityState.allCases)
    if isOne(in: 2), let release = someRelease() {
      return .availability(.release(release), host: someHost(), state)
    }
    guard let model = someModel() else { return nil }
    let artifact = isOne(in: 2) ? model.artifacts.randomElement(using: &random)?.sha256 : nil
    return .availability(.model(model.model), artifact: artifact, host: someHost(), state)
  }

  mutating func someHost() -> String { pick(["hub.example.org", "mirror.example.net"]) }

  /// A release without a parent.
  private mutating func firstRelease() -> Body? {
    guard let dataset = someDataset() else { return nil }
    let keys = 500 + amount(upTo: 1_000)
    return .release(
      "\(dataset.dataset)@\(number)", keys: keys, rows: keys + amount(upTo: 400),
      columns: columns(of: dataset.dataset), manifest: pick([.open, .sealed]))
  }

  /// The columns that the first release of a dataset fixes.
  private func columns(of dataset: Name) -> ColumnsFixed? {
    guard let record = ledger.state.catalog.datasets[dataset], record.columns == nil else {
      return nil
    }
    return ColumnsFixed(
      identity: record.registration.identity.map { Column($0, .string) },
      content: ColumnsFixed.laion.content)
  }

  /// A release that differs from its parent without being cleaned; its rows may not add up.
  private mutating func changedRelease() -> Body? {
    guard let parent = someExactRelease() else { return firstRelease() }
    let name = parent.release.name
    let (left, came) = (amount(upTo: 9), amount(upTo: 9))
    let removed = Tally(keys: left, rows: left)
    let added = Tally(keys: came, rows: came + (came > 0 ? amount(upTo: 2) : 0))
    let allowed = ledger.state.authority.founding?.charter.allowsUnreconciled == true
    let gap: UInt64 = allowed && isOne(in: 3) ? 1 + amount(upTo: 5) : 0
    let keys = parent.tally.keys + came - left
    return .release(
      "\(name)@\(number)", keys: keys, rows: parent.tally.rows + added.rows - left + gap,
      columns: columns(of: name),
      manifest: ledger.state.catalog.mark(of: name) == nil ? .open : .sealed,
      derivation: .from(
        parent.release.description, removed: removed, added: added,
        disclosure: isOne(in: 3) ? .open : .sealed,
        unreconciled: gap > 0
          ? Unreconciled(gap: Int64(gap), explanation: .of("why")) : nil))
  }

  /// A release that applies what comes next for its parent, and takes exactly what the decisions add
  /// up to.
  private mutating func cleanedRelease() -> Body? {
    let catalog = ledger.state.catalog
    // A few of the last: what comes next is asked of the whole line of each.
    let latest = ids[.releasePublished, default: []].suffix(60).shuffled(using: &random).prefix(20)
    let ready = latest.compactMap { id -> ReleasePublished? in
      if case .releasePublished(let body) = body(id) { body } else { nil }
    }.map { ($0, catalog.next(for: $0.release)) }.filter { !$0.1.isEmpty }
    // Where keys come back there is more to go wrong.
    let returning = ready.filter { $0.1.contains { !$0.isRemoval } }
    let choice = !returning.isEmpty && isOne(in: 2) ? returning : ready
    guard let (parent, decisions) = choice.randomElement(using: &random) else { return nil }
    let removals = decisions.filter(\.isRemoval)
    let now = Set(removals.map(\.event))
    let zero = Tally(keys: 0, rows: 0)
    var (removed, added) = (removals.reduce(zero) { $0 + $1.tally }, zero)
    for item in decisions where !item.isRemoval {
      if item.removals.allSatisfy({ !now.contains($0) }) {
        added = added + item.tally
      } else if removed.keys >= item.tally.keys, removed.rows >= item.tally.rows {
        // What no earlier release removed is there still.
        removed = Tally(
          keys: removed.keys - item.tally.keys, rows: removed.rows - item.tally.rows)
      }
    }
    guard removed.isOfPresentKeys, removed.keys < parent.tally.keys,
      removed.rows < parent.tally.rows
    else { return nil }
    let tally = Tally(
      keys: parent.tally.keys - removed.keys + added.keys,
      rows: parent.tally.rows - removed.rows + added.rows)
    guard tally.isOfPresentKeys else { return nil }
    let isOpen = catalog.mark(of: parent.release.name) == nil && isOne(in: 2)
    return .release(
      "\(parent.release.name)@\(number)", keys: tally.keys, rows: tally.rows,
      manifest: isOpen ? .open : .sealed,
      derivation: .from(
        parent.release.description, removed: removed, added: added, removals: Array(now),
        reinstatements: decisions.filter { !$0.isRemoval }.map(\.event),
        set: isOpen && isOne(in: 2) ? .open : .sealed, disclosure: isOpen ? .open : .sealed))
  }
}
