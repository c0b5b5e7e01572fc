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
    case .failed(let failure): return fail(name, failure.description)
    case .absent where isPresent:
      return fail(name, "The witness shows that the key is absent, and the claim says present.")
    case .present where !isPresent:
      return fail(name, "The witness shows that the key is present, and the claim says absent.")
    case .absent, .present: break
    }
    guard let (_, rows) = try? SetLookup.root(of: WitnessBytes(witness), kind: .release),
      rows == release.tally.rows
    else {
      return fail(name, "The rows under the root are not those that \(release.release) states.")
    }
    guard rests(claim, on: [sequence], name: name) else { return }
    pass(name)
    guard let thing = heldThing(key, of: release.release, at: sequence) else { return }
    say(
      "\(thing.words) is \(isPresent ? "in" : "not in") \(release.release), published at sequence \(sequence) with \(release.tally.rows.of("row"))\(signedClause(sequence)).\(thing.grounds)\(Self.unreconciled(release))\(marked(sequence))",
      asOf: sequence)
    noteRolesNotShown()
    note(notShown: "why a row is absent: only its custodian can say")
    note(
      notShown: "that the root of \(release.release) was computed from its files (level rebuilt)")
  }

  /// What the claim is about in words, and what these rest on: the verifier's row where one was given.
  private mutating func heldThing(
    _ key: Digest, of release: VersionedName, at sequence: UInt64
  ) -> (words: String, grounds: String)? {
    guard let row else { return ("the key \(key.hex)", "") }
    guard let rule = keyRule(of: release.name, at: sequence) else { return nil }
    let registration = rule.registration
    let columns = rule.columns
    var secret: RowSecret?
    if registration.tagging == .keyed {
      guard let bytes = row.secret else {
        skip(
          "row",
          "The dataset is keyed, so that a sentence about a row needs its secret; give --secret-file."
        )
        return nil
      }
      guard let given = RowSecret(bytes: bytes), given.commitment == registration.secretCommitment
      else {
        fail("row", "The secret is not the one that the dataset was registered with.")
        return nil
      }
      secret = given
    }
    do {
      guard try RowKey.key(of: row.json, identity: columns.identity, secret: secret) == key else {
        fail("row", "The claim is about another key than that of your row.")
        return nil
      }
    } catch {
      // Nothing is wrong with the bundle: the row that was brought cannot be looked for.
      skip("row", error.description)
      return nil
    }
    // The key covers no other column: rows that differ elsewhere have the same one.
    let names = columns.identity.map(\.name).joined(separator: ", ")
    guard let grounds = grounds(of: rule, names, in: release.name) else { return nil }
    pass("row")
    return ("a row with the \(names) of yours", grounds)
  }

  /// Who says which columns make the keys of `dataset`, as a sentence; `nil` where the verifier pinned
  /// keys and not theirs, so that the row is skipped.
  private mutating func grounds(
    of rule: KeyRule, _ names: String, in dataset: Name
  ) -> String? {
    let first = attribution(rule.registered)
    let second = attribution(rule.fixed)
    let both = first == second ? "both \(first)" : "the first \(first) and the second \(second)"
    let finding = "rows of \(dataset) are found by \(names)"
    let sequences = "sequences \(rule.registered) and \(rule.fixed), \(both)"
    if !anchors.actors.isEmpty, !isPinned(rule.registered) || !isPinned(rule.fixed) {
      skip(
        "row",
        "That \(finding) is said by \(sequences); you pinned keys and not one of each of these. Pin those with --trust too if you trust them."
      )
      return nil
    }
    // Only the rules, over all entries, say who may register a dataset and fix its columns.
    if state == nil, anchors.actors.isEmpty {
      note(notShown: "that \(finding), beyond what is said by \(sequences)")
    }
    return " Rows of \(dataset) are found by \(names) as of \(sequences)."
  }

  /// How rows of a dataset become keys, as the bundle's entries up to `sequence` say.
  private struct KeyRule {
    let registration: DatasetRegistered
    let registered: UInt64
    let columns: ColumnsFixed
    let fixed: UInt64
  }

  /// The one rule for the keys of `dataset`; with none or several a row is not looked at.
  private mutating func keyRule(of dataset: Name, at sequence: UInt64) -> KeyRule? {
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
      skip("row", "The bundle does not say how rows of \(dataset) become keys.")
      return nil
    }
    guard registrations.count == 1, columns.count == 1, registered < fixed,
      identity.identity.map({ Array($0.name.utf8) })
        == registration.identity.map({ Array($0.utf8) })
    else {
      fail("row", "The bundle's entries contradict each other about the columns of \(dataset).")
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
      return fail(name, "\(after.release) was not published as derived from \(before.release).")
    }
    guard from < to else {
      return fail(
        name,
        "\(before.release) was published at sequence \(from), after \(after.release), which comes of it, at \(to)."
      )
    }
    guard names(witness, bundle), names(lists, bundle) else {
      return fail(name, "The witness or the lists of the transition are not in the bundle.")
    }
    guard let witnessBytes = attachment(witness, of: bundle),
      let listBytes = attachment(lists, of: bundle)
    else { return skip(name, "The files beside the bundle that the claim needs are missing.") }
    let transition: Transition
    let changedRows: UInt64
    do {
      let lists = try TransitionLists(listBytes)
      transition = try Transition.check(
        WitnessBytes(witnessBytes), lists.stream, from: before.root, to: after.root)
      changedRows = lists.changed.reduce(0) { $0 &+ $1.rows }
    } catch let error as TransitionRefusal {
      return fail(name, error.description)
    } catch let error as TransitionListsError {
      return fail(name, error.description)
    } catch {
      return fail(name, "The transition cannot be read.")
    }
    guard transition.rowsBefore == before.tally.rows, transition.rowsAfter == after.tally.rows
    else {
      return fail(name, "The rows under the roots are not those that the releases state.")
    }
    guard
      derivation.removed == Tally(keys: transition.removedKeys, rows: transition.removedRows),
      derivation.added == Tally(keys: transition.addedKeys, rows: transition.addedRows),
      derivation.changed.keys == transition.changedKeys,
      derivation.changed.rowsAfter == changedRows,
      // What the changed keys had before follows from the two totals.
      derivation.changed.rowsBefore
        == transition.rowsBefore &+ transition.addedRows &+ changedRows
        &- transition.removedRows &- transition.rowsAfter
    else {
      return fail(name, "The transition is another than the one that \(after.release) states.")
    }
    guard rests(claim, on: [from, to], name: name) else { return }
    pass(name)
    let sentence =
      "\(before.release) (sequence \(from), \(attribution(from))) became \(after.release) (sequence \(to), \(attribution(to))) by removing exactly \(transition.removedKeys.of("key")) with \(transition.removedRows.of("row")), changing \(transition.changedKeys.of("key")) and adding \(transition.addedKeys.grouped); nothing else changed.\(Self.unreconciled(before))\(Self.unreconciled(after))\(marked(from))\(marked(to))"
    say(sentence, asOf: to)
    noteRolesNotShown()
    if derivation.isCleaning {
      note(
        notShown:
          "that the removed keys are those that were decided: the decided sets are sealed, and their custodian can open them"
      )
    }
    note(
      notShown: "that the roots were computed from the files (levels rebuilt and parent)")
  }
}
