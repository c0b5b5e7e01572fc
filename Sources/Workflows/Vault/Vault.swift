internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
package import Rows
package import SetCommitment
internal import Synchronization

/// What the ledger's passphrase opens: the secrets of datasets, lists and sets, and what is sealed.
///
/// Opened once: deriving a key from a passphrase takes a fifth of a second, and a set that was opened
/// and checked against its root is kept, so that one command opens it once.
package struct Vault: Sendable {
  package let view: LedgerView
  package let directory: LedgerDirectory
  private let opened: Opened

  /// What was opened, for all views of one ledger.
  package final class Opened: Sendable {
    let passphrase: @Sendable () throws -> Passphrase
    let secrets = Mutex<SecretDirectory?>(nil)
    let members = Mutex<[SetReference: FoundMembers]>([:])

    package init(_ passphrase: @escaping @Sendable () throws -> Passphrase) {
      self.passphrase = passphrase
    }
  }

  package init(_ view: LedgerView, _ directory: LedgerDirectory, _ opened: Opened) {
    self.view = view
    self.directory = directory
    self.opened = opened
  }

  package func passphrase() throws -> Passphrase { try opened.passphrase() }

  /// The ledger's secrets.
  package func secrets() throws -> SecretDirectory {
    try opened.secrets.withLock { secrets in
      if let open = secrets { return open }
      let open = try SecretDirectory(at: directory.secrets, passphrase: try opened.passphrase())
      secrets = open
      return open
    }
  }

  /// The secret of a keyed dataset; `nil` for a plain one.
  package func rowSecret(of dataset: DatasetRecord) throws -> RowSecret? {
    guard dataset.registration.tagging == .keyed else { return nil }
    let name = dataset.registration.dataset
    guard let bytes = try secrets().get(SecretDirectory.datasetName(name)),
      let secret = RowSecret(bytes: bytes),
      secret.commitment == dataset.registration.secretCommitment
    else { throw WorkflowFailure.secretNeeded(name) }
    return secret
  }

  /// What was attached, without its salt or encryption, whether it may be shown or not; `nil` when its
  /// bytes or their key are not here.
  package func content(
    of reference: AttachmentReference, kind: Kind, field: String
  ) throws -> [UInt8]? {
    guard
      let stored = try view.ledger.attachment(
        reference.sha256, maxBytes: LedgerView.maximumAttachment)
    else { return nil }
    guard reference.disclosure == .sealed else {
      return Array(stored.dropFirst(LedgerView.saltSize))
    }
    guard let dataKey = try secrets().get(SecretDirectory.attachmentName(reference.sha256)),
      let cipher = AES256GCM(key: dataKey)
    else { return nil }
    let padded = try cipher.open(
      stored, associated: Self.associatedData(try view.id, kind, field))
    return SealedContent.unpadded(padded)
  }

  /// What a sealed attachment is bound to: ledger ‖ event kind ‖ field.
  static func associatedData(_ ledger: EventID, _ kind: Kind, _ field: String) -> [UInt8] {
    ledger.digest.bytes + Array(kind.rawValue.utf8) + Array(field.utf8)
  }
}

/// Sets that events commit to.
extension Vault {
  /// The members of a set that an event committed to, checked against its root.
  ///
  /// What was withheld is read, too: it is not to be shown, and decisions still rest on it.
  ///
  /// - Throws: ``WorkflowFailure/membersSealed(_:)`` where their key is not here,
  ///   ``WorkflowFailure/memberErased(_:at:)`` where they were erased, and
  ///   ``WorkflowFailure/memberMissing(_:)`` where they are not what the event says.
  package func members(
    of set: SetReference, event: AdmittedEvent, field: String = "set"
  ) throws -> EntrySet {
    try found(by: set, event: event, field: field).keys
  }

  /// The same, with the rows of keys of which not all were found.
  private func found(
    by set: SetReference, event: AdmittedEvent, field: String
  ) throws -> FoundMembers {
    guard let attachment = set.members else {
      throw set.disclosure == .open
        ? WorkflowFailure.memberMissing(event.sequence)
        : WorkflowFailure.membersSealed(event.sequence)
    }
    if let known = opened.members.withLock({ $0[set] }) { return known }
    let members = try read(set, attachment, event, field)
    opened.members.withLock { $0[set] = members }
    return members
  }

  /// The same, or `nil` where they are sealed for us or gone.
  package func membersHere(
    of set: SetReference, event: AdmittedEvent, field: String = "set"
  ) throws -> EntrySet? {
    try foundHere(by: set, event: event, field: field)?.keys
  }

  /// The same, with the rows of keys of which not all were found.
  package func foundHere(
    by set: SetReference, event: AdmittedEvent, field: String = "set"
  ) throws -> FoundMembers? {
    guard set.disclosure == .open || Directory.exists(directory.secrets) else { return nil }
    do {
      return try found(by: set, event: event, field: field)
    } catch WorkflowFailure.membersSealed {
      return nil
    } catch WorkflowFailure.memberMissing {
      return nil
    } catch WorkflowFailure.memberErased {
      return nil
    }
  }

  private func read(
    _ set: SetReference, _ attachment: AttachmentReference, _ event: AdmittedEvent,
    _ field: String
  ) throws -> FoundMembers {
    if let record = view.state.attachments.missing(attachment.sha256), record.state == .erased {
      throw WorkflowFailure.memberErased(event.sequence, at: record.sequence)
    }
    let kind = event.statement.body.kind
    if set.disclosure == .open {
      guard let content = try content(of: attachment, kind: kind, field: field) else {
        throw WorkflowFailure.memberMissing(event.sequence)
      }
      let members = try EntrySet(file: content)
      guard members.root.root == set.root else {
        throw WorkflowFailure.memberMissing(event.sequence)
      }
      return FoundMembers(members)
    }
    guard try secrets().get(SecretDirectory.attachmentName(attachment.sha256)) != nil else {
      throw WorkflowFailure.membersSealed(event.sequence)
    }
    guard
      let plain = try content(of: attachment, kind: kind, field: field),
      plain.count >= 32
    else { throw WorkflowFailure.memberMissing(event.sequence) }
    guard let found = FoundMembers(file: Array(plain[32...]), count: set.keys),
      found.keys.sealed(under: HMAC256(key: Array(plain[..<32]))).root.root == set.root
    else { throw WorkflowFailure.memberMissing(event.sequence) }
    return found
  }
}
