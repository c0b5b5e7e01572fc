internal import LedgerCrypto
internal import Rows
internal import SetCommitment

extension BundleVerifier {
  /// Presence or absence of a key in a release, and that the verifier's row has that key.
  mutating func checkLookup(
    _ claim: Claim, _ sequence: UInt64, _ key: Digest, _ witness: [UInt8], isPresent: Bool,
    name: String
  ) {
    guard let release = release(sequence, name: name) else { return }
    switch SetLookup.check(witness, root: release.root, kind: .release, key: key) {
    case .failed(let failure): return fail(name, .witness(failure))
    case .absent where isPresent, .present where !isPresent:
      return fail(name, .claimDiffers(isPresent: isPresent))
    case .absent, .present: break
    }
    guard let (_, rows) = try? SetLookup.root(of: WitnessBytes(witness), kind: .release),
      rows == release.tally.rows
    else { return fail(name, .rowsDiffer(release.release)) }
    guard rests(claim, on: [sequence], name: name) else { return }
    pass(name)
    guard let thing = heldThing(key, of: release.release, at: sequence) else { return }
    say(
      "\(thing.words) is \(isPresent ? "in" : "not in") \(release.release), published at sequence \(sequence) with \(release.tally.rows.of("row"))\(signedClause(sequence)).\(thing.grounds)\(Self.unreconciled(release))\(marked(sequence))",
      asOf: sequence)
    noteRolesNotShown()
    if !isPresent { note(notShown: .whyAbsent) }
    note(notShown: .root(release.release))
  }

  /// What the claim is about in words, and what these rest on: the verifier's row where one was given.
  private mutating func heldThing(
    _ key: Digest, of release: VersionedName, at sequence: UInt64
  ) -> (words: String, grounds: String)? {
    guard let row else { return ("the key \(key.hex)", "") }
    guard let rule = keyRule(of: release.name, at: sequence, name: "row") else { return nil }
    let registration = rule.registration
    let columns = rule.columns
    var secret: RowSecret?
    if registration.tagging == .keyed {
      guard let bytes = row.secret else {
        skip("row", .noSecret)
        return nil
      }
      guard let given = RowSecret(bytes: bytes), given.commitment == registration.secretCommitment
      else {
        fail("row", .otherSecret)
        return nil
      }
      secret = given
    }
    do {
      guard try RowKey.key(of: row.json, identity: columns.identity, secret: secret) == key else {
        fail("row", .otherRow)
        return nil
      }
    } catch {
      // Nothing is wrong with the bundle: the row that was brought cannot be looked for.
      skip("row", .noKey(error))
      return nil
    }
    let grounds = grounds(of: rule, release.name)
    guard rests(on: grounds, name: "row") else { return nil }
    // Only the rules, over all entries, say who may register a dataset and fix its columns.
    if state == nil, anchors.actors.isEmpty { note(notShown: .columns(grounds)) }
    pass("row")
    // The key covers no other column: rows that differ elsewhere have the same one.
    return (
      "a row with the \(grounds.names) of yours",
      " Rows of \(release.name) are found by \(grounds.names) as of \(grounds.sources)."
    )
  }

  /// Who says by which columns the rows of a dataset are found.
  func grounds(of rule: KeyRule, _ dataset: Name) -> KeyGrounds {
    KeyGrounds(
      dataset: dataset, columns: rule.columns.identity.map(\.name),
      registered: .init(rule.registered, attribution(rule.registered)),
      fixed: .init(rule.fixed, attribution(rule.fixed)))
  }

  /// Whether a sentence about rows may rest on who says which columns make the keys: where keys are
  /// pinned, the check is else skipped.
  mutating func rests(on grounds: KeyGrounds, name: String) -> Bool {
    let sources = [grounds.registered, grounds.fixed]
    if !anchors.actors.isEmpty, !sources.allSatisfy({ isPinned($0.sequence) }) {
      skip(name, .columnsNotPinned(grounds))
      return false
    }
    return true
  }

  /// How rows of a dataset become keys, as the bundle's entries up to `sequence` say.
  package struct KeyRule: Sendable {
    package let registration: DatasetRegistered
    let registered: UInt64
    package let columns: ColumnsFixed
    let fixed: UInt64
  }

  /// The one rule for the keys of `dataset`; with none or several no row is looked at.
  mutating func keyRule(of dataset: Name, at sequence: UInt64, name: String) -> KeyRule? {
    var registrations: [(UInt64, DatasetRegistered)] = []
    var columns: [(UInt64, ColumnsFixed)] = []
    for (place, entry) in proven where place <= sequence {
      switch entry.event.statement.body {
      case .datasetRegistered(let body) where body.dataset == dataset:
        registrations.append((place, body))
      case .releasePublished(let body) where body.release.name == dataset:
        if let fixed = body.columns { columns.append((place, fixed)) }
      default: break
      }
    }
    guard let (registered, registration) = registrations.first,
      let (fixed, identity) = columns.first
    else {
      skip(name, .noColumns(dataset))
      return nil
    }
    guard registrations.count == 1, columns.count == 1, registered < fixed,
      identity.identity.map({ Array($0.name.utf8) })
        == registration.identity.map({ Array($0.utf8) })
    else {
      fail(name, .columnsDiffer(dataset))
      return nil
    }
    return KeyRule(
      registration: registration, registered: registered, columns: identity, fixed: fixed)
  }

  /// Two releases differ by exactly the listed keys.
  mutating func checkTransition(
    _ claim: Claim, _ from: UInt64, _ to: UInt64, _ witness: BlobReference, _ lists: BlobReference,
    of bundle: Bundle, name: String
  ) {
    guard let before = release(from, name: name), let after = release(to, name: name) else {
      return
    }
    guard let derivation = after.derivation, derivation.parent == before.release else {
      return fail(name, .notDerived(after.release, from: before.release))
    }
    guard from < to else {
      return fail(
        name, .parentLater(before.release, at: from, child: after.release, childAt: to))
    }
    guard names(witness, bundle), names(lists, bundle) else {
      return fail(name, .transitionMissing)
    }
    guard let witnessBytes = attachment(witness, of: bundle),
      let listBytes = attachment(lists, of: bundle)
    else { return skip(name, .transitionElsewhere) }
    let changes: TransitionLists
    do { changes = try TransitionLists(listBytes) } catch { return fail(name, .lists(error)) }
    let transition: Transition
    do {
      transition = try Transition.check(
        WitnessBytes(witnessBytes), changes.stream, from: before.root, to: after.root)
    } catch { return fail(name, .transition(error)) }
    let changedRows = changes.changed.reduce(0) { $0 &+ $1.rows }
    guard transition.rowsBefore == before.tally.rows, transition.rowsAfter == after.tally.rows
    else { return fail(name, .transitionRowsDiffer) }
    guard
      derivation.removed == Tally(keys: transition.removedKeys, rows: transition.removedRows),
      derivation.added == Tally(keys: transition.addedKeys, rows: transition.addedRows),
      derivation.changed.keys == transition.changedKeys,
      derivation.changed.rowsAfter == changedRows,
      // What the changed keys had before follows from the two totals.
      derivation.changed.rowsBefore
        == transition.rowsBefore &+ transition.addedRows &+ changedRows
        &- transition.removedRows &- transition.rowsAfter
    else { return fail(name, .transitionDiffers(after.release)) }
    guard rests(claim, on: [from, to], name: name) else { return }
    pass(name)
    let sentence =
      "\(before.release) (sequence \(from), \(attribution(from))) became \(after.release) (sequence \(to), \(attribution(to))) by removing exactly \(transition.removedKeys.of("key")) with \(transition.removedRows.of("row")), changing \(transition.changedKeys.of("key")) and adding \(transition.addedKeys.grouped); nothing else changed.\(Self.unreconciled(before))\(Self.unreconciled(after))\(marked(from))\(marked(to))"
    say(sentence, asOf: to)
    noteRolesNotShown()
    if derivation.isCleaning { note(notShown: .decidedKeys) }
    note(notShown: .rootsOfTransition)
  }
}
