internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import SetCommitment

/// What a list of removed keys gives away about rows of class `illegal` (see the article What may be shown).
///
/// The rule by which a release is admitted (`LedgerState.isDilute`) looks at one batch: the removals
/// that a cleaning applies. It is all that counts can tell, and it is enough as long as a row is
/// decided on once: until then pending removals leave together, so that a row of class `illegal`
/// that is also removed as `privacy` is in one batch, counted as illegal. But the same rows can be
/// decided on again, on a parent or in another release of the dataset, after an open transition has
/// listed them; or first as `illegal` in a sealed batch, and later in one whose list would be open.
/// Then the one list says which rows they are and the other event says of what class, and equal
/// counts tie the two together. The log cannot see it: sets under secrets of their own never look
/// equal. The custodian can, who has the members.
///
/// So before a list leaves, and before a cleaning says that its list may, it is held against *every*
/// removal of class `illegal` in the dataset, not only those of its batch, and against whatever else
/// tells its rows apart (`PublicSets`): in which releases they are, and on which open lists and sets.
/// Among the rows that nothing tells apart, the others must hide those of that class as the charter
/// asks. Members that are sealed for us leave nothing to check, and the list sealed.
///
/// Nothing here delays a removal: what is too exposed becomes sealed from here on, and whoever decides
/// is told to take back what was published, without a number, for that would be a count of such rows
/// in a set that is known. What others copied before stays with them; no rule undoes that.
struct ListedRows {
  let parent: VersionedName
  /// The keys that left it.
  let removed: EntrySet
  /// The keys that came.
  let added: EntrySet
}

extension ListedRows {
  /// What a release lost and got since `parent`.
  init(_ diff: IndexDiff, since parent: VersionedName) {
    self.init(
      parent: parent, removed: EntrySet(diff.lists.removed),
      added: EntrySet(diff.lists.added.map(\.key)))
  }
}

extension Session {
  /// Whether a list may be shown beside `sets` and what is known to be illegal.
  func mayShow(
    _ list: ListedRows, beside sets: PublicSets, _ illegal: IllegalRows
  ) throws -> Bool {
    let state = try ledger.state
    guard !illegal.isEmpty, state.minimumDilution > 1 else { return true }
    // What comes back was said to be of that class.
    guard illegal.unknown == 0, list.added.intersection(illegal.keys).count == 0 else {
      return false
    }
    let shared = list.removed.intersection(illegal.keys)
    if shared.count == 0 { return true }
    let parent = try index(of: list.parent).source
    guard sets.isComplete, shared.intersection(illegal.ofPartialMatches).count == 0,
      // A key of several rows stands out among those of one.
      try shared.members.allSatisfy({ try parent.entry(of: $0)?.rows == 1 })
    else { return false }
    let hidden = try sets.traits(of: shared.members)
    var all: [PublicSets.Trait: UInt64] = [:]
    for key in list.removed.members where try parent.entry(of: key)?.rows == 1 {
      let trait = try sets.trait(of: key)
      if hidden[trait] != nil { all[trait, default: 0] += 1 }
    }
    return hidden.allSatisfy { trait, count in state.hides(count, among: all[trait] ?? 0) }
  }

  /// Whether a list may be shown now.
  func mayProve(_ list: ListedRows) throws -> Bool {
    let illegal = try illegalRows(of: list.parent.name)
    return try illegal.isEmpty
      || mayShow(list, beside: try publicSets(of: list.parent.name), illegal)
  }

  /// The releases whose list could be shown until now, and no longer can be beside `more`, or once
  /// `decided` is illegal, too, or `returning` no longer is.
  func exposed(
    of dataset: Name, decided: EntrySet = EntrySet([Digest]()),
    returning: EntrySet = EntrySet([Digest]()), beside more: PublicSets? = nil
  ) throws -> [VersionedName] {
    let known = try illegalRows(of: dataset)
    var illegal = known
    illegal.keys = illegal.keys.union(decided).subtracting(returning)
    if illegal.isEmpty { return [] }
    let lists = try ledger.state.catalog.releases(withKeysOf: dataset).filter { record in
      guard let derivation = record.publication.derivation else { return false }
      return derivation.disclosure == .open && derivation.removed.keys + derivation.added.keys > 0
    }
    if lists.isEmpty { return [] }
    let sets = try publicSets(of: dataset)
    var after = sets
    if let more { after.add(more) }
    if returning.count > 0 { after.add(returning) }
    var exposed: [VersionedName] = []
    for record in lists {
      let name = record.publication.release
      guard let list = try listed(by: record) else {
        // Handed out where its indexes were.
        if decided.count > 0 { exposed.append(name) }
        continue
      }
      let left = ListedRows(
        parent: list.parent, removed: list.removed.subtracting(returning), added: list.added)
      if try mayShow(list, beside: sets, known), try !mayShow(left, beside: after, illegal) {
        exposed.append(name)
      }
    }
    return exposed
  }

  /// What the list of a release says, or `nil` without both indexes.
  private func listed(by record: ReleaseRecord) throws -> ListedRows? {
    guard let parent = record.publication.derivation?.parent,
      Directory.holds(directory.index(of: parent)),
      Directory.holds(directory.index(of: record.publication.release))
    else { return nil }
    return ListedRows(try diff(parent, record.publication.release), since: parent)
  }
}
