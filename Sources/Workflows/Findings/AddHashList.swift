internal import Datasets
internal import LedgerCrypto
package import Provenance
internal import SetCommitment

/// Registers a version of a hash list under a secret of its own; its contents are read and dropped.
package struct AddHashList: Deciding {
  let list: VersionedName
  let file: String
  let algorithm: HashAlgorithm
  let subject: HashedThing
  /// Who made it; by default the actor of the list's name.
  let issuer: ActorName?
  /// Of when it is; now by default.
  let asOf: Timestamp?

  package init(
    _ list: VersionedName, file: String, algorithm: HashAlgorithm, of subject: HashedThing,
    issuer: ActorName?, asOf: Timestamp?
  ) {
    self.list = list
    self.file = file
    self.algorithm = algorithm
    self.subject = subject
    self.issuer = issuer
    self.asOf = asOf
  }

  package struct Plan: Sendable {
    let issuer: ActorName
    let contents: HashList
  }

  package func plan(_ desk: Desk) throws -> Plan {
    if let record = desk.view.state.catalog.lists[list], record.event != desk.first?.id {
      throw Refusal.listExists(list, at: record.received)
    }
    guard let issuer = issuer ?? ActorName(list.name.text) else {
      throw WorkflowFailure.issuerUnnamed
    }
    return Plan(
      issuer: issuer, contents: try ListFile.read(file, algorithm, of: subject, desk.progress))
  }

  /// - Returns: how many hashes the list has.
  package func statements(_ plan: Plan, _ staging: inout Staging) throws -> UInt64 {
    let secret = try staging.secret(
      as: SecretDirectory.listName(list),
      isRecorded: staging.desk.view.state.catalog.lists[list] != nil)
    let hashes = EntrySet(plan.contents.entryKeys())
    let count = UInt64(plan.contents.count)
    try staging.say(
      .hashListReceived(
        HashListReceived(
          list: list, issuer: plan.issuer, algorithm: algorithm, of: subject,
          asOf: (asOf ?? staging.desk.moment).wholeSecond,
          set: SetReference(
            root: hashes.sealed(under: HMAC256(key: secret)).root.root, keys: count,
            disclosure: .sealed, members: nil))))
    return count
  }
}
