internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import SetCommitment

/// What a list of removed keys gives away about rows of class `illegal` (DESIGN.md section 11).
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
/// removal of class `illegal` in the dataset, not only those of its batch, and it may leave only
/// when the other rows on it hide these as the charter asks. Members that are sealed for us, too,
/// count as if all of them were on the list. Nothing here delays a removal: what is too exposed
/// becomes sealed from here on, and whoever decides is told to take back what was published, without
/// a number, for that would be a count of such rows in a set that is known. What others copied
/// before stays with them; no rule undoes that.
struct IllegalRows: Sendable {
  /// Their keys, as far as the members are here.
  let keys: EntrySet
  /// How many more there may be at most, whose members are not here.
  let unknown: UInt64

  var isEmpty: Bool { keys.count == 0 && unknown == 0 }
}

extension Session {
  /// The keys of all removals of class `illegal` that were decided on releases of `dataset`.
  func illegalRows(of dataset: Name, with more: EntrySet = EntrySet([Digest]())) throws
    -> IllegalRows
  {
    var keys = more
    var unknown: UInt64 = 0
    let releases = try ledger.state.catalog.releases.values.filter {
      $0.publication.release.name == dataset
    }
    for id in releases.flatMap(\.removals) {
      let removal = try removal(id)
      guard removal.decision.reasonClass == .illegal else { continue }
      if let members = try membersHere(of: removal) {
        keys = keys.union(members)
      } else {
        unknown += removal.decision.removed.keys
      }
    }
    return IllegalRows(keys: keys, unknown: unknown)
  }

  /// A removal as decided, with the union whose set it removes.
  struct DecidedRemoval {
    let event: AdmittedEvent
    let decision: RemovalDecided
    let unionEvent: AdmittedEvent
    let union: UnionComputed
  }

  func removal(_ id: EventID) throws -> DecidedRemoval {
    guard let event = try ledger.event(id: id),
      case .removalDecided(let decision) = event.statement.body,
      let unionEvent = try ledger.event(id: decision.union),
      case .unionComputed(let union) = unionEvent.statement.body
    else { throw WorkflowFailure.noEvent(id.description) }
    return DecidedRemoval(event: event, decision: decision, unionEvent: unionEvent, union: union)
  }

  /// The keys of a removal, or `nil` where they are sealed for us.
  func membersHere(of removal: DecidedRemoval) throws -> EntrySet? {
    guard Directory.exists(directory.secrets) else { return nil }
    do {
      return EntrySet(
        try members(
          of: removal.union.set, event: removal.unionEvent, secrets: try secrets()))
    } catch WorkflowFailure.membersSealed {
      return nil
    }
  }

  /// Whether a list of the keys that left `parent`, with `rows` rows, and of those that came back may be
  /// shown beside what is known to be illegal.
  ///
  /// `decoys` are keys on the list that are not among `removed` yet.
  func mayShow(
    _ removed: EntrySet, rows: UInt64, returned: EntrySet = EntrySet([Digest]()),
    of parent: VersionedName, decoys: UInt64 = 0, illegal: IllegalRows
  ) throws -> Bool {
    if illegal.isEmpty { return true }
    let shared = removed.intersection(illegal.keys)
    let known = shared.count == 0 ? 0 : try self.rows(of: shared.members, in: parent)
    // Rows that come back from a removal of that class were said to be of it.
    let back = UInt64(returned.intersection(illegal.keys).count)
    let listed = UInt64(removed.count + returned.count) + decoys
    return try ledger.state.hides(known + back + min(illegal.unknown, listed), among: rows)
  }

  /// The releases whose transition was to be shown openly, and no longer can be once `keys` are
  /// removed as illegal, too.
  func exposed(by keys: EntrySet, of dataset: Name) throws -> [VersionedName] {
    let illegal = try illegalRows(of: dataset, with: keys)
    var exposed: [(UInt64, VersionedName)] = []
    for record in try ledger.state.catalog.releases.values {
      let name = record.publication.release
      guard name.name == dataset, let derivation = record.publication.derivation,
        derivation.disclosure == .open, derivation.removed.keys > 0
      else { continue }
      let shown: Bool
      if let left = try left(keys, derivation.parent, name) {
        // Others of class illegal were held against the list when it was opened.
        let all = try self.left(illegal.keys, derivation.parent, name) ?? left
        shown =
          try left.count == 0
          || mayShow(all, rows: derivation.removed.rows, of: derivation.parent, illegal: illegal)
      } else {
        shown = try ledger.state.hides(
          min(UInt64(keys.count), derivation.removed.keys), among: derivation.removed.rows)
      }
      if !shown { exposed.append((record.published, name)) }
    }
    return exposed.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Those of `keys` that are in `parent` and not in `child`, or `nil` without both indexes.
  private func left(
    _ keys: EntrySet, _ parent: VersionedName, _ child: VersionedName
  ) throws -> EntrySet? {
    guard Directory.holds(directory.index(of: parent)), Directory.holds(directory.index(of: child))
    else { return nil }
    let before = try index(of: parent).source
    let after = try index(of: child).source
    return EntrySet(
      try keys.members.filter { try before.holds($0) && !after.holds($0) })
  }
}
