package import CanonicalJSON

/// Someone said something in public; without evidence it stays a claim.
package struct ClaimRecorded: EventBody {
  package static let kind = Kind.claimRecorded
  /// Who said it.
  package let claimant: ActorName
  /// What it is about.
  package let about: [Topic]
  /// The figures in it, each unit once, by unit ascending.
  package let counts: [Count]
  /// What was said, as UTF-8 text.
  package let text: AttachmentReference

  package init(claimant: ActorName, about: [Topic], counts: [Count] = [], text: AttachmentReference)
  {
    self.claimant = claimant
    self.about = about.sorted()
    self.counts = counts.sorted { $0.unit.rawValue < $1.unit.rawValue }
    self.text = text
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    claimant = try reader.actor("claimant")
    about = try reader.topics("about")
    counts = try reader.counts("counts", isOptional: true)
    text = try reader.nested("text")
  }

  package func write(to object: inout JSONObject) {
    object.set("claimant", claimant)
    object.set("about", parts: about)
    if !counts.isEmpty { object.set("counts", parts: counts) }
    object.set("text", part: text)
  }

  package var concerns: [Topic] { about + [.actor(claimant)] }
  package var subjects: [Subject] { about.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    [("text", text)]
  }
  package var statedTimes: [Timestamp] { counts.map(\.asOf) }
}

/// A document was kept as it was, so that a later change shows.
package struct EvidencePinned: EventBody {
  package static let kind = Kind.evidencePinned
  /// What it is evidence for or against.
  package let about: [Topic]
  /// The document, when it was taken, and what it does to what it is about.
  package let pinned: Evidence
  /// The host that it was taken from.
  package let host: HostName?
  /// Its exact address, as UTF-8 text.
  package let address: AttachmentReference?
  /// The evidence-pinned event of the same document before.
  package let earlier: EventID?

  package init(
    about: [Topic], pinned: Evidence, host: HostName? = nil, address: AttachmentReference? = nil,
    earlier: EventID? = nil
  ) {
    self.about = about.sorted()
    self.pinned = pinned
    self.host = host
    self.address = address
    self.earlier = earlier
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    about = try reader.topics("about")
    pinned = try reader.nested("pinned")
    host = try reader.optionalHost("host")
    address = try reader.optionalNested("address")
    earlier = try reader.optionalEventID("earlier")
  }

  package func write(to object: inout JSONObject) {
    object.set("about", parts: about)
    object.set("pinned", part: pinned)
    if let host { object.set("host", host) }
    object.set("address", part: address)
    if let earlier { object.set("earlier", earlier) }
  }

  package var concerns: [Topic] { about }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var references: [EventID] { about.compactMap(\.eventID) + (earlier.map { [$0] } ?? []) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    [("pinned", pinned.attachment), address.map { ("address", $0) }].compactMap(\.self)
  }
  package var statedTimes: [Timestamp] { [pinned.retrievedAt] }
}

/// Who signed an event says what is wrong in it; the event stays as it is.
package struct EventCorrected: EventBody {
  package static let kind = Kind.eventCorrected
  /// The event that is corrected.
  package let target: EventID
  /// The right figures, each unit once, by unit ascending.
  package let counts: [Count]
  /// What is wrong and what is right, as UTF-8 text.
  package let correction: AttachmentReference

  package init(target: EventID, counts: [Count] = [], correction: AttachmentReference) {
    self.target = target
    self.counts = counts.sorted { $0.unit.rawValue < $1.unit.rawValue }
    self.correction = correction
  }

  package init(from reader: inout MemberReader) throws(FieldError) {
    target = try reader.eventID("target")
    counts = try reader.counts("counts", isOptional: true)
    correction = try reader.nested("correction")
  }

  package func write(to object: inout JSONObject) {
    object.set("target", target)
    if !counts.isEmpty { object.set("counts", parts: counts) }
    object.set("correction", part: correction)
  }

  package var concerns: [Topic] { [.event(target)] }
  package var subjects: [Subject] { concerns.map(\.subject) }
  package var attachments: [(field: String, reference: AttachmentReference)] {
    [("correction", correction)]
  }
  package var statedTimes: [Timestamp] { counts.map(\.asOf) }
}
