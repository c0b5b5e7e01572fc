internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import Synchronization

/// What a command gathers on its way to being recorded.
final class Gathered: Sendable {
  /// Statements that still lack signatures, in the order of a rehearsal.
  let drafts = Mutex<[PartlySigned]>([])
  /// The same, signed meanwhile.
  let signed = Mutex<[EventID: PartlySigned]>([:])
  /// The clock of the rehearsal, which the recording keeps.
  let moment = Mutex<Timestamp?>(nil)
  let isRehearsing = Mutex(false)
}

extension Session {
  /// Decides and appends: in one transaction where every key is here.
  ///
  /// Where a program is asked for a signature, `body` is tried first, under all rules and without
  /// effect; then the program signs, which can take minutes, while nobody waits for the log; then
  /// `body` runs again and the very same statements are recorded. Where signatures are to be made
  /// elsewhere, the trial is all, and the statements are written to the file that is named.
  func append<Result>(_ decide: (inout Ledger.Transaction) throws -> Result) throws -> Result {
    func body(_ transaction: inout Ledger.Transaction) throws -> Result {
      let result = try decide(&transaction)
      // The last moment at which nothing is recorded.
      if progress.isCancelled() { throw WorkflowFailure.cancelled }
      return result
    }
    let signers = try signers()
    guard signing.unsigned != nil || signers.contains(where: \.isAsked) else {
      return try ledger.append(now: now, body)
    }
    let moment = now()
    gathered.moment.withLock { $0 = moment }
    let result = try rehearse(body)
    if ledger.isRehearsal { return result }
    let drafts = gathered.drafts.withLock { $0 }
    if let path = signing.unsigned {
      try StatementFile.write(drafts, to: path)
      return result
    }
    for draft in drafts {
      var draft = draft
      for signer in signers where draft.missing.contains(signer.publicKey.id) {
        try draft.sign(as: signer)
      }
      gathered.signed.withLock { $0[draft.id] = draft }
    }
    return try ledger.append(now: now, body)
  }

  private func rehearse<Result>(
    _ body: (inout Ledger.Transaction) throws -> Result
  ) throws -> Result {
    var rehearsal = ledger
    rehearsal.isRehearsal = true
    gathered.isRehearsing.withLock { $0 = true }
    defer { gathered.isRehearsing.withLock { $0 = false } }
    return try rehearsal.append(now: now, body)
  }

  /// A statement as an event: signed by the keys that are here, and by what was gathered before.
  func event(
    of statement: Statement, by signers: [Signer]
  ) throws -> (event: SignedEvent, awaited: [AwaitedSigner]) {
    var draft = try PartlySigned(statement)
    for case .key(let key) in signers.map(\.means) { try draft.sign(with: [key]) }
    guard !draft.missing.isEmpty else { return (try SignedEvent(draft), []) }
    if let signed = gathered.signed.withLock({ $0[draft.id] }) {
      return (try SignedEvent(signed), [])
    }
    guard gathered.isRehearsing.withLock({ $0 }) else { throw WorkflowFailure.overtaken }
    let complete = draft
    gathered.drafts.withLock { $0.append(complete) }
    let missing = Set(draft.missing)
    let awaited = signers.filter { missing.contains($0.publicKey.id) }.map {
      AwaitedSigner(actor: $0.actor, keyID: $0.publicKey.id)
    }
    return (try draft.rehearsed(), awaited)
  }

  /// The clock of a statement: that of the rehearsal, where there was one.
  var moment: Timestamp { gathered.moment.withLock { $0 } ?? now() }
}

extension Signer {
  /// Whether a program signs.
  var isAsked: Bool {
    if case .command = means { return true }
    return false
  }
}
