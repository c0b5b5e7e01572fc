internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance

extension Session {
  /// Reads a file of statements; the ledger's keys tell whose a signature without a keyid is.
  package func statements(in file: [UInt8]) throws -> [PartlySigned] {
    let keys = try ledger.state.authority.keys
    return try StatementFile.parse(file) { keys[$0]?.publicKey }
  }

  /// Records statements that were signed elsewhere, in one transaction.
  ///
  /// Copies of one statement that several signers signed side by side are one, with all their
  /// signatures. One that was recorded before gets its first receipt.
  ///
  /// - Parameters:
  ///   - statements: of one or several files, in the order in which they are to be recorded.
  ///   - attachments: paths of files with the bytes of attachments that the statements name.
  /// - Returns: what was recorded, in that order.
  /// - Throws: ``WorkflowFailure/signaturesMissing(_:)`` or a refusal; nothing is then recorded.
  package func submit(
    _ statements: [PartlySigned], attachments: [String] = []
  ) throws -> [Recorded] {
    let gathered = Self.gathered(statements)
    for statement in gathered { try checkComplete(statement) }
    let recorded = try undoing {
      let named = Set(gathered.flatMap { $0.statement.attachments.map(\.reference.sha256) })
      for path in attachments { try bring(path, named: named) }
      for statement in gathered {
        try checkAttachments(of: statement)
        try checkFiles(of: statement)
      }
      let events = try gathered.map { try SignedEvent($0) }
      return try ledger.append(now: now) { transaction in
        try events.map { event in
          let repeats = try transaction.hasRepetition(of: event.statement)
          let receipt = try transaction.admit(event)
          return Recorded(
            receipt: receipt, kind: event.statement.body.kind,
            nonce: event.statement.header.nonce, repeats: receipt.isNew ? repeats : nil,
            awaited: [])
        }
      }
    }
    if !ledger.isRehearsal {
      try updatePolicy()
      try completeErasures()
    }
    return recorded
  }

  /// Copies of one statement as one, where it came first.
  private static func gathered(_ statements: [PartlySigned]) -> [PartlySigned] {
    var gathered: [PartlySigned] = []
    var places: [EventID: Int] = [:]
    for statement in statements {
      if let place = places[statement.id] {
        gathered[place].merge(statement)
      } else {
        places[statement.id] = gathered.count
        gathered.append(statement)
      }
    }
    return gathered
  }

  private func checkComplete(_ statement: PartlySigned) throws {
    let missing = statement.missing
    guard !missing.isEmpty, try ledger.event(id: statement.id) == nil else { return }
    let state = try ledger.state
    if let ledger = state.ledger, case .ledger(let id) = statement.statement.header.binding,
      id != ledger
    {
      throw Refusal.otherLedger
    }
    throw WorkflowFailure.signaturesMissing(
      try missing.map { AwaitedSigner(actor: try owner(of: $0, statement, state), keyID: $0) }
        .sorted { $0.actor < $1.actor })
  }

  /// Whose key it is, by the ledger or by the statement that brings it.
  private func owner(
    of id: Digest, _ statement: PartlySigned, _ state: LedgerState
  ) throws -> ActorName {
    if let record = state.authority.keys[id] { return record.actor }
    guard let brought = statement.statement.body.broughtKey(id),
      let owner = brought.holder?.actor ?? ActorName("log")
    else { throw Refusal.unknownKey(id) }
    return owner
  }

  /// Stores an attachment that came with a statement.
  private func bring(_ path: String, named: Set<Digest>) throws {
    guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    let bytes = try OpenFile.readAll(path, maxBytes: Self.maximumAttachment)
    let digest = Digest(sha256: bytes)
    guard named.contains(digest) else {
      throw WorkflowFailure.badInput(
        "No statement names an attachment with the digest of \(path); bring the file exactly as it was attached."
      )
    }
    guard try ledger.attachment(digest) == nil, try !isErased(digest) else { return }
    _ = try ledger.putAttachment(bytes)
    let stored = ledger.attachmentPath(digest)
    onFailure { try Directory.remove(file: stored) }
  }

  /// The files of a release that were made here must be those that its statement is about: a later
  /// draft of it has others.
  private func checkFiles(of statement: PartlySigned) throws {
    guard case .releasePublished(let body) = statement.statement.body,
      try ledger.event(id: statement.id) == nil
    else { return }
    let path = directory.index(of: body.release)
    guard try !Directory.holds(path) || IndexFile(path: path).root == body.root else {
      throw WorkflowFailure.otherDraft(body.release)
    }
  }

  /// An open attachment must be here before the event that names it: without it no one could verify
  /// the ledger.
  private func checkAttachments(of statement: PartlySigned) throws {
    // What was recorded before may have lost them by a later event.
    guard try ledger.event(id: statement.id) == nil else { return }
    for (_, reference) in statement.statement.attachments
    where reference.disclosure == .open {
      guard Directory.holds(ledger.attachmentPath(reference.sha256)) else {
        throw WorkflowFailure.attachmentMissing(reference.sha256)
      }
    }
  }
}
