internal import GRDB
internal import Provenance

/// The events of the page of the log that is being taken and of the one before, and those looked up
/// last: what refers to them parses nothing again.
struct NearEvents {
  /// Events in the log's order, and where each is, as far as anybody asked.
  private struct Page: Sendable {
    private var events: [AdmittedEvent] = []
    private var places: [EventID: Int] = [:]

    init(capacity: Int = 0) { events.reserveCapacity(capacity) }

    mutating func append(_ event: AdmittedEvent) { events.append(event) }

    mutating func event(_ id: EventID) -> AdmittedEvent? {
      for place in places.count..<events.count { places[events[place].id] = place }
      return places[id].map { events[$0] }
    }
  }
  private var page = Page()
  private var before = Page()
  private let lookedUp = RecentEvents()

  /// Begins a page of `count` events; those of two pages back go, on another core.
  mutating func begin(count: Int, _ pool: WorkPool) {
    pool.free(before)
    before = page
    page = Page(capacity: count)
  }

  /// Keeps an event of the page; none comes twice.
  mutating func keep(_ event: AdmittedEvent) { page.append(event) }

  /// An event that another refers to; `nil` when there is none before the end of `state`.
  mutating func event(
    _ id: EventID, before state: LedgerState, _ db: Database
  ) throws -> AdmittedEvent? {
    if let event = page.event(id) ?? before.event(id) ?? lookedUp[id] {
      return event.sequence < state.size ? event : nil
    }
    guard let sequence = try EventRows.sequence(db, of: id), sequence < state.size,
      let bytes = try EventRows.bytes(db, at: sequence)
    else { return nil }
    let event = try EventRows.event(bytes, at: sequence, authority: state.authority)
    guard event.id == id else { return nil }
    lookedUp.keep(event)
    return event
  }
}
