internal import LedgerCrypto
internal import Provenance

/// Datasets, their releases, and what became of them.
extension TestHistory {
  mutating func datasetBody(of kind: Kind) -> Body? {
    switch kind {
    case .datasetRegistered:
      let parent = isOne(in: 3) ? someRelease() : nil
      return .dataset("data/\(number)", derivedFrom: parent?.description)
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
        ? .derivativeCleaned(dataset.dataset.text, against: parent.description)
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
    ledger.state.catalog.datasets[dataset]?.columns == nil ? .laion : nil
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
      derivation: .from(
        parent.release.description, removed: removed, added: added,
        disclosure: isOne(in: 3) ? .open : .sealed,
        unreconciled: gap > 0
          ? Unreconciled(gap: Int64(gap), explanation: .of("why")) : nil))
  }

  /// A release that applies all that is pending for its parent, for which there is a union.
  private mutating func cleanedRelease() -> Body? {
    let catalog = ledger.state.catalog
    var ready: [(id: EventID, union: UnionComputed)] = []
    for id in ids[.unionComputed, default: []].suffix(30) {
      guard case .unionComputed(let union) = body(id),
        catalog.pendingRemovals(for: union.release).sorted() == union.sources.map(\.event),
        catalog.pendingReinstatements(for: union.release).map(\.event).sorted() == union.minus
      else { continue }
      ready.append((id, union))
    }
    // Where keys come back there is more to go wrong.
    let returning = ready.filter { !$0.union.minus.isEmpty }
    if !returning.isEmpty, isOne(in: 2) { ready = returning }
    guard let (id, union) = ready.randomElement(using: &random),
      let parent = catalog.releases[union.release]?.publication
    else { return nil }
    let absent = union.union.keys > 1 && isOne(in: 4) ? UInt64(1) : 0
    let removed = Tally(keys: union.union.keys - absent, rows: union.union.rows)
    let pending = Set(union.sources.map(\.event))
    var (gone, held) = (Tally(keys: 0, rows: 0), UInt64(0))
    for item in catalog.pendingReinstatements(for: union.release) {
      // Keys that no earlier release removed are there still.
      if item.removals.allSatisfy(pending.contains) {
        held += item.reinstated.keys
      } else {
        gone = Tally(
          keys: gone.keys + item.reinstated.keys, rows: gone.rows + item.reinstated.rows)
      }
    }
    guard removed.isOfPresentKeys, removed.keys < parent.tally.keys,
      removed.rows < parent.tally.rows
    else { return nil }
    let tally = Tally(
      keys: parent.tally.keys - removed.keys + gone.keys,
      rows: parent.tally.rows - removed.rows + gone.rows)
    guard tally.isOfPresentKeys else { return nil }
    let isOpen = isOne(in: 2)
    return .release(
      "\(union.release.name)@\(number)", keys: tally.keys, rows: tally.rows,
      manifest: isOpen ? .open : .sealed,
      derivation: .from(
        union.release.description, removed: removed, added: gone,
        removals: union.sources.map(\.event), reinstatements: union.minus, union: id,
        absentKeys: absent, heldKeys: union.minus.isEmpty ? nil : held,
        disclosure: isOpen ? .open : .sealed))
  }
}
