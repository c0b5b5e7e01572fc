internal import Datasets
internal import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance

/// Records statements that were signed elsewhere, all of them or none.
///
/// Copies of one statement that several signers signed side by side are one, with all their
/// signatures. One that was recorded before gets its first receipt.
package struct SubmitSigned: Sendable {
  private let statements: [PartlySigned]
  private let attachments: [String]

  /// - Parameters:
  ///   - statements: of one or several files, in the order in which they are to be recorded.
  ///   - attachments: paths of files with the bytes of attachments that the statements name.
  package init(_ statements: [PartlySigned], attachments: [String] = []) {
    self.statements = Self.gathered(statements)
    self.attachments = attachments
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

  /// Records them.
  ///
  /// - Returns: what was recorded, in that order.
  /// - Throws: ``WorkflowFailure/signaturesMissing(_:)`` or a refusal; nothing is then recorded.
  package func submit(to place: Workplace) throws -> [Recorded] {
    let view = try place.view()
    let isNew = try statements.map { try view.event(id: $0.id) == nil }
    let new = zip(statements, isNew).filter(\.1).map(\.0)
    for statement in new { try checkComplete(statement, view) }
    var stored = Stored()
    let named = Set(statements.flatMap { $0.statement.attachments.map(\.reference.sha256) })
    for path in attachments { try bring(path, named: named, view, &stored) }
    for statement in new {
      try checkAttachments(of: statement, view)
      try checkFiles(of: statement, place)
    }
    let repeats = try zip(statements, isNew).map { statement, isNew in
      isNew ? try view.repetition(of: statement.repetitionKey) : nil
    }
    func recorded(_ receipts: [Ledger.Receipt]) -> [Recorded] {
      zip(zip(statements, receipts), repeats).map { pair, repeats in
        Recorded(
          receipt: pair.1, kind: pair.0.statement.body.kind, nonce: pair.0.statement.header.nonce,
          repeats: repeats, awaited: [])
      }
    }
    if place.isDryRun {
      let tried = try view.check(new, at: place.now(), signed: true)
      return recorded(
        try statements.map { statement in
          if let event = tried.first(where: { $0.id == statement.id }) {
            return Ledger.Receipt(event)
          }
          guard let receipt = try place.ledger.receipt(id: statement.id) else {
            throw WorkflowFailure.noEvent(statement.id.description)
          }
          return receipt
        })
    }
    let events = try statements.map { try SignedEvent($0) }
    let receipts: [Ledger.Receipt]
    do {
      receipts = try place.ledger.admit(together: events, decidedAt: nil, now: place.now)
    } catch {
      // A commit that the disk failed may stand all the same, and then needs what it names.
      if case LedgerFailure.inputOutput = error { stored.keep() }
      throw error
    }
    stored.keep()
    try place.settle(events.map(\.statement.body.kind))
    return recorded(receipts)
  }

  private func checkComplete(_ statement: PartlySigned, _ view: LedgerView) throws {
    let missing = statement.missing
    guard !missing.isEmpty else { return }
    if case .ledger(let id) = statement.statement.header.binding, try id != view.id {
      throw Refusal.otherLedger
    }
    throw WorkflowFailure.signaturesMissing(
      try missing.map { AwaitedSigner(actor: try owner(of: $0, statement, view), keyID: $0) }
        .sorted { $0.actor < $1.actor })
  }

  /// Whose key it is, by the ledger or by the statement that brings it.
  private func owner(
    of id: Digest, _ statement: PartlySigned, _ view: LedgerView
  ) throws -> ActorName {
    if let record = view.state.authority.keys[id] { return record.actor }
    guard let brought = statement.statement.body.broughtKey(id),
      let owner = brought.holder?.actor ?? ActorName("log")
    else { throw Refusal.unknownKey(id) }
    return owner
  }

  /// Stores an attachment that came with a statement.
  private func bring(
    _ path: String, named: Set<Digest>, _ view: LedgerView, _ stored: inout Stored
  ) throws {
    guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    let bytes = try OpenFile.readAll(path, maxBytes: LedgerView.maximumAttachment)
    let digest = Digest(sha256: bytes)
    guard named.contains(digest) else {
      throw WorkflowFailure.badInput(
        "No statement names an attachment with the digest of \(path); bring the file exactly as it was attached."
      )
    }
    guard try view.ledger.attachment(digest) == nil,
      view.state.attachments.records[digest]?.state != .erased
    else { return }
    _ = try stored.put(bytes, in: view.ledger)
  }

  /// The files of a release that were made here must be those that its statement is about: a later
  /// draft of it has others.
  private func checkFiles(of statement: PartlySigned, _ place: Workplace) throws {
    guard case .releasePublished(let body) = statement.statement.body else { return }
    let path = place.directory.index(of: body.release)
    guard try !Directory.holds(path) || IndexFile(path: path).root == body.root else {
      throw WorkflowFailure.otherDraft(body.release)
    }
  }

  /// An open attachment must be here before the event that names it: without it no one could verify
  /// the ledger.
  private func checkAttachments(of statement: PartlySigned, _ view: LedgerView) throws {
    for (_, reference) in statement.statement.attachments where reference.disclosure == .open {
      guard Directory.holds(view.ledger.attachmentPath(reference.sha256)) else {
        throw WorkflowFailure.attachmentMissing(reference.sha256)
      }
    }
  }
}
