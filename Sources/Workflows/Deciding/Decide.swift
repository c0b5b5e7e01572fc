internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance

extension Workplace {
  /// Decides, and records what was decided: all of it, or nothing.
  ///
  /// Nothing is decided, signed, stored or asked for while the ledger's write lock is held: the rules
  /// look at every event once more inside, and refuse what no longer fits. It is then planned once
  /// more, unless a program signed: it is not asked twice by itself.
  ///
  /// - Throws: a ``Refusal`` or ``WorkflowFailure``; ``WorkflowFailure/overtaken`` when others were
  ///   faster twice. Nothing is then recorded, and nothing stays that was stored for it.
  package func decide<D: Deciding>(_ decision: D) throws -> Decided<D.Answer> {
    guard let release = decision.making else { return try rounds(decision) }
    return try shelf().alone(with: release) { try rounds(decision) }
  }

  private func rounds<D: Deciding>(_ decision: D) throws -> Decided<D.Answer> {
    let completed = isDryRun ? [] : try completeErasures()
    if let decided = try round(decision, completed) { return decided }
    if !signers.isAsked, let decided = try round(decision, completed) { return decided }
    throw WorkflowFailure.overtaken
  }

  /// Goes once from a view to receipts; gives `nil` when the log moved in between, so that what was
  /// decided does not fit it any longer.
  private func round<D: Deciding>(
    _ decision: D, _ completed: Set<Digest>
  ) throws -> Decided<D.Answer>? {
    let desk = try desk(completed: completed)
    let plan = try decision.plan(desk)
    var staging = Staging(desk)
    let answer = try decision.statements(plan, &staging)
    let repeated = staging.repeated
    guard repeated.isEmpty else {
      if !isDryRun { try settle(repeated.map(\.statement.body.kind)) }
      return Decided(
        answer: answer, recorded: repeated.map { Recorded(repeated: $0, nonce: desk.nonce) })
    }
    let said = staging.said
    let repetitions = staging.repetitions
    let tried = try desk.view.check(said.map(\.draft), at: now())
    let outlook = try zip(said, tried).map { said, event in
      Recorded(
        receipt: Ledger.Receipt(event), kind: event.statement.body.kind, nonce: desk.nonce,
        repeats: try repetitions[event.id] ?? desk.view.repetition(of: said.draft.repetitionKey),
        awaited: said.signers.filter(\.isElsewhere).map {
          AwaitedSigner(actor: $0.actor, keyID: $0.publicKey.id)
        })
    }
    if isDryRun { return Decided(answer: answer, recorded: outlook) }
    let receipts: [Ledger.Receipt]
    switch try signers.sign(said) {
    case .awaiting(let drafts):
      guard let target = signers.signing.unsigned else { return nil }
      try stopIfCancelled()
      try StatementFile.write(drafts, to: target)
      staging.keep()
      return Decided(answer: answer, recorded: outlook)
    case .events(let events):
      try stopIfCancelled()
      do {
        receipts = try ledger.admit(
          together: events, decidedAt: nonce == nil ? nil : desk.view.size, verified: true, now: now
        )
      } catch {
        if case LedgerFailure.nonceTaken = error { return nil }
        if error is Refusal, try ledger.size != desk.view.size { return nil }
        // A commit that the disk failed may stand all the same, and then needs what it names.
        if case LedgerFailure.inputOutput = error { staging.keep() }
        throw error
      }
    }
    for step in staging.afterwards { step() }
    staging.keep()
    try settle(said.map(\.draft.statement.body.kind))
    return Decided(
      answer: answer,
      recorded: zip(outlook, receipts).map { $0.with($1) })
  }

  /// The last moment at which nothing is recorded.
  private func stopIfCancelled() throws {
    if progress.isCancelled() { throw WorkflowFailure.cancelled }
  }
}

extension Ledger.Receipt {
  /// What an event would get that was tried.
  init(_ event: AdmittedEvent) {
    self.init(
      sequence: event.sequence, id: event.id, recordedAt: event.recordedAt, isNew: true)
  }
}

extension Recorded {
  /// What a retry answers: the first receipt.
  init(repeated event: AdmittedEvent, nonce: [UInt8]) {
    self.init(
      receipt: Ledger.Receipt(
        sequence: event.sequence, id: event.id, recordedAt: event.recordedAt, isNew: false),
      kind: event.statement.body.kind, nonce: nonce, repeats: nil, awaited: [])
  }

  /// The same, with the receipt that it got.
  func with(_ receipt: Ledger.Receipt) -> Recorded {
    Recorded(receipt: receipt, kind: kind, nonce: nonce, repeats: repeats, awaited: awaited)
  }
}
