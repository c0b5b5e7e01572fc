import CanonicalJSON
import Datasets
import LedgerCrypto
import LedgerStore
import Provenance
import Rows
import SetCommitment
import Testing
import Workflows

/// What tests ask for, a line each.
extension Workplace {
  /// Decides what says one thing, and gives what came of it.
  func one<D: Deciding>(_ decision: D) throws -> Recorded {
    try #require(try decide(decision).recorded.first)
  }

  func grant(_ role: Role, to actor: ActorName) throws -> Recorded {
    try one(GrantRole(role, to: actor))
  }
  func revoke(_ role: Role, of actor: ActorName) throws -> Recorded {
    try one(RevokeRole(role, of: actor))
  }
  func addActor(
    _ name: ActorName, title: String?, roles: [Role], key: NewKey
  ) throws -> [Recorded] {
    try decide(AddActor(name, title: title, roles: roles, key: key)).recorded
  }
  func registerDataset(
    _ name: Name, identity: [String], content: [String]?, tagging: Tagging, secret: [UInt8]? = nil
  ) throws -> Recorded {
    try one(
      RegisterDataset(name, identity: identity, content: content, tagging: tagging, secret: secret))
  }
  func addHashList(
    _ list: VersionedName, file: String, algorithm: HashAlgorithm, of subject: HashedThing,
    issuer: ActorName?, asOf: Timestamp?
  ) throws -> Decided<AddHashList.Answer> {
    try decide(
      AddHashList(
        list, file: ListFile(file), algorithm: algorithm, of: subject, issuer: issuer, asOf: asOf))
  }
  func match(
    _ release: VersionedName, list: VersionedName, file: String, column: String?,
    hashesAsOf: Timestamp?
  ) throws -> Decided<MatchCompleted> {
    var options = MatchRelease.Options()
    options.column = column
    options.hashesAsOf = hashesAsOf
    let decided = try decide(
      MatchRelease(release, [.init(list, ListFile(file))], options))
    return Decided(answer: decided.answer[0].match, recorded: decided.recorded)
  }
  func registerModel(_ name: Name, artifacts: [String]) throws -> Recorded {
    try one(RegisterModel(name, artifacts: artifacts))
  }
  func deprecateModel(_ name: Name, statedReason: String) throws -> Recorded {
    try one(DeprecateModel(name, statedReason: statedReason))
  }
  func set(_ charter: Charter) throws -> Recorded { try one(SetCharter(charter)) }
  func record(_ kind: Kind, _ json: JSON) throws -> Recorded { try one(RecordEvent(kind, json)) }
  func record(
    _ kind: Kind, prose: [UInt8]?, as field: String, isOpen: Bool,
    _ body: @escaping @Sendable (AttachmentReference?) -> Body
  ) throws -> Recorded {
    try one(RecordBody(kind, prose: prose, as: field, isOpen: isOpen) { _, text in body(text) })
  }
  func record(_ body: Body) throws -> Recorded { try one(RecordBody(body)) }
  func withhold(
    _ name: String, state: WithholdingState, basis: LegalBasis, reason: [UInt8]?
  ) throws -> Recorded {
    try one(WithholdAttachment(name, state: state, basis: basis, reason: reason))
  }
  func erase(
    _ name: String, basis: LegalBasis, requestedBy: ActorName?, reason: [UInt8]?
  ) throws -> Decided<EraseAttachment.Answer> {
    try decide(EraseAttachment(name, basis: basis, requestedBy: requestedBy, reason: reason))
  }
}

extension Workplace {
  func event(_ sequence: UInt64) throws -> AdmittedEvent { try view().event(sequence) }
  func event(named text: String, fewestDigits: Int = LedgerView.fewestDigits) throws
    -> AdmittedEvent
  {
    try view().event(named: text, fewestDigits: fewestDigits)
  }
  func keyID(named text: String) throws -> Digest { try view().keyID(named: text) }
  func decoyRows(of removals: [EventID]) throws -> UInt64 { try view().decoyRows(of: removals) }
  func dataset(_ name: Name) throws -> DatasetRecord { try view().dataset(name) }
  func release(_ name: VersionedName) throws -> ReleaseRecord { try view().release(name) }
  func openContent(_ reference: AttachmentReference) throws -> [UInt8]? {
    try view().openContent(reference)
  }
  func attachment(named text: String) throws -> FoundAttachment {
    try FoundAttachment(named: text, in: view())
  }
  func content(of found: FoundAttachment) throws -> [UInt8]? { try found.content(vault()) }
  func secrets() throws -> SecretDirectory { try vault().secrets() }
  func rowSecret(of dataset: DatasetRecord) throws -> RowSecret? {
    try vault().rowSecret(of: dataset)
  }
  func key(of row: HeldRow, in dataset: DatasetRecord) throws -> Digest {
    try vault().key(of: row, in: dataset)
  }
  func index(of release: VersionedName) throws -> IndexFile { try shelf().index(of: release) }
  func rows(of keys: [Digest], in release: VersionedName) throws -> UInt64 {
    try shelf().rows(of: keys, in: release)
  }
  func diff(_ old: VersionedName, _ new: VersionedName) throws -> IndexDiff {
    try shelf().diff(old, new)
  }
  func verifyRelease(_ name: VersionedName, files: [String]) throws -> VerifyRelease.Check {
    try VerifyRelease(name, files: files).check(shelf())
  }
  func verifyLedger(remembered: [UInt8]?) throws -> LedgerCheck {
    try LedgerCheck(of: self, remembered: remembered)
  }
  func reconcile(_ release: VersionedName) throws -> Reconciliation {
    try Reconciliation(of: release, shelf())
  }
  func proveLookup(
    of row: HeldRow, in release: VersionedName, expecting isPresent: Bool
  ) throws -> Bundle {
    try shelf().proveLookup(of: row, in: release, expecting: isPresent)
  }
}

/// What is decided about releases and their rows.
extension Workplace {
  func publishRelease(
    _ release: VersionedName, files: [String], parent: VersionedName? = nil
  ) throws -> Decided<PublishRelease.Answer> {
    try decide(PublishRelease(release, files: files, parent: parent))
  }
  func remove(
    _ release: VersionedName, _ choice: RemovalChoice, basis: Basis, reasonClass: ReasonClass
  ) throws -> Decided<Remove.Answer> {
    try decide(Remove(release, choice, basis: basis, reasonClass: reasonClass))
  }
  func reinstate(
    _ release: VersionedName, removals: [UInt64], grounds: [UInt64], rows: [HeldRow]
  ) throws -> Decided<Reinstate.Plan> {
    try decide(
      Reinstate(
        release, removals: removals, grounds: grounds, rows: rows.isEmpty ? nil : .held(rows)))
  }
  func clean(
    _ release: VersionedName, to target: VersionedName, out: String
  ) throws -> Decided<Clean.Answer> {
    try decide(Clean(release, to: target, out: out))
  }
  func cleaningPlan(_ release: VersionedName, to target: VersionedName) throws -> CleaningPlan {
    try CleaningPlan(of: release, to: target, shelf())
  }
  func proveTransition(from old: VersionedName, to new: VersionedName) throws -> Bundle {
    try shelf().proveTransition(from: old, to: new)
  }
}

extension Workplace {
  /// Records an event and stops there, as a kill does before what the event asks for is done.
  func recordAndStop(_ body: Body) throws {
    let desk = try desk()
    let keys = desk.signers.compactMap {
      if case .key(let key) = $0.means { key } else { nil }
    }
    let header = Header(
      binding: .ledger(try desk.view.id), signers: desk.signers.map(\.publicKey.id),
      nonce: desk.nonce, occurredAt: desk.moment)
    let event = try SignedEvent(signing: Statement(header: header, body: body), with: keys)
    _ = try ledger.admit(together: [event], decidedAt: nil, now: now)
  }
}

extension Decided where Answer == PublishRelease.Answer {
  var publication: ReleasePublished { answer.publication }
}

extension Decided where Answer == Remove.Answer {
  var tally: Tally { answer.tally }
  var decoys: Tally? { answer.decoys }
  var openUntilNow: [OpenList] { answer.openUntilNow }
}

extension Decided where Answer == Reinstate.Plan {
  var tally: Tally { answer.tally }
}

extension Decided where Answer == Clean.Answer {
  var publication: ReleasePublished { answer.publication }
  var removed: Tally { answer.removed }
  var added: Tally { answer.added }
  var disclosure: Disclosure { answer.disclosure }
  var later: Int { answer.later }
  var release: Recorded { recorded[0] }
}

extension Shelf {
  func keys(of rows: [HeldRow], in release: VersionedName) throws -> EntrySet {
    EntrySet(try vault.keys(of: .held(rows), in: release, progress).keys)
  }
}
