internal import LedgerStore
package import Provenance

extension LedgerView {
  /// The matches on exactly `release`, in the order of the log.
  package func matches(on release: VersionedName) throws -> [AdmittedEvent] {
    try findings(.matchCompleted, on: release).map { try event($0.sequence) }
  }

  /// The findings of a kind on exactly `release`, in the order of the log.
  package func findings(_ kind: Kind, on release: VersionedName) throws -> [FindingRecord] {
    try findings(on: release).filter { $0.kind == kind }
  }

  /// The findings on exactly `release`, in the order of the log.
  package func findings(on release: VersionedName) throws -> [FindingRecord] {
    try ledger.findings(on: release).filter { $0.sequence < size }
  }

  /// What a model was said to be trained on, or not, in the order of the log.
  package func trainings(of model: Name) throws -> [TrainingRecord] {
    try ledger.trainings(of: model).filter { $0.sequence < size }
  }

  /// Where events name attachments whose digests begin with `digits`, by digest and then in the order
  /// of the log.
  package func attachmentUses(startingWith digits: String) throws -> [AttachmentUseRecord] {
    try ledger.attachmentUses(startingWith: digits).filter { $0.sequence < size }
  }
}
