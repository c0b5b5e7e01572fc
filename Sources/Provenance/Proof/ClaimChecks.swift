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
    sentences.append("\(asOf(sequence)): \(sentence)")
  }

  /// `As of entry 7, recorded at … by the log's operator`: how such a sentence begins.
  func asOf(_ sequence: UInt64) -> String {
    let last = state.map { $0.size - 1 } ?? sequence
    let recorded = proven[last].map { ", recorded at \($0.recordedAt.text) by the log's operator" }
    return "As of entry \(last)\(recorded ?? "")"
  }

  private mutating func checkComplete(_ claim: Claim, of bundle: Bundle, name: String) {
    guard let state else { return skip(name, .notReplayed) }
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
    note(notShown: .files)
    note(notShown: .roots)
  }

  private mutating func checkEvent(_ claim: Claim, at sequence: UInt64, name: String) {
    guard let entry = proven[sequence] else { return fail(name, .notInBundle(sequence)) }
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
      if let other = holders.subtracting([actor]).min() {
        fail(name, .pinOfOther(other))
      } else if isUsed {
        pass(name)
      } else if state != nil {
        fail(name, .pinUnknown(actor))
      } else {
        skip(name, .pinUnused(actor))
      }
    }
  }

  /// The release that `sequence` published, or a failed check.
  mutating func release(_ sequence: UInt64, name: String) -> ReleasePublished? {
    guard let entry = proven[sequence] else {
      fail(name, .notInBundle(sequence))
      return nil
    }
    guard case .releasePublished(let release) = entry.event.statement.body else {
      fail(name, .notARelease(sequence))
      return nil
    }
    return release
  }

  mutating func noteRolesNotShown() {
    if state == nil { note(notShown: .rolesAndWhatFollows) }
  }

  /// Says once what is not shown.
  mutating func note(notShown thing: Unshown) {
    if !notShown.contains(thing) { notShown.append(thing) }
  }
}
