package import CanonicalJSON
internal import LedgerCrypto

/// All that the rules read, bounded by the number of actors, datasets, releases, lists, models,
/// disputes, verifications, and attachments that were withheld, held or erased; single findings are
/// looked up by event id.
package struct LedgerState: Sendable {
  /// How many entries were applied.
  package internal(set) var size: UInt64 = 0
  package internal(set) var lastRecordedAt: Timestamp?
  package internal(set) var authority = Authority()
  package internal(set) var catalog = Catalog()
  package internal(set) var models = Models()
  package internal(set) var stated = StatedNames()
  package internal(set) var withdrawals = Withdrawals()
  package internal(set) var disputes = Disputes()
  package internal(set) var verifications = Verifications()
  package internal(set) var attachments = AttachmentStates()

  package init() {}

  /// The event of sequence 0, once there is one.
  package var ledger: EventID? { authority.founding?.ledger }

  /// The log's verifier key (vkey) for a checkpoint of `size` entries, or `nil` for an empty ledger.
  ///
  /// Checkpoints that the old key signed stay valid up to the size before a log-key-changed event;
  /// only the new key's count from the size that includes it.
  package func logKey(at size: UInt64) -> String? { authority.founding?.logKey(at: size) }

  /// Takes an admitted event in; total, for history is not up for debate.
  ///
  /// - Parameters:
  ///   - event: the event at the sequence that follows.
  ///   - references: the events that the statement's references name.
  /// - Returns: the rows that the projections put, in order.
  mutating func apply(
    _ event: AdmittedEvent, references: [EventID: AdmittedEvent]
  ) -> [ProjectionChange] {
    size = event.sequence + 1
    lastRecordedAt = event.recordedAt
    return event.statement.body.content.apply(event, references, to: &self)
      + ProjectionChange.records(of: event)
  }

  /// Takes a row back in that an earlier ``apply(_:references:)`` put, as when a store opens.
  ///
  /// Rows of tables that the rules do not keep in memory are passed over.
  package mutating func restore(_ table: ProjectionTable, _ document: JSONElement)
    throws(FieldError)
  {
    var reader = try MemberReader(document, path: table.rawValue)
    switch table {
    case .actor:
      let record = try ActorRecord(from: &reader)
      authority.actors[record.actor] = record
    case .key:
      let record = try KeyRecord(from: &reader)
      authority.keys[record.publicKey.id] = record
    case .role:
      let record = try RoleRecord(from: &reader)
      authority.roles[record.key] = record
    case .charter: authority.founding = try CharterRecord(from: &reader)
    case .dataset:
      let record = try DatasetRecord(from: &reader)
      catalog.datasets[record.registration.dataset] = record
    case .release:
      let record = try ReleaseRecord(from: &reader)
      catalog.releases[record.publication.release] = record
    case .family:
      let record = try FamilyRecord(from: &reader)
      catalog.families[record.family] = record
    case .hashList:
      let record = try HashListRecord(from: &reader)
      catalog.lists[record.receipt.list] = record
    case .model:
      let record = try ModelRecord(from: &reader)
      models.models[record.registration.model] = record
    case .stated: stated.take(try StatedRecord(from: &reader))
    case .withdrawal:
      let record = try WithdrawalRecord(from: &reader)
      withdrawals.records[record.key] = record
    case .dispute:
      let record = try DisputeRecord(from: &reader)
      disputes.records[record.event] = record
    case .attachment:
      let record = try AttachmentRecord(from: &reader)
      attachments.records[record.attachment] = record
    case .hold:
      let record = try HoldRecord(from: &reader)
      attachments.holds[record.event] = record
    case .verification: verifications.restore(try VerificationRecord(from: &reader))
    case .finding, .training, .statedFigure, .observation, .availability,
      .derivative, .notice, .residue, .authorityReport, .modelEvent, .claim, .concern,
      .attachmentUse:
      return
    }
    try reader.finish()
  }

  /// Says how far the restored rows go.
  package mutating func restore(size: UInt64, lastRecordedAt: Timestamp?) {
    self.size = size
    self.lastRecordedAt = lastRecordedAt
  }

  /// The tables that ``restore(_:_:)`` reads.
  package static let restoredTables: [ProjectionTable] = [
    .actor, .key, .role, .charter, .dataset, .release, .family, .hashList, .model, .verification,
    .stated, .withdrawal, .dispute, .attachment, .hold,
  ]
}
