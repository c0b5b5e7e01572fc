internal import Files
package import LedgerCrypto
internal import LedgerStore
package import Provenance

extension Session {
  /// One place where an event names an attachment.
  package struct AttachmentUse: Sendable {
    package let event: AdmittedEvent
    package let field: String
    package let reference: AttachmentReference
  }

  /// What the ledger knows of an attachment.
  package struct AttachmentFound: Sendable {
    package let digest: Digest
    /// Where events name it, the oldest first; at least one.
    package let uses: [AttachmentUse]
    /// The last event that withheld, returned or erased it.
    package let record: AttachmentRecord?
    /// Whether its bytes are here.
    package let isHere: Bool

    package var reference: AttachmentReference { uses[0].reference }

    /// The events that name it, as many as one statement takes.
    var events: [EventID] {
      var seen: Set<EventID> = []
      return Array(uses.map(\.event.id).filter { seen.insert($0).inserted }.prefix(256))
    }
  }

  /// The attachment of a digest, of 8 or more of its first digits, or of `SEQUENCE/FIELD`.
  ///
  /// Cost: the events that name it.
  package func attachment(named text: String) throws -> AttachmentFound {
    let wanted = try uses(named: text)
    guard let first = wanted.first else { throw WorkflowFailure.noAttachment(text) }
    let digest = first.reference.sha256
    guard wanted.allSatisfy({ $0.reference.sha256 == digest }) else {
      throw WorkflowFailure.severalAttachments(text)
    }
    return AttachmentFound(
      digest: digest, uses: try uses(startingWith: digest.hex),
      record: try ledger.state.attachments.records[digest],
      isHere: try ledger.hasAttachment(digest))
  }

  private func uses(named text: String) throws -> [AttachmentUse] {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2, let sequence = UInt64(parts[0]) {
      return Self.uses(in: try event(sequence)).filter {
        $0.field.utf8.elementsEqual(parts[1].utf8)
      }
    }
    let digits = text.lowercased()
    guard (Self.fewestDigits...64).contains(digits.utf8.count) else { return [] }
    return try uses(startingWith: digits)
  }

  /// Where events name attachments whose digests begin with `digits`, by digest and then in the order
  /// of the log.
  private func uses(startingWith digits: String) throws -> [AttachmentUse] {
    try ledger.attachmentUses(startingWith: digits).flatMap { use in
      Self.uses(in: try event(use.sequence)).filter {
        $0.reference.sha256 == use.attachment && $0.field == use.field
      }
    }
  }

  private static func uses(in event: AdmittedEvent) -> [AttachmentUse] {
    event.statement.attachments.map {
      AttachmentUse(event: event, field: $0.field, reference: $0.reference)
    }
  }

  /// Records that an attachment is not to be shown, or is to be shown again.
  package func withhold(
    _ name: String, state: WithholdingState, basis: LegalBasis, reason: [UInt8]?
  ) throws -> Recorded {
    let found = try attachment(named: name)
    let attempt = try attempt()
    return try undoing {
      let reason = try reason.map {
        try attachText($0, kind: .attachmentWithheld, field: "reason", attempt: attempt)
      }
      return try record(
        { _ in
          .attachmentWithheld(
            .init(
              attachment: found.digest, events: found.events, state: state, basis: basis,
              reason: reason))
        }, attempt: attempt)
    }
  }

  /// What erasing did.
  package struct Erasure: Sendable {
    /// `nil` when an earlier run recorded it and was stopped before the bytes were gone.
    package let recorded: Recorded?
    package let digest: Digest
  }

  /// Records that an attachment is erased, and then destroys its bytes and its data key.
  ///
  /// Stopped in between, the bytes remain until the next deciding command, or this one again.
  package func erase(
    _ name: String, basis: LegalBasis, requestedBy: ActorName?, reason: [UInt8]?
  ) throws -> Erasure {
    let found = try attachment(named: name)
    let attempt = try attempt(completing: false)
    if found.record?.state == .erased, attempt.first == nil, try ledger.destroy(found.digest) {
      return Erasure(recorded: nil, digest: found.digest)
    }
    let recorded = try undoing {
      let reason = try reason.map {
        try attachText($0, kind: .attachmentErased, field: "reason", attempt: attempt)
      }
      return try record(
        { _ in
          .attachmentErased(
            .init(
              attachment: found.digest, events: found.events, basis: basis,
              requestedBy: requestedBy, reason: reason))
        }, attempt: attempt)
    }
    if !ledger.isRehearsal { try completeErasures() }
    return Erasure(recorded: recorded, digest: found.digest)
  }

  /// Destroys what remains of every attachment that an event erased.
  func completeErasures() throws {
    for record in try ledger.state.attachments.records.values where record.state == .erased {
      try ledger.destroy(record.attachment)
    }
  }

  /// The content of an attachment: what was attached, without its salt or encryption.
  ///
  /// - Returns: `nil` when its bytes are not here, or were withheld or erased.
  package func content(of found: AttachmentFound) throws -> [UInt8]? {
    let reference = found.reference
    guard try ledger.state.attachments.missing(found.digest) == nil else { return nil }
    if reference.disclosure == .open { return try openContent(reference) }
    let use = found.uses[0]
    return try content(of: reference, kind: use.event.statement.body.kind, field: use.field)
  }

  /// Stores prose from a file: sealed where the kind seals words, unless they are to be open.
  func attachText(
    _ bytes: [UInt8], kind: Kind, field: String, isOpen: Bool = false, attempt: Attempt
  ) throws -> AttachmentReference {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw WorkflowFailure.badInput("The \(field) is not UTF-8 text; convert the file.")
    }
    guard isOpen || !kind.sealsWords(in: field) else {
      return try attachSealed(
        bytes, mediaType: "text/plain", kind: kind, field: field, attempt: attempt,
        secrets: try secrets())
    }
    return try attachOpen(
      bytes, mediaType: "text/plain", kind: kind, field: field, attempt: attempt)
  }
}
