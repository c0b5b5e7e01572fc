package import CanonicalJSON

// Kinds whose members are still read by hand.

extension ReleasePublished: ListedKind {
  package var body: Body { .releasePublished(self) }

  package static func read(from reader: inout MemberReader) throws(FieldError) -> Body {
    reader.has("stated") ? try ReleaseStated(from: &reader).body : try Self(from: &reader).body
  }
  package static let standing = Standing.world([.publisher])

  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    try state.check(self, judging.references)
  }

  package func apply(
    _ event: AdmittedEvent, _ references: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let record = ReleaseRecord(
      publication: self, event: event.id, published: event.sequence, references)
    state.catalog.releases[release] = record
    var changes = [ProjectionChange(record)]
    if let columns, var dataset = state.catalog.datasets[release.name] {
      dataset.columns = columns
      state.catalog.datasets[release.name] = dataset
      changes.append(ProjectionChange(dataset))
    }
    return changes
  }
}

extension ReleaseStated: StatedBody {
  package var body: Body { .releaseStated(self) }
  package func check(_ state: LedgerState, _: Judging) throws(Refusal) { try state.check(self) }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let record = StatedRecord(kind: .releasePublished, name: release, event)
    state.stated.take(record)
    return [ProjectionChange(record)]
  }

  package var introduced: Topic? { .release(release) }
}

extension UnionComputed: ListedKind {
  package var sets: [SetReference] { [self.set] }
  package var body: Body { .unionComputed(self) }

  package static func read(from reader: inout MemberReader) throws(FieldError) -> Body {
    reader.has("stated") ? try UnionStated(from: &reader).body : try Self(from: &reader).body
  }
  package static let standing = Standing.world([.publisher, .matcher])

  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    try state.check(self, judging.references)
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to _: inout LedgerState
  ) -> [ProjectionChange] {
    [ProjectionChange(FindingRecord(event, on: release, tally: union))]
  }
}

extension UnionStated: StatedBody {
  package var body: Body { .unionStated(self) }
  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    try state.check(self, judging.references)
  }
}

extension RemovalDecided: ListedKind {
  package var body: Body { .removalDecided(self) }

  package static func read(from reader: inout MemberReader) throws(FieldError) -> Body {
    reader.has("stated") ? try RemovalStated(from: &reader).body : try Self(from: &reader).body
  }
  package static let standing = Standing.world([.publisher])

  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    try state.check(self, judging.header, judging.references)
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let finding = FindingRecord(event, on: release, tally: removed, source: union)
    guard var record = state.catalog.releases[release] else { return [ProjectionChange(finding)] }
    record.removals.append(event.id)
    if reasonClass == .illegal { record.isToLoseIllegal = true }
    state.catalog.releases[release] = record
    return [ProjectionChange(record), ProjectionChange(finding)]
  }

  package var finding: Finding? {
    Finding(release, .decided(removed))
  }
}

extension RemovalStated: StatedBody {
  package var body: Body { .removalStated(self) }
  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    try state.check(self, judging.references)
  }

  package var finding: Finding? { Finding(release, .stated(stated)) }
}

extension ReinstatementDecided: ListedKind {
  package var sets: [SetReference] { [self.set] }
  package var body: Body { .reinstatementDecided(self) }
  package static let standing = Standing.world([.publisher])

  package func check(_ state: LedgerState, _ judging: Judging) throws(Refusal) {
    try state.check(self, judging.references)
  }

  package func apply(
    _ event: AdmittedEvent, _ references: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    let finding = FindingRecord(event, on: release, tally: reinstated)
    guard var record = state.catalog.releases[release] else { return [ProjectionChange(finding)] }
    record.reinstatements.append(Reinstatement(self, event, references))
    state.catalog.releases[release] = record
    return [ProjectionChange(record), ProjectionChange(finding)]
  }
}
