internal import Files
package import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import SetCommitment

/// Attachments as events name them: salted when open, encrypted when sealed.
extension Session {
  /// The random bytes before the content of an open attachment.
  package static let saltSize = 32

  /// Stores `content` as an open attachment, salted so that its digest tells nothing about it.
  package func attachOpen(
    _ content: [UInt8], mediaType: String, kind: Kind, field: String, attempt: Attempt
  ) throws -> AttachmentReference {
    let earlier = try attached(
      content, mediaType: mediaType, disclosure: .open, kind: kind, field: field, attempt: attempt)
    if let earlier { return earlier }
    if mediaType.hasPrefix("text/") { try checkOpenWords(content) }
    let bytes = try Random.bytes(Self.saltSize) + content
    return AttachmentReference(
      sha256: try put(bytes), size: UInt64(bytes.count), mediaType: mediaType, disclosure: .open)
  }

  private func put(_ bytes: [UInt8]) throws -> Digest {
    let path = ledger.attachmentPath(Digest(sha256: bytes))
    let folder = Directory.parent(of: path)
    let isNew = !Directory.exists(folder)
    onFailure {
      try? Directory.remove(file: path)
      if isNew { try Directory.removeIfEmpty(folder) }
    }
    return try ledger.putAttachment(bytes)
  }

  func isErased(_ digest: Digest) throws -> Bool {
    try ledger.state.attachments.records[digest]?.state == .erased
  }

  /// Stores text as an open attachment.
  package func attach(
    text: String, kind: Kind, field: String, attempt: Attempt
  ) throws -> AttachmentReference {
    try attachOpen(
      Array(text.utf8), mediaType: "text/plain", kind: kind, field: field, attempt: attempt)
  }

  /// The content of an open attachment, or `nil` when it is not here or not to be shown.
  package func openContent(_ reference: AttachmentReference) throws -> [UInt8]? {
    guard reference.disclosure == .open,
      try ledger.state.attachments.missing(reference.sha256) == nil,
      let bytes = try ledger.attachment(reference.sha256), bytes.count >= Self.saltSize
    else { return nil }
    return Array(bytes[Self.saltSize...])
  }

  /// What was attached, without its salt or encryption, whether it may be shown or not; `nil` when its
  /// bytes or their key are not here.
  func content(
    of reference: AttachmentReference, kind: Kind, field: String
  ) throws -> [UInt8]? {
    guard let stored = try ledger.attachment(reference.sha256, maxBytes: Self.maximumAttachment)
    else { return nil }
    guard reference.disclosure == .sealed else { return Array(stored.dropFirst(Self.saltSize)) }
    guard let ledgerID = try ledger.state.ledger,
      let dataKey = try secrets().get(SecretDirectory.attachmentName(reference.sha256)),
      let cipher = AES256GCM(key: dataKey)
    else { return nil }
    let padded = try cipher.open(stored, associated: Self.associatedData(ledgerID, kind, field))
    return SealedContent.unpadded(padded)
  }

  /// What a sealed attachment is bound to: ledger ‖ event kind ‖ field.
  static func associatedData(_ ledger: EventID, _ kind: Kind, _ field: String) -> [UInt8] {
    ledger.digest.bytes + Array(kind.rawValue.utf8) + Array(field.utf8)
  }

  /// Stores `content` encrypted under a data key of its own, which lies among the secrets.
  package func attachSealed(
    _ content: [UInt8], mediaType: String, kind: Kind, field: String, attempt: Attempt,
    secrets: SecretDirectory
  ) throws -> AttachmentReference {
    guard let ledgerID = try ledger.state.ledger else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    let earlier = try attached(
      content, mediaType: mediaType, disclosure: .sealed, kind: kind, field: field, attempt: attempt
    )
    if let earlier { return earlier }
    let dataKey = try Random.bytes(32)
    guard let cipher = AES256GCM(key: dataKey) else { throw CryptoFailure.notAuthentic }
    let sealed = try cipher.seal(
      SealedContent.padded(content), associated: Self.associatedData(ledgerID, kind, field))
    let digest = try put(sealed)
    let name = SecretDirectory.attachmentName(digest)
    onFailure { try secrets.discard(name) }
    try secrets.put(dataKey, as: name)
    return AttachmentReference(
      sha256: digest, size: UInt64(sealed.count), mediaType: mediaType, disclosure: .sealed)
  }

  /// Commits to `keys` under a secret of their own; the members stay here, sealed.
  ///
  /// The stored bytes hold the secret ‖ the member file; their data key lies among the secrets.
  package func sealSet(
    _ keys: [Digest], kind: Kind, field: String = "set", attempt: Attempt,
    secrets: SecretDirectory
  ) throws -> SetReference {
    let members = EntrySet(keys)
    if let earlier = try sealedSet(members, kind: kind, field: field, attempt: attempt) {
      return earlier
    }
    let secret = try Random.bytes(32)
    return SetReference(
      root: members.sealed(under: HMAC256(key: secret)).root.root,
      keys: UInt64(members.count), disclosure: .sealed,
      members: try attachSealed(
        secret + members.file, mediaType: "application/vnd.winnow.set", kind: kind, field: field,
        attempt: attempt, secrets: secrets))
  }

  /// Commits to `keys` openly, with their members as an open attachment.
  func openSet(_ keys: [Digest], kind: Kind, attempt: Attempt) throws -> SetReference {
    let members = EntrySet(keys)
    return SetReference(
      root: members.root.root, keys: UInt64(members.count), disclosure: .open,
      members: try attachOpen(
        members.file, mediaType: "application/vnd.winnow.set", kind: kind, field: "set",
        attempt: attempt))
  }

  /// Records an event with the secret that it commits to.
  ///
  /// A secret that lies there already is used: an earlier try left it, a command that was killed, or a
  /// statement that waits for its signatures. Nobody else stores one until the event stands or was
  /// refused.
  ///
  /// `given` are 32 bytes of the user's, by default random ones; `isRecorded` says whether the ledger
  /// has what the secret belongs to.
  ///
  /// - Throws: ``WorkflowFailure/secretWaits(_:)`` when another one lies there without its event.
  func record(
    with given: [UInt8]? = nil, as name: String, in secrets: SecretDirectory,
    isRecorded: () throws -> Bool, _ body: ([UInt8]) throws -> Recorded
  ) throws -> Recorded {
    try secrets.alone {
      let stored = try? secrets.get(name)
      if let stored, given ?? stored == stored { return try body(stored) }
      let secret = try given ?? Random.bytes(32)
      // The secret of what is recorded stays as it is, and the rules refuse the event.
      if try isRecorded() { return try body(secret) }
      guard stored == nil else { throw WorkflowFailure.secretWaits(name) }
      return try undoing {
        // Before: when only the sync of its directory fails, the file is there.
        onFailure { try secrets.discard(name) }
        try secrets.replace(with: secret, as: name)
        return try body(secret)
      }
    }
  }

  /// The most bytes of an attachment that is read into memory: 4 GiB.
  static let maximumAttachment = 4 << 30

  /// The members of a set that an event committed to, checked against its root.
  package func members(
    of reference: SetReference, event: AdmittedEvent, field: String = "set",
    secrets: SecretDirectory
  ) throws -> [Digest] {
    if reference.disclosure == .open {
      guard let attachment = reference.members, let content = try openContent(attachment) else {
        throw WorkflowFailure.memberMissing(event.sequence)
      }
      let set = try EntrySet(file: content)
      guard set.root.root == reference.root else {
        throw WorkflowFailure.memberMissing(event.sequence)
      }
      return set.members
    }
    guard let attachment = reference.members, let ledgerID = try ledger.state.ledger,
      let dataKey = try secrets.get(SecretDirectory.attachmentName(attachment.sha256)),
      let cipher = AES256GCM(key: dataKey)
    else { throw WorkflowFailure.membersSealed(event.sequence) }
    guard
      let stored = try ledger.attachment(
        attachment.sha256, maxBytes: Self.maximumAttachment)
    else {
      throw WorkflowFailure.memberMissing(event.sequence)
    }
    let kind = event.statement.body.kind
    let padded = try cipher.open(
      stored, associated: Self.associatedData(ledgerID, kind, field))
    guard let plain = SealedContent.unpadded(padded), plain.count >= 32 else {
      throw WorkflowFailure.memberMissing(event.sequence)
    }
    let set = try EntrySet(file: Array(plain[32...]))
    let secret = HMAC256(key: Array(plain[..<32]))
    guard set.sealed(under: secret).root.root == reference.root else {
      throw WorkflowFailure.memberMissing(event.sequence)
    }
    return set.members
  }
}
