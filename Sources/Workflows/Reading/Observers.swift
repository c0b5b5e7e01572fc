internal import LedgerStore
package import Provenance

/// Who read the files of a release and what they found, each by the last that they said.
package struct Observers: Sendable {
  /// Who found the published root and counts.
  package let agreeing: [ActorName]
  /// Those of them who had no part in publishing it, and signed with keys of their own.
  package let independent: [ActorName]
  /// The observations that found something else, where nobody who signed said otherwise later.
  package let differing: [ObservationRecord]

  init(_ records: [ObservationRecord]) {
    var last: [ActorName: ObservationRecord] = [:]
    for record in records {
      for actor in record.actors { last[actor] = record }
    }
    let agreeing = last.filter { $0.value.agrees }
    self.agreeing = agreeing.keys.sorted()
    independent = agreeing.filter { $0.value.isIndependent }.keys.sorted()
    let differing = Set(last.values.filter { !$0.agrees }.map(\.sequence))
    self.differing = records.filter { differing.contains($0.sequence) }
  }
}

extension LedgerView {
  /// Who observed a release.
  package func observers(of release: VersionedName) throws -> Observers {
    Observers(try ledger.observations(of: release).filter { $0.sequence < size })
  }
}
