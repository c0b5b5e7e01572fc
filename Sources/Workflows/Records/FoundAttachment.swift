package import LedgerCrypto
internal import LedgerStore
package import Provenance

/// What the ledger knows of an attachment.
package struct FoundAttachment: Sendable {
  /// One place where an event names it.
  package struct Use: Sendable {
    package let event: AdmittedEvent
    package let field: String
    package let reference: AttachmentReference
  }

  package let digest: Digest
  /// Where events name it, the oldest first; at least one.
  package let uses: [Use]
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

  /// Finds the attachment of a digest, of 8 or more of its first digits, or of `SEQUENCE/FIELD`.
  package init(named text: String, in view: LedgerView) throws {
    let wanted = try Self.uses(named: text, view)
    guard let first = wanted.first else { throw WorkflowFailure.noAttachment(text) }
    let digest = first.reference.sha256
    guard wanted.allSatisfy({ $0.reference.sha256 == digest }) else {
      throw WorkflowFailure.severalAttachments(text)
    }
    self.digest = digest
    uses = try Self.uses(startingWith: digest.hex, view)
    record = view.state.attachments.records[digest]
    isHere = try view.ledger.hasAttachment(digest)
  }

  private static func uses(named text: String, _ view: LedgerView) throws -> [Use] {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2, let sequence = UInt64(parts[0]) {
      return uses(in: try view.event(sequence)).filter {
        $0.field.utf8.elementsEqual(parts[1].utf8)
      }
    }
    let digits = text.lowercased()
    guard (LedgerView.fewestDigits...64).contains(digits.utf8.count) else { return [] }
    return try uses(startingWith: digits, view)
  }

  private static func uses(startingWith digits: String, _ view: LedgerView) throws -> [Use] {
    try view.attachmentUses(startingWith: digits).flatMap { use in
      uses(in: try view.event(use.sequence)).filter {
        $0.reference.sha256 == use.attachment && $0.field == use.field
      }
    }
  }

  private static func uses(in event: AdmittedEvent) -> [Use] {
    event.statement.attachments.map {
      Use(event: event, field: $0.field, reference: $0.reference)
    }
  }

  /// What was attached, without its salt or encryption.
  ///
  /// - Returns: `nil` when its bytes are not here, or were withheld or erased.
  package func content(_ vault: Vault) throws -> [UInt8]? {
    guard vault.view.state.attachments.missing(digest) == nil else { return nil }
    if reference.disclosure == .open { return try vault.view.openContent(reference) }
    let use = uses[0]
    return try vault.content(
      of: reference, kind: use.event.statement.body.kind, field: use.field)
  }
}
