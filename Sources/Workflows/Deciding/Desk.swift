package import LedgerCrypto
internal import LedgerStore
package import Provenance

/// What one decision is made on: a view of the ledger with what opens it, those who sign, and when.
///
/// All that a command says has the command's one nonce and is admitted together, so that either all
/// of a first try is there or none. A retry under the same nonce then says the very same: it attaches
/// what the first try attached, "now" is when the first try happened, and authority events follow the
/// same event as then. So each statement is found to be recorded, and a nonce that its signer used for
/// anything else is refused.
package struct Desk: Sendable {
  package let shelf: Shelf
  /// Who signs; at least one.
  package let signers: [Signer]
  /// 16 bytes, of all events of the command.
  package let nonce: [UInt8]
  /// The events of an earlier try, in the log's order.
  package let earlier: [AdmittedEvent]
  /// When it happens: now, or when the first try did.
  package let moment: Timestamp
  /// How signatures are made, and within which bounds.
  package let signing: Signing
  /// The attachments that a command before this one was to destroy, and that went now.
  package let completed: Set<Digest>

  package var view: LedgerView { shelf.view }
  package var vault: Vault { shelf.vault }
  package var directory: LedgerDirectory { shelf.directory }
  package var progress: Progress { shelf.progress }

  /// The first event of an earlier try; `nil` when there is none.
  package var first: AdmittedEvent? { earlier.first }

  /// Whether the event with this id is of the earlier try.
  package func isEarlier(_ id: EventID) -> Bool { earlier.contains { $0.id == id } }

  /// The authority event that the next one follows: the one that is named; else the one that the first
  /// try followed; else the last one.
  package var after: EventID {
    get throws {
      if let after = signing.after { return after }
      if let first = first?.statement.body, first.kind.isAuthority,
        let after = first.content.references.first
      {
        return after
      }
      return try view.founding.lastAuthority
    }
  }

  /// What the earlier try's events of `kind` attach in `field`.
  func references(_ kind: Kind, _ field: String) -> [AttachmentReference] {
    earlier.filter { $0.statement.body.kind == kind }.flatMap(\.statement.attachments)
      .filter { $0.field == field }.map(\.reference)
  }
}
