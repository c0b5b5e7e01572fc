internal import Files
internal import GRDB
internal import Provenance

/// The log folded into projections, page by page: entries are read and rows are spelled on all cores,
/// while this thread folds and has the database.
///
/// At any time one page is being read, one folded, and the rows of one spelled.
struct ProjectionFold {
  private(set) var state = LedgerState()
  /// How many pages are being read, so that no core waits for the next one.
  private static let ahead = 3
  private let db: Database
  private let crew: Crew
  private var near = NearEvents()
  private var spelling: SpelledRows?

  init(_ db: Database, _ crew: Crew) {
    self.db = db
    self.crew = crew
  }

  /// Takes the entries from the end of `state` to the end of the log, and writes the rows they put.
  ///
  /// Rows of a key that changes again are written again; memory stays bounded.
  mutating func takeLog(_ progress: (UInt64) -> Void) throws {
    var pages: [EntryPage] = []
    var posted = state.size
    while true {
      while pages.count < Self.ahead, let page = try EntryPage(db, from: posted, crew) {
        posted += UInt64(page.count)
        pages.append(page)
      }
      guard !pages.isEmpty else { break }
      let page = pages.removeFirst()
      var changes = ChangedRows()
      near.beginPage(crew)
      try page.forEach { entry in
        guard let entry else { throw LedgerFailure.damaged("sequence \(state.size)") }
        try take(entry, &changes)
      }
      try writeRows()
      spelling = SpelledRows(changes, crew)
      progress(state.size)
    }
    try writeRows()
  }

  private mutating func take(
    _ entry: Entry, _ changes: inout ChangedRows
  ) throws {
    var references: [EventID: AdmittedEvent] = [:]
    for id in entry.event.statement.references {
      references[id] = try near.event(id, before: state, db)
    }
    let step = state.take(entry, references)
    for change in step.changes { changes.put(change, at: step.event.sequence) }
    near.keep(step.event)
  }

  /// Writes the rows that are being spelled, in one transaction of the temporary file.
  private mutating func writeRows() throws {
    guard let rows = spelling else { return }
    spelling = nil
    if db.isInsideTransaction { return try rows.write(db) }
    try db.inTransaction(.deferred) {
      try rows.write(db)
      return .commit
    }
  }
}
