package import CanonicalJSON
package import LedgerCrypto

/// Something was reported to an authority.
package struct AuthorityReportFiled: EventBody {
  package static let kind = Kind.authorityReportFiled
  /// The authority.
  package let authority: ActorName
  /// What the report is about.
  package let about: [Topic]
  /// How much was reported.
  package let count: Count
  /// The authority's receipt, sealed.
  package let receipt: AttachmentReference?

  package init(
    authority: ActorName, about: [Topic], count: Count, receipt: AttachmentReference? = nil
  ) {
    self.authority = authority
    self.about = about.sorted()
    self.count = count
    self.receipt = receipt
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    authority = try reader.actor("authority")
    about = try reader.topics("about")
    count = try reader.nested("count")
    receipt = try reader.optionalSealed("receipt")
  }

  package func write(to object: inout JSONObject) {
    object.set("authority", authority)
    object.set("about", parts: about)
    object.set("count", part: count)
    object.set("receipt", part: receipt)
  }

  package var concerns: [Topic] { about + [.actor(authority)] }
  package var subjects: [Subject] { about.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    receipt.map { [("receipt", $0)] } ?? []
  }
  package var statedTimes: [Timestamp] { [count.asOf] }
}

/// Attachments are to be kept for an authority, or no longer need to be.
package struct PreservationHeld: EventBody {
  package static let kind = Kind.preservationHeld
  /// Whether the hold begins or ends.
  package let state: HoldState
  /// What requires it.
  package let basis: LegalBasis
  /// What is held, by digest, ascending.
  package let held: [Digest]
  /// The moment until which it holds.
  package let until: Timestamp?
  /// Where a hold ends: the preservation-held event that began it.
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

  package init(from reader: inout MemberReader) throws(FieldError) {
    state = try reader.word("state")
    basis = try reader.word("basis")
    held = try reader.digests("held")
    until = try reader.optionalTime("until")
    hold = try reader.optionalEventID("hold")
    guard (state == .released) == (hold != nil), until == nil || hold == nil else {
      throw .outOfRange(reader.path(of: "hold"))
    }
  }

  package func write(to object: inout JSONObject) {
    object.set("state", state)
    object.set("basis", basis)
    object["held"] = .array(held.map { .string($0.hex) })
    object.set("until", time: until)
    if let hold { object.set("hold", hold) }
  }

  package var concerns: [Topic] { hold.map { [.event($0)] } ?? [] }
  package var subjects: [Subject] { held.map { Subject("attachment", sha256: $0) } }
}
