internal import LedgerCrypto
internal import TransparencyLog

extension BundleVerifier {
  /// Checks one claim; everything before it has passed or was skipped.
  mutating func check(_ claim: Claim, of bundle: Bundle, name: String) {
    switch claim {
    case .complete: checkComplete(claim, of: bundle, name: name)
    case .event(let sequence): checkEvent(claim, at: sequence, name: name)
    case .presence(let sequence, let key, let witness):
      checkLookup(claim, sequence, key, witness, isPresent: true, name: name)
    case .absence(let sequence, let key, let witness):
      checkLookup(claim, sequence, key, witness, isPresent: false, name: name)
    case .transition(let from, let to, let witness, let lists):
      checkTransition(claim, from, to, witness, lists, of: bundle, name: name)
    }
  }

  /// Says what is shown, as of the last entry that shows it: the claim's own, or the last of a complete
  /// log, which could speak of any.
  mutating func say(_ sentence: String, asOf sequence: UInt64) {
    let last = state.map { $0.size - 1 } ?? sequence
    let recorded = proven[last].map { ", recorded at \($0.recordedAt.text) by the log's operator" }
    sentences.append("As of entry \(last)\(recorded ?? ""): \(sentence)")
  }

  private mutating func checkComplete(_ claim: Claim, of bundle: Bundle, name: String) {
    guard let state else { return skip(name, "The entries could not be replayed.") }
    pass(name)
    note(claim, nil)
    let last = state.size - 1
    say(
      "these are all \(bundle.items.count.of("entry", "entries")) of \(bundle.origin), each signed and admitted by the rules; what is missing was not recorded in this ledger by then.",
      asOf: last)
    for release in state.catalog.releases.values.sorted(by: { $0.published < $1.published }) {
      let publication = release.publication
      var sentence =
        "\(publication.release) is recorded with \(publication.tally.rows.of("row")) under \(publication.tally.keys.of("key"))"
      if let derivation = publication.derivation {
        sentence +=
          ", as \(derivation.parent) less \(derivation.removed.rows.of("row")) and with \(derivation.added.rows.grouped) added"
      }
      sentence += importClause(release.published)
      say(
        "\(sentence).\(Self.unreconciled(publication))\(marked(release.published))", asOf: last)
    }
    for model in state.models.models.values.sorted(by: { $0.registered < $1.registered }) {
      guard let deprecated = model.deprecated else { continue }
      say(
        "the model \(model.registration.model) was deprecated at sequence \(deprecated)\(importClause(deprecated)).\(marked(deprecated))",
        asOf: last)
    }
    sayConcerns(of: state)
    notShown.append("that files anywhere are the released ones (level files)")
    notShown.append("that a release's root was computed from its rows (level rebuilt)")
  }

  private mutating func checkEvent(_ claim: Claim, at sequence: UInt64, name: String) {
    guard let entry = proven[sequence] else {
      return fail(name, "Sequence \(sequence) is not in the bundle.")
    }
    guard rests(claim, on: [sequence], name: name) else { return }
    pass(name)
    var unreconciled = ""
    if case .releasePublished(let release) = entry.event.statement.body {
      unreconciled = Self.unreconciled(release)
    }
    say(
      "sequence \(sequence) is \(entry.event.statement.body.inWords), \(attribution(sequence)).\(unreconciled)\(marked(sequence))",
      asOf: sequence)
    noteRolesNotShown()
  }

  /// What every sentence about a release with a gap says at its end.
  static func unreconciled(_ release: ReleasePublished) -> String {
    release.derivation?.unreconciled.map {
      " UNRECONCILED: \($0.gap.of("row")) of \(release.release) \($0.gap == 1 ? "is" : "are") unexplained."
    } ?? ""
  }

  /// Each pinned key is its actor's in this ledger, and signed something here.
  mutating func checkPins() {
    for (id, actor) in anchors.actors.sorted(by: { $0.key < $1.key }) {
      let name = "trust: \(actor)"
      var holders: Set<ActorName> = []
      var isUsed = false
      for entry in proven.values {
        isUsed = isUsed || entry.event.signatures.contains { $0.keyID == id }
        let brought = entry.event.statement.body.broughtKeys.filter { $0.publicKey.id == id }
        holders.formUnion(brought.compactMap(\.holder?.actor))
      }
      if let other = holders.first(where: { $0 != actor }) {
        fail(name, "The ledger says that the pinned key is \(other)'s.")
      } else if isUsed {
        pass(name)
      } else if state != nil {
        fail(name, "The ledger does not have the key that was pinned for \(actor).")
      } else {
        skip(name, "Nothing in the bundle is signed by the key that was pinned for \(actor).")
      }
    }
  }

  /// The release that `sequence` published, or a failed check.
  mutating func release(_ sequence: UInt64, name: String) -> ReleasePublished? {
    guard let entry = proven[sequence] else {
      fail(name, "Sequence \(sequence) is not in the bundle.")
      return nil
    }
    guard case .releasePublished(let release) = entry.event.statement.body else {
      fail(name, "Sequence \(sequence) did not publish a release.")
      return nil
    }
    return release
  }

  mutating func noteRolesNotShown() {
    let sentence =
      "that the signers had the role, or that nothing later withdraws or corrects this (only a complete bundle shows that)"
    if state == nil { note(notShown: sentence) }
  }

  /// Says once what is not shown.
  mutating func note(notShown sentence: String) {
    if !notShown.contains(sentence) { notShown.append(sentence) }
  }
}
