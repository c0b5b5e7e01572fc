package import CanonicalJSON

/// A removal or reinstatement as the rules keep it, with the release on which it was decided.
package struct Decision: StatementPart {
  package let event: EventID
  package let sequence: UInt64
  /// Of a reinstatement: the removals that its keys are taken back from, ascending; of a removal none.
  package let removals: [EventID]
  /// All that leaves by a removal, its decoys included, or what comes back.
  package let tally: Tally

  package var isRemoval: Bool { removals.isEmpty }

  init(_ body: RemovalDecided, _ event: AdmittedEvent) {
    self.event = event.id
    sequence = event.sequence
    removals = []
    tally = body.leaving
  }

  init(_ body: ReinstatementDecided, _ event: AdmittedEvent) {
    self.event = event.id
    sequence = event.sequence
    removals = body.removals
    tally = body.reinstated
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    event = try reader.eventID("event")
    sequence = try reader.sequence("sequence")
    removals = try reader.eventIDs("removals", count: 0...256)
    tally = try reader.nested("tally")
  }

  package func write(to object: inout JSONObject) {
    object.set("event", event)
    object.set("sequence", sequence: sequence)
    object.set("removals", events: removals)
    object.set("tally", part: tally)
  }
}

extension Catalog {
  /// The most removals that one cleaning applies, and the most reinstatements.
  package static let mostApplied = 256

  /// What was decided on `release` or an ancestor and no release between applied, in the order of
  /// the log.
  package func pending(for release: VersionedName) -> [Decision] {
    let line = line(of: release)
    let applied = Set(
      line.flatMap { record in
        record.publication.derivation.map { $0.removals + $0.reinstatements } ?? []
      })
    return line.flatMap(\.decisions).filter { !applied.contains($0.event) }
      .sorted { $0.sequence < $1.sequence }
  }

  /// What a release that cleans `release` applies: as many of the first pending decisions as have at
  /// most 256 removals and 256 reinstatements among them.
  ///
  /// A reinstatement comes after the removals that it names in the log, and so never before them
  /// here; a line with more is cleaned in steps.
  package func next(for release: VersionedName) -> [Decision] {
    var removals = 0
    var reinstatements = 0
    return Array(
      pending(for: release).prefix { decision in
        if decision.isRemoval { removals += 1 } else { reinstatements += 1 }
        return removals <= Self.mostApplied && reinstatements <= Self.mostApplied
      })
  }
}
