internal import LedgerCrypto

extension LedgerState {
  /// A union of matches and filters on a release, or of removals of its line less reinstatements.
  func check(
    _ body: UnionComputed, _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    let release = try exactRelease(body.release)
    let line = catalog.line(of: body.release)
    try checkMinus(body, line, references)
    let names = Set(line.map(\.publication.release))
    var bounds = UnionBounds()
    for source in body.sources {
      guard let event = references[source.event] else { throw .causeUnknown(source.event) }
      switch event.statement.body {
      case .matchCompleted(let match) where match.release == body.release:
        guard match.matched == source.tally else { throw .sourceDiffers(source.event) }
        try checkDisclosure(of: match.set, source.event, in: body)
        bounds.add(found: source.tally, isPublished: match.set.disclosure == .open)
      case .filterCompleted(let filter) where filter.release == body.release:
        guard filter.matched == source.tally else { throw .sourceDiffers(source.event) }
        try checkDisclosure(of: filter.set, source.event, in: body)
        bounds.add(
          found: source.tally,
          isPublished: filter.filter.disclosure == .open || filter.set.disclosure == .open)
      case .removalDecided(let removal) where names.contains(removal.release):
        guard removal.removed == source.tally else { throw .sourceDiffers(source.event) }
        if removal.reasonClass == .illegal, body.set.disclosure == .open {
          throw .disclosureDiffers(source.event)
        }
        bounds.add(
          removed: source.tally, isHere: removal.release == body.release,
          takenBack: Self.keysTakenBack(from: source.event, by: body.minus, references))
      default:
        throw .wrongReference(
          source.event, expected: "a match, filter or removal on \(body.release)")
      }
    }
    guard bounds.allow(body, of: release.publication.tally) else { throw .unionImpossible }
  }

  /// A union is disclosed as its sources are.
  ///
  /// Opening what is sealed shows it. Sealing what is open hides nothing: a removal of class
  /// `illegal` could then name, by way of the union, an open set of such rows.
  private func checkDisclosure(
    of set: SetReference, _ source: EventID, in union: UnionComputed
  ) throws(Refusal) {
    guard set.disclosure == union.set.disclosure else { throw .disclosureDiffers(source) }
  }

  /// What is taken away are reinstatements of the same line.
  private func checkMinus(
    _ body: UnionComputed, _ line: [ReleaseRecord], _ references: [EventID: AdmittedEvent]
  ) throws(Refusal) {
    let decided = Set(line.flatMap(\.reinstatements).map(\.event))
    for id in body.minus where references[id] == nil || !decided.contains(id) {
      throw .wrongReference(id, expected: "a reinstatement of this dataset")
    }
  }

  /// The most keys that reinstatements can have taken back from one removal, together and one alone
  /// from it alone.
  private static func keysTakenBack(
    from removal: EventID, by minus: [EventID], _ references: [EventID: AdmittedEvent]
  ) -> (most: UInt64, least: UInt64) {
    var result: (most: UInt64, least: UInt64) = (0, 0)
    for id in minus {
      guard case .reinstatementDecided(let body) = references[id]?.statement.body,
        body.removals.contains(removal)
      else { continue }
      result.most += body.reinstated.keys
      if body.removals == [removal] { result.least = max(result.least, body.reinstated.keys) }
    }
    return result
  }
}

/// What the counts of its sources allow a union to have.
private struct UnionBounds {
  private var least = Tally(keys: 0, rows: 0)
  // Of at most 256 counts below 2^53 each, so that no sum overflows.
  private var most = Tally(keys: 0, rows: 0)
  private var ofFindings = false
  private var ofRemovals = false
  /// Whether every removal was decided on the union's own release: on a later one the same keys can
  /// have other rows.
  private var isOfOneRelease = true
  /// Whether an open set or a published filter says which rows some source found.
  private var hasPublished = false
  private var explained: UInt64 = 0
  private var isAllExplained = true

  mutating func add(found tally: Tally, isPublished: Bool) {
    ofFindings = true
    add(least: tally, most: tally)
    if isPublished {
      hasPublished = true
      explained = max(explained, tally.rows)
    } else {
      isAllExplained = false
    }
  }

  mutating func add(removed tally: Tally, isHere: Bool, takenBack: (most: UInt64, least: UInt64)) {
    ofRemovals = true
    let keys = tally.keys - min(tally.keys, takenBack.most)
    if !isHere { isOfOneRelease = false }
    // Which rows the keys that are left have, no count says.
    let rows = isHere && takenBack.most == 0 ? tally.rows : 0
    add(
      least: Tally(keys: keys, rows: rows),
      most: Tally(keys: tally.keys - min(tally.keys, takenBack.least), rows: tally.rows))
  }

  private mutating func add(least tally: Tally, most other: Tally) {
    least = Tally(keys: max(least.keys, tally.keys), rows: max(least.rows, tally.rows))
    most = Tally(keys: most.keys + other.keys, rows: most.rows + other.rows)
  }

  func allow(_ body: UnionComputed, of release: Tally) -> Bool {
    let union = body.union
    guard !(ofFindings && ofRemovals), !ofFindings || body.minus.isEmpty,
      (least.keys...most.keys).contains(union.keys), union.rows >= least.rows,
      union.rows <= release.rows, hasPublished == (body.explainedRows != nil)
    else { return false }
    // Of matches, every row of a matched key may go, so that a union can have more rows than hits.
    if ofFindings {
      let rows = body.explainedRows ?? 0
      return union.isOfPresentKeys && union.keys <= release.keys && rows >= explained
        && (!hasPublished || !isAllExplained || rows == union.rows)
    }
    return !isOfOneRelease || union.rows <= most.rows
  }
}
