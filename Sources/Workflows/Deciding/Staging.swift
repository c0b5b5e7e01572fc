internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
package import SetCommitment

/// What a command says and stores before it is recorded.
///
/// Attachments, secrets and files come before the events that name them; they go again with this value
/// unless it was told to ``keep()`` them.
package struct Staging: ~Copyable {
  package let desk: Desk
  /// What is said, in the order in which it is to be recorded.
  private(set) var said: [Signers.Said] = []
  /// What a retry says again, as the first try recorded it.
  private(set) var repeated: [AdmittedEvent] = []
  /// Earlier events that say the same as one that is said, where only its command can tell.
  private(set) var repetitions: [EventID: UInt64] = [:]
  /// The attachments of sets that a retry found to be an earlier try's, each once.
  private var setsTaken: Set<Digest> = []
  private(set) var afterwards: [@Sendable () -> Void] = []
  private var stored = Stored()

  package init(_ desk: Desk) {
    self.desk = desk
  }

  /// Leaves what was stored where it is: the events stand, or may.
  package consuming func keep() { stored.keep() }

  /// Remembers how to take away what is about to be stored.
  package mutating func onFailure(_ step: @escaping @Sendable () throws -> Void) {
    stored.onFailure(step)
  }

  /// Remembers what is to be done once the events stand; not while they wait for signatures.
  package mutating func whenRecorded(_ step: @escaping @Sendable () -> Void) {
    afterwards.append(step)
  }

  /// Says one statement; a retry says it again.
  ///
  /// - Parameters:
  ///   - body: what happened.
  ///   - causes: the events that led to it.
  ///   - extra: who signs beside those of the command, such as a new key.
  ///   - sequence: an earlier event that says the same in other bytes.
  ///   - moment: when it happened, where that is not now.
  ///   - adjust: sets what else the header says.
  /// - Returns: the id of the event that it becomes, which later statements can name; for a retry the
  ///   id of the first try's.
  /// - Throws: ``WorkflowFailure/nonceUsed(_:)`` when the nonce is one of an earlier command that said
  ///   something else.
  @discardableResult
  package mutating func say(
    _ body: Body, causes: [EventID] = [], by extra: [Signer] = [],
    repeating sequence: UInt64? = nil, at moment: Timestamp? = nil,
    header adjust: (inout Header) -> Void = { _ in }
  ) throws -> EventID {
    let signers = desk.signers + extra
    var header = Header(
      binding: .ledger(try desk.view.id), signers: signers.map(\.publicKey.id), nonce: desk.nonce,
      occurredAt: moment ?? desk.moment)
    header.causes = causes.sorted()
    header.notAfter = desk.signing.notAfter
    if body.kind.isAuthority, desk.signing.notAfter == nil {
      // Signatures from elsewhere take their time; nobody needs longer here than for a retry.
      let days: Int64 = desk.signing.unsigned == nil ? 1 : 7
      header.notAfter = header.occurredAt.advanced(bySeconds: days * 86_400)
    }
    adjust(&header)
    let draft = try PartlySigned(Statement(header: header, body: body))
    if let first = desk.first {
      let key = draft.repetitionKey
      guard let same = desk.earlier.first(where: { $0.entry.event.repetitionKey == key }) else {
        throw WorkflowFailure.nonceUsed(first.sequence)
      }
      repeated.append(same)
      return same.id
    }
    said.append(.init(draft: draft, signers: signers))
    repetitions[draft.id] = sequence
    return draft.id
  }

  /// Says what the first try recorded, where a retry cannot say it anew.
  package mutating func `repeat`(_ event: AdmittedEvent) { repeated.append(event) }
}

/// Attachments and secrets.
extension Staging {
  /// Stores `content` as an open attachment, salted so that its digest tells nothing about it.
  package mutating func attach(
    _ content: [UInt8], mediaType: String = "text/plain", kind: Kind, field: String
  ) throws -> AttachmentReference {
    let earlier = try desk.attached(
      content, mediaType: mediaType, disclosure: .open, kind: kind, field: field)
    if let earlier { return earlier }
    if mediaType.hasPrefix("text/") { try desk.shelf.checkOpenWords(content) }
    let bytes = try Random.bytes(LedgerView.saltSize) + content
    return AttachmentReference(
      sha256: try put(bytes), size: UInt64(bytes.count), mediaType: mediaType, disclosure: .open)
  }

  /// Stores prose, where there is some: sealed where the kind seals words, unless they are to be open.
  package mutating func attach(
    prose: [UInt8]?, kind: Kind, field: String, isOpen: Bool = false
  ) throws -> AttachmentReference? {
    guard let prose else { return nil }
    guard String(validating: prose, as: UTF8.self) != nil else {
      throw WorkflowFailure.badInput("The \(field) is not UTF-8 text; convert the file.")
    }
    guard isOpen || !kind.sealsWords(in: field) else {
      return try seal(prose, kind: kind, field: field)
    }
    return try attach(prose, kind: kind, field: field)
  }

  /// Stores `content` encrypted under a data key of its own, which lies among the secrets.
  package mutating func seal(
    _ content: [UInt8], mediaType: String = "text/plain", kind: Kind, field: String
  ) throws -> AttachmentReference {
    let earlier = try desk.attached(
      content, mediaType: mediaType, disclosure: .sealed, kind: kind, field: field)
    if let earlier { return earlier }
    let secrets = try desk.vault.secrets()
    let dataKey = try Random.bytes(32)
    guard let cipher = AES256GCM(key: dataKey) else { throw CryptoFailure.notAuthentic }
    let sealed = try cipher.seal(
      SealedContent.padded(content), associated: Vault.associatedData(try desk.view.id, kind, field)
    )
    let digest = try put(sealed)
    let name = SecretDirectory.attachmentName(digest)
    onFailure { try secrets.discard(name) }
    if stored.holdsSecrets {
      try secrets.replace(with: dataKey, as: name)
    } else {
      try secrets.put(dataKey, as: name)
    }
    return AttachmentReference(
      sha256: digest, size: UInt64(sealed.count), mediaType: mediaType, disclosure: .sealed)
  }

  /// Stores the shard manifest of a release: names, sizes and digests of its files.
  package mutating func attach(
    manifest: [UInt8], _ disclosure: Disclosure
  ) throws -> AttachmentReference {
    disclosure == .open
      ? try attach(
        manifest, mediaType: "application/json", kind: .releasePublished, field: "manifest")
      : try seal(
        manifest, mediaType: "application/json", kind: .releasePublished, field: "manifest")
  }

  /// Commits to `members` under a secret of their own; they stay here, sealed.
  ///
  /// The stored bytes hold the secret ‖ the members' file; their data key lies among the secrets.
  package mutating func seal(
    set members: EntrySet, kind: Kind, field: String = "set"
  ) throws -> SetReference {
    try seal(found: FoundMembers(members), kind: kind, field: field)
  }

  /// The same, with the rows of keys of which not all were found.
  package mutating func seal(
    found members: FoundMembers, kind: Kind, field: String = "set"
  ) throws -> SetReference {
    let earlier = try desk.sealedSet(members, kind: kind, field: field, besides: setsTaken)
    if let earlier {
      if let attachment = earlier.members { setsTaken.insert(attachment.sha256) }
      return earlier
    }
    let secret = try Random.bytes(32)
    return SetReference(
      root: members.keys.sealed(under: HMAC256(key: secret)).root.root,
      keys: UInt64(members.keys.count), disclosure: .sealed,
      members: try seal(
        secret + members.file, mediaType: "application/vnd.winnow.set", kind: kind, field: field))
  }

  /// Commits to `members` openly.
  package mutating func open(set members: EntrySet, kind: Kind) throws -> SetReference {
    SetReference(
      root: members.root.root, keys: UInt64(members.count), disclosure: .open,
      members: try attach(
        members.file, mediaType: "application/vnd.winnow.set", kind: kind, field: "set"))
  }

  private mutating func put(_ bytes: [UInt8]) throws -> Digest {
    try stored.put(bytes, in: desk.view.ledger)
  }

  /// The secret that an event commits to, stored under `name`: 32 bytes, `given` by the user or
  /// random.
  ///
  /// One that lies there already is used: an earlier try left it, a command that was killed, or a
  /// statement that waits for its signatures. Nobody else stores one until the event stands or was
  /// refused.
  ///
  /// Where the ledger has what the secret belongs to it stays as it is, and the rules refuse the event.
  ///
  /// - Throws: ``WorkflowFailure/secretWaits(_:)`` when another one lies there without its event.
  package mutating func secret(
    _ given: [UInt8]? = nil, as name: String, isRecorded: Bool
  ) throws -> [UInt8] {
    let secrets = try desk.vault.secrets()
    try stored.hold(secrets)
    let there = try? secrets.get(name)
    if let there, given ?? there == there { return there }
    let secret = try given ?? Random.bytes(32)
    if isRecorded { return secret }
    guard there == nil else { throw WorkflowFailure.secretWaits(name) }
    // Before: when only the sync of its directory fails, the file is there.
    onFailure { try secrets.discard(name) }
    try secrets.replace(with: secret, as: name)
    return secret
  }
}
