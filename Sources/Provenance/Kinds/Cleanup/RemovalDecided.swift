package import CanonicalJSON
package import LedgerCrypto

/// Rows of a release are to go.
package struct RemovalDecided: AlsoStated {
  package static let kind = Kind.removalDecided
  package var body: Body { .removalDecided(self) }
  package static let standing = Standing.world([.publisher])
  package typealias Stated = RemovalStated

  package let release: VersionedName
  package let basis: Basis
  package let reasonClass: ReasonClass
  package let sources: [SourceTally]
  package let removed: Tally
  package let set: SetReference
  package let decoys: DrawnDecoys?
  package let familyCommitment: Digest?

  package init(
    release: VersionedName, basis: Basis, reasonClass: ReasonClass, sources: [SourceTally],
    removed: Tally, set: SetReference, decoys: DrawnDecoys? = nil, familyCommitment: Digest? = nil
  ) {
    self.release = release
    self.basis = basis
    self.reasonClass = reasonClass
    self.sources = sources.sorted { $0.event < $1.event }
    self.removed = removed
    self.set = set
    self.decoys = decoys
    self.familyCommitment = familyCommitment
  }

  package static let form = Form<Self>(
    "Rows of a release are to go.", about: .release(\.release, set: \.set),
    Member("release", \.release, "The release that the rows are to leave."),
    Member(
      "basis", \.basis,
      "What the removal rests on; `confirmed` needs a verification with that outcome among the causes."
    ),
    Member("reasonClass", \.reasonClass, "Why the rows are removed."),
    Member(
      "sources", \.sources,
      "The matches and filters that it unites, each with its own count, by event id ascending."),
    Member(
      "removed", present: \.removed,
      "The keys that go, with all the rows that they have in the release."),
    Member("set", \.set, "Those keys."),
    Member(
      "decoys", \.decoys,
      "Of class `illegal`: others that were drawn to leave with them, and never come back."),
    Member(
      "familyCommitment", \.familyCommitment,
      "In the first decision of class `illegal` of a family of datasets, which marks it: SHA-256 of `winnow family secret v1`, a line feed and the secret."
    ),
    make: Self.init,
    check: {
      if $0.removed.keys == 0 || $0.set.keys != $0.removed.keys { return "removed" }
      if $0.reasonClass == .illegal { return nil }
      return $0.decoys != nil ? "decoys" : $0.familyCommitment != nil ? "familyCommitment" : nil
    })

  /// All that leaves wherever it is applied, decoys included.
  package var leaving: Tally { decoys.map { removed + $0.tally } ?? removed }

  /// A removal of what matches and filters on the release found.
  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    let published = try state.exactRelease(release).publication
    try judging.checkSources(sources, of: release, set: self.set)
    if reasonClass == .illegal { try checkIllegal(state, judging) }
    let most = sources.reduce(0) { $0 + $1.tally.keys }
    let all = leaving
    // Every row of a key that was found goes; every key that stays has a row at least.
    guard removed.keys <= most,
      sources.allSatisfy({
        $0.tally.keys <= removed.keys && $0.tally.rows <= removed.rows
      }), all.keys <= published.tally.keys,
      all.rows <= published.tally.rows - (published.tally.keys - all.keys)
    else { throw .unionImpossible }
    if basis == .confirmed {
      for source in sources {
        // What was taken back confirms nothing.
        let causes = judging.header.causes.filter {
          state.verifications.records[$0]?.replaced == nil
        }
        guard Self.confirms(source, causes.compactMap { judging.references[$0]?.statement.body })
        else { throw .confirmationMissing(source.event) }
      }
    }
  }

  /// Of class `illegal` goes only what hash lists found, so that its counts say nothing of rows that
  /// somebody asked for; nothing that it rests on is open; and the first such decision of a family
  /// marks it.
  private func checkIllegal(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    for source in sources {
      guard let match = judging.body(of: source.event, MatchCompleted.self) else {
        throw .illegalByHand(source.event)
      }
      guard match.set.disclosure == .sealed else { throw .disclosureDiffers(source.event) }
    }
    guard self.set.disclosure == .sealed,
      judging.header.evidence.allSatisfy({ $0.attachment.disclosure == .sealed })
    else { throw .illegalOpen(release) }
    let mark = state.catalog.mark(of: release.name)
    if let mark, familyCommitment != nil { throw .markedAlready(at: mark.sequence) }
    if mark == nil, familyCommitment == nil { throw .markMissing(release.name) }
  }

  /// Whether the verifications among `causes` confirm all that `source` found, together.
  private static func confirms(_ source: SourceTally, _ causes: [Body]) -> Bool {
    var keys: UInt64 = 0
    var rows: UInt64 = 0
    for case .verificationRecorded(let verification) in causes
    where verification.target == source.event && verification.outcome == .confirmed {
      let count = verification.count
      guard count.exactness == .exact || count.exactness == .atLeast else { continue }
      switch count.unit {
      case .keys: keys += count.value
      case .rows: rows += count.value
      default: continue
      }
    }
    return keys >= source.tally.keys || rows >= source.tally.rows
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    var changes = [ProjectionChange(FindingRecord(event, on: release, tally: removed))]
    if var record = state.catalog.releases[release] {
      record.decisions.append(Decision(self, event))
      state.catalog.releases[release] = record
      changes.append(ProjectionChange(record))
    }
    if let familyCommitment,
      let family = state.catalog.datasets[release.name]?.registration.family
    {
      let record = FamilyRecord(
        family: family, event: event.id, sequence: event.sequence, commitment: familyCommitment)
      state.catalog.families[family] = record
      changes.append(ProjectionChange(record))
    }
    return changes
  }

  package var finding: Finding? { Finding(release, .decided(removed)) }
  package var listing: Listing? { Listing(of: release.name, [self.set.disclosure]) }
}

/// Rows that were drawn to leave with those of class `illegal`, and never come back.
package struct DrawnDecoys: PartValue {
  package static let definition = "drawnDecoys"
  package let tally: Tally
  /// Their keys, always sealed.
  package let set: SetReference

  package init(tally: Tally, set: SetReference) {
    self.tally = tally
    self.set = set
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    tally = try reader.nested("tally")
    set = try reader.nested("set")
    guard tally.isOfPresentKeys, tally.keys > 0 else {
      throw .outOfRange(reader.path(of: "tally"))
    }
    guard set.keys == tally.keys, set.disclosure == .sealed else {
      throw .outOfRange(reader.path(of: "set"))
    }
  }

  package func write(to object: inout JSONObject) {
    object.set("tally", part: tally)
    object.set("set", part: self.set)
  }

  package static var mentioned: MentionKinds { SetReference.mentioned }
  package func mention(_ name: String, in mentions: inout Mentions) {
    self.set.mention(name, in: &mentions)
  }
}

/// A removal that someone else decided, as they stated it: its set is not known here.
package struct RemovalStated: StatedBody {
  package static let kind = Kind.removalDecided
  package var body: Body { .removalStated(self) }

  package let release: VersionedName
  package let basis: Basis
  package let reasonClass: ReasonClass
  package let sources: [EventID]
  package let stated: [Count]

  package init(
    release: VersionedName, basis: Basis, reasonClass: ReasonClass, sources: [EventID] = [],
    stated: [Count]
  ) {
    self.release = release
    self.basis = basis
    self.reasonClass = reasonClass
    self.sources = sources.sorted()
    self.stated = stated.sorted { $0.unit.rawValue < $1.unit.rawValue }
  }

  package static let form = Form<Self>(
    "Rows of a release are to go.",
    about: .named(\.release, "The release, by SHA-256 of its name."),
    Member(
      "release", \.release, "The release that the rows are to leave.", concern: Topic.release),
    Member("basis", \.basis, "What the removal rests on."),
    Member("reasonClass", \.reasonClass, "Why the rows are removed."),
    Member(
      "sources", ifAny: \.sources,
      "The findings that it unites, as far as they are recorded, by event id ascending.",
      concern: Topic.event),
    Member(
      "stated", \.stated, "How much is removed, as stated, each unit once, by unit ascending."),
    make: Self.init)

  package func check(_: LedgerState, _ judging: Judging) throws(Refusal) {
    for id in sources {
      switch judging.references[id]?.statement.body.kind {
      case .matchCompleted, .filterCompleted, .unionComputed, .suspicionReported: continue
      default: throw .wrongReference(id, expected: "a match, filter, union or suspicion")
      }
    }
  }

  package var finding: Finding? { Finding(release, .stated(stated)) }
}
