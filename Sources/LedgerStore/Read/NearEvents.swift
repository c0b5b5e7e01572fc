internal import Files
internal import GRDB
internal import Provenance

/// The events of the log that were taken last, and those looked up last: what refers to them parses
/// nothing again.
///
/// Of those taken at least a thousand, as long as there were so many, and at most twice as many and a
/// page; of those looked up as many as ``RecentEvents`` keeps.
struct NearEvents {
  /// Events in the log's order, and where each is, as far as anybody asked.
  private struct Generation: Sendable {
    private(set) var events: [AdmittedEvent] = []
    private var places: [EventID: Int] = [:]

    mutating func append(_ event: AdmittedEvent) { events.append(event) }

    mutating func event(_ id: EventID) -> AdmittedEvent? {
      for place in places.count..<events.count { places[events[place].id] = place }
      return places[id].map { events[$0] }
    }
  }
  private var young = Generation()
  private var old = Generation()
  private let lookedUp = RecentEvents()

  /// Begins a page of the log; events that are far back by now go, on another core.
  mutating func beginPage(_ crew: Crew) {
    guard young.events.count >= 1_000 else { return }
    crew.free(old)
    old = young
    young = Generation()
  }

  /// Keeps an event, the next of the log.
  mutating func keep(_ event: AdmittedEvent) { young.append(event) }

  /// An event that another refers to; `nil` when there is none before the end of `state`.
  mutating func event(
    _ id: EventID, before state: LedgerState, _ db: Database
  ) throws -> AdmittedEvent? {
    if let event = young.event(id) ?? old.event(id) ?? lookedUp[id] {
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
