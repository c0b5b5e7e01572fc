package import Datasets
internal import LedgerCrypto
package import Provenance
internal import SetCommitment

/// Registers a version of a hash list under a secret of its own; its contents are read and dropped.
package struct AddHashList: Deciding {
  let list: VersionedName
  let file: ListFile
  let algorithm: HashAlgorithm
  let subject: HashedThing
  /// Who made it; by default the actor of the list's name.
  let issuer: ActorName?
  /// Of when it is; now by default.
  let asOf: Timestamp?

  package init(
    _ list: VersionedName, file: ListFile, algorithm: HashAlgorithm, of subject: HashedThing,
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
    // Before a long list is read.
    guard desk.view.state.authority.actors[issuer] != nil else {
      throw WorkflowFailure.issuerUnknown(issuer, isNamed: self.issuer != nil)
    }
    return Plan(
      issuer: issuer, contents: try file.read(algorithm, of: subject, desk.progress))
  }

  /// What was registered: how many hashes count, and what else the file had in it.
  package struct Answer: Sendable {
    package let hashes: UInt64
    package let counts: ListCounts
  }

  package func statements(_ plan: Plan, _ staging: inout Staging) throws -> Answer {
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
          entries: ListEntries(plan.contents.counts),
          set: SetReference(
            root: hashes.sealed(under: HMAC256(key: secret)).root.root, keys: count,
            disclosure: .sealed, members: nil))))
    return Answer(hashes: count, counts: plan.contents.counts)
  }
}
