package import LedgerCrypto

/// Attachments are to be kept for an authority, or no longer need to be.
package struct PreservationHeld: ListedKind {
  package static let kind = Kind.preservationHeld
  package var body: Body { .preservationHeld(self) }
  package static let standing = Standing.ledger([.administrator, .publisher])

  package let state: HoldState
  package let basis: LegalBasis
  package let held: [Digest]
  package let until: Timestamp?
  package let hold: EventID?

  package init(
    state: HoldState, basis: LegalBasis, held: [Digest], until: Timestamp? = nil,
    hold: EventID? = nil
  ) {
    self.state = state
    self.basis = basis
    self.held = held.sorted()
    self.until = until
    self.hold = hold
  }

  package static let form = Form<Self>(
    "Attachments are to be kept for an authority, or no longer need to be.",
    about: .those(
      { $0.held.map { Subject("attachment", sha256: $0) } }, "An attachment that is held.",
      name: .words(["attachment"]), most: 256),
    Member("state", \.state, "Whether the hold begins or ends."),
    Member("basis", \.basis, "What requires it."),
    Member("held", \.held, "What is held, by digest, ascending."),
    Member("until", toCome: \.until, "The moment until which it holds."),
    Member(
      "hold", \.hold,
      "Where a hold ends: the preservation-held event that began it.",
      concern: Topic.event),
    make: Self.init,
    check: {
      ($0.state == .released) == ($0.hold != nil) && ($0.until == nil || $0.hold == nil)
        ? nil : "hold"
    },
    condition: """
      {"if": {"properties": {"state": {"const": "released"}}},
       "then": {"required": ["hold"], "properties": {"until": false}},
       "else": {"properties": {"hold": false}}}
      """)

  /// A hold is on attachments that are still there, and ends once.
  package func check(_ state: LedgerState, _: Judging) throws(Refusal) {
    if let hold {
      guard let record = state.attachments.holds[hold], record.held == held else {
        throw .wrongReference(hold, expected: "a hold on exactly these attachments")
      }
      if let at = record.released { throw .holdEnded(hold, at: at) }
      return
    }
    for digest in held {
      guard let record = state.attachments.records[digest], record.state == .erased else {
        continue
      }
      throw .attachmentGone(digest, .erased, at: record.sequence)
    }
  }

  package func apply(
    _ event: AdmittedEvent, _: [EventID: AdmittedEvent], to state: inout LedgerState
  ) -> [ProjectionChange] {
    guard let hold else {
      let record = HoldRecord(self, event)
      state.attachments.holds[event.id] = record
      return [ProjectionChange(record)]
    }
    guard var record = state.attachments.holds[hold] else { return [] }
    record.released = event.sequence
    state.attachments.holds[hold] = record
    return [ProjectionChange(record)]
  }
}

/// Whether a hold begins or ends.
package enum HoldState: String, Vocabulary {
  case held, released
}
