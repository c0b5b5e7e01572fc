internal import LedgerCrypto

/// What a complete log says about its own events later: that something was withdrawn, disputed,
/// answered or corrected, or that a key is under suspicion.
struct Concerns {
  /// The first are the last to go unlisted: nothing that is cheap to write pushes a withdrawal out.
  enum Sort: Int, CaseIterable {
    case withdrawal, revocation, dispute, response, correction
  }

  struct Concern {
    let sort: Sort
    let sequence: UInt64
    let entry: Entry
    /// The event that it is about, for a dispute, a response or a correction.
    let target: EventID?
  }

  /// In the log's order.
  let all: [Concern]
  private let about: [EventID: [Concern]]
  private let sequences: [EventID: UInt64]

  /// Cost: one pass over the log.
  init(_ ordered: [(key: UInt64, value: Entry)]) {
    all = ordered.compactMap { sequence, entry in
      let sort: Sort
      var target: EventID?
      switch entry.event.statement.body {
      case .releaseWithdrawn, .modelWithdrawn: sort = .withdrawal
      case .keyRevoked(let body) where body.suspectSince != nil: sort = .revocation
      case .disputeOpened(let body): (sort, target) = (.dispute, body.target)
      case .responseRecorded(let body): (sort, target) = (.response, body.target)
      case .eventCorrected(let body): (sort, target) = (.correction, body.target)
      default: return nil
      }
      return Concern(sort: sort, sequence: sequence, entry: entry, target: target)
    }
    var about: [EventID: [Concern]] = [:]
    for concern in all {
      if let target = concern.target { about[target, default: []].append(concern) }
    }
    self.about = about
    sequences = Dictionary(
      ordered.map { ($0.value.event.id, $0.key) }, uniquingKeysWith: { first, _ in first })
  }

  /// What a sort of concerns says about an event, in the log's order.
  func about(_ event: EventID, _ sort: Sort) -> [Concern] {
    about[event, default: []].filter { $0.sort == sort }
  }

  /// `sequence 7`, or the event by its id where it is not in the log.
  func place(_ id: EventID) -> String {
    sequences[id].map { "sequence \($0)" } ?? "event \(id)"
  }
}

extension Concerns.Sort {
  /// As in `further corrections`.
  var singular: String {
    switch self {
    case .withdrawal: "further withdrawal"
    case .revocation: "further revocation"
    case .dispute: "further dispute"
    case .response: "further response"
    case .correction: "further correction"
    }
  }

  var plural: String { "\(singular)s" }
}
