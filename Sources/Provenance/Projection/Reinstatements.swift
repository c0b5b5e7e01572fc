package import CanonicalJSON

/// A reinstatement as the rules keep it, with the release on which it was decided.
package struct Reinstatement: StatementPart {
  package let event: EventID
  /// The removals that its keys are taken back from, ascending.
  package let removals: [EventID]
  package let reinstated: Tally
  /// Whether any of those removals is of class `illegal`.
  package let isOfIllegal: Bool

  init(
    _ body: ReinstatementDecided, _ event: AdmittedEvent, _ references: [EventID: AdmittedEvent]
  ) {
    self.event = event.id
    removals = body.removals
    reinstated = body.reinstated
    isOfIllegal = body.removals.contains { id in
      guard case .removalDecided(let removal) = references[id]?.statement.body else {
        return false
      }
      return removal.reasonClass == .illegal
    }
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    event = try reader.eventID("event")
    removals = try reader.eventIDs("removals")
    reinstated = try reader.nested("reinstated")
    isOfIllegal = try reader.bool("ofIllegal")
  }

  package func write(to object: inout JSONObject) {
    object.set("event", event)
    object.set("removals", events: removals)
    object.set("reinstated", part: reinstated)
    object["ofIllegal"] = .bool(isOfIllegal)
  }
}

extension Catalog {
  /// The reinstatements decided on `release` or an ancestor that no release between applied, the
  /// oldest release first, in the order of the log within each.
  package func pendingReinstatements(for release: VersionedName) -> [Reinstatement] {
    let line = line(of: release)
    let applied = Set(line.flatMap { $0.publication.derivation?.reinstatements ?? [] })
    return line.reversed().flatMap(\.reinstatements).filter { !applied.contains($0.event) }
  }

  /// How many keys the reinstatements of `line` took back from `removal`, as far as they name it
  /// alone.
  func reinstatedKeys(of removal: EventID, in line: [ReleaseRecord]) -> UInt64 {
    line.flatMap(\.reinstatements).filter { $0.removals == [removal] }
      .reduce(0) { $0 + $1.reinstated.keys }
  }
}
