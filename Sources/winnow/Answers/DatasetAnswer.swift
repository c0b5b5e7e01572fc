internal import CanonicalJSON
internal import Provenance
internal import Workflows

/// What is said of a dataset: its registration, its columns, and what files of its releases carry.
struct DatasetAnswer {
  let record: DatasetRecord
  /// Its releases, the oldest first, with the columns that are carried; none where their catalogue is
  /// not here.
  let carried: [(release: VersionedName, columns: [String])]

  init(_ record: DatasetRecord, _ shelf: Shelf) throws {
    self.record = record
    let releases = shelf.view.state.catalog.releases.values
      .filter { $0.publication.release.name == record.registration.dataset }
      .sorted { $0.published < $1.published }.map(\.publication.release)
    carried = try releases.map { ($0, try shelf.carried(of: $0) ?? []) }
  }

  var json: JSON {
    var object = JSONObject()
    record.write(to: &object)
    object["carried"] = CarriedColumns.json(carried)
    return .object(object)
  }

  /// One line for each release whose files carry more than is committed.
  var carriedLines: [String] {
    carried.flatMap { CarriedColumns.lines($0.columns, of: $0.release) }
  }
}
