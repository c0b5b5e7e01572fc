package import LedgerCrypto

/// Why an event is not admitted: the rule, what it clashes with, and one sentence.
package enum Refusal: Error, Hashable, Sendable {
  // The event as such.
  case otherLedger
  case timeRunsBack(Timestamp)
  case notFirst
  case alreadyCreated
  case unexpectedSize(expected: UInt64, actual: UInt64)
  case expired(Timestamp)
  case fromTheFuture(Timestamp)
  case causeUnknown(EventID)
  case importForbidden(Kind)
  case importOfOwn(ActorName)
  case statedOutsideImport(Kind)
  case attachmentGone(Digest, AttachmentState, at: UInt64)
  // Signers.
  case unknownKey(Digest)
  case revokedKey(Digest, by: UInt64)
  case invalidSignature(Digest)
  case roleMissing(kind: Kind, roles: [Role], needed: Int, counted: Int, others: [ActorName] = [])
  case founderSignersDiffer
  // Authority.
  case notAfterMissing
  case notAfterTooLate
  case staleAuthority(later: UInt64)
  case actorExists(ActorName, at: UInt64)
  case actorUnknown(ActorName)
  case keyTaken(Digest, by: ActorName)
  case keyNotSigning
  case weakKey(Digest)
  case suspectLater(UInt64)
  case keyUnknown(Digest)
  case keyAlreadyRevoked(Digest, at: UInt64)
  case roleHeld(ActorName, Role, at: UInt64)
  case roleNotHeld(ActorName, Role)
  case quorumLost(Kind)
  case logKeyOfOther
  case logKeyTaken(Digest, at: UInt64)
  // Datasets and releases.
  case datasetExists(Name, at: UInt64)
  case datasetUnknown(Name)
  case releaseExists(VersionedName, at: UInt64)
  case releaseUnknown(VersionedName)
  case rootUnknown(VersionedName, at: UInt64)
  case columnsMissing(Name)
  case columnsFixedAlready(Name)
  case columnsDiffer(Name)
  case rowsDoNotAddUp(VersionedName, gap: Int64)
  case keysDoNotAddUp(VersionedName)
  case transitionImpossible(VersionedName)
  case unreconciledForbidden
  case unreconciledWithoutGap
  case notPending(EventID, VersionedName)
  case removalLeftOut(EventID, VersionedName)
  case unionDiffers(EventID)
  case additionsWithoutReinstatement
  case sealedBelowDilution
  case decoysStay(EventID)
  case reinstatementLeftOut(EventID, VersionedName)
  case reinstatementDiffers(VersionedName)
  case alreadyWithdrawn(Topic, at: UInt64)
  case notWithdrawn(Topic)
  case notDerived(Name, from: Name?, at: UInt64)
  case derivativeDeleted(Name, at: UInt64)
  // Findings.
  case listExists(VersionedName, at: UInt64)
  case listUnknown(EventID)
  case wrongReference(EventID, expected: String)
  case scannedDiffers(expected: UInt64, actual: UInt64)
  case matchImpossible(VersionedName, keys: UInt64)
  case moreThanFound(EventID, found: UInt64)
  case moreThanFoundTogether(EventID, by: ActorName, at: UInt64)
  case sourceDiffers(EventID)
  case unionImpossible
  case disclosureDiffers(EventID)
  case confirmationMissing(EventID)
  case noticeToSelf(ActorName)
  case notAddressee(ActorName, EventID)
  case disputeEnded(EventID, at: UInt64)
  case notTheDisputer(EventID, at: UInt64)
  case ownCause(EventID, at: UInt64)
  case claimantDiffers(ActorName, ActorName)
  case correctionByOther(EventID, at: UInt64)
  // Cleanup.
  case groundElsewhere(EventID)
  case groundMissing(EventID)
  case moreThanRemoved(EventID, left: UInt64)
  case notApplied(EventID, VersionedName)
  case attachmentNotNamed(Digest, by: EventID)
  case notWithheld(Digest)
  case attachmentHeld(Digest, at: UInt64)
  case holdEnded(EventID, at: UInt64)
  // Models.
  case modelExists(Name, at: UInt64)
  case modelUnknown(Name)
  case alreadyDeprecated(Name, at: UInt64)
  case artifactsMissing(Name)
  case artifactUnknown(Name, Digest, at: UInt64)
}

extension Refusal {
  /// Whether the event names something that is not there, rather than breaking a rule.
  package var isNotFound: Bool {
    switch self {
    case .causeUnknown, .actorUnknown, .keyUnknown, .datasetUnknown, .releaseUnknown, .listUnknown,
      .modelUnknown:
      true
    default: false
    }
  }

  /// The sequence of the event that this one clashes with, where there is one.
  package var clash: UInt64? {
    switch self {
    case .revokedKey(_, by: let at), .staleAuthority(later: let at), .actorExists(_, let at),
      .keyAlreadyRevoked(_, let at), .roleHeld(_, _, let at), .datasetExists(_, let at),
      .releaseExists(_, let at), .listExists(_, let at), .modelExists(_, let at),
      .alreadyDeprecated(_, let at), .attachmentGone(_, _, let at), .logKeyTaken(_, let at),
      .rootUnknown(_, let at), .alreadyWithdrawn(_, let at), .notDerived(_, _, let at),
      .derivativeDeleted(_, let at), .disputeEnded(_, let at), .notTheDisputer(_, let at),
      .ownCause(_, let at), .correctionByOther(_, let at), .attachmentHeld(_, let at),
      .holdEnded(_, let at), .artifactUnknown(_, _, let at),
      .moreThanFoundTogether(_, by: _, let at):
      at
    default: nil
    }
  }
}

extension Refusal: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .otherLedger:
      "The statement is for another ledger; make it again in this one."
    case .timeRunsBack(let last):
      "The entry is recorded before the one that it follows, of \(last.text); record it at that time or later."
    case .notFirst: "Sequence 0 must be a ledger-created event; run `winnow init`."
    case .alreadyCreated:
      "The ledger exists already, and a second ledger-created event is refused; make another ledger with `winnow init`."
    case .unexpectedSize(let expected, let actual):
      "The signers saw a log of \(expected.of("entry", "entries")) and it now has \(actual.grouped); look at what is new and sign again."
    case .expired(let moment): "The statement was to be used by \(moment.seconds); make a new one."
    case .fromTheFuture(let moment):
      "The statement speaks of \(moment.seconds) as past, more than 5 minutes ahead; correct the clock or the time."
    case .causeUnknown(let id): "The event \(id) is not in this ledger; name one that is."
    case .importForbidden(let kind):
      "Nobody can import \(kind.inWords) for another; let those who decide sign it as their own."
    case .importOfOwn(let actor):
      "\(actor) signs and is who the event is attributed to; record it as first-party."
    case .unknownKey(let id):
      "The key \(id.hex) belongs to no actor of this ledger; add it with `winnow key add` or `winnow actor add`."
    case .revokedKey(let id, let at):
      "The key \(id.hex) was revoked at sequence \(at); sign with a key that counts."
    case .invalidSignature(let id):
      "The signature by the key \(id.hex) is not valid; sign the statement again."
    case .roleMissing(let kind, let roles, let needed, let counted, let others) where needed > 1:
      "The charter asks for \(needed.grouped) actors with the role \(roles.map(\.rawValue).joined(separator: " or ")) to sign \(kind.inWords) together, each with a key of its own, and \(counted.grouped) did; \(Self.ask(others))."
    case .roleMissing(let kind, let roles, let needed, let counted, _):
      "It takes \(needed.of("signing actor")) with the role \(roles.map(\.rawValue).joined(separator: " or ")) to record \(kind.inWords), and \(counted.grouped) signed; sign with `--as` an actor that holds it, or grant it with `winnow role grant`."
    case .founderSignersDiffer:
      "Sequence 0 must be signed by every founder's key and the log key, and by no other; sign it with exactly those."
    case .notAfterMissing:
      "An authority event lacks `notAfter`; state one, at most 30 days after it happened."
    case .notAfterTooLate:
      "An authority event can be used for at most 30 days; choose an earlier `notAfter`."
    case .staleAuthority(let later):
      "Sequence \(later) changed the same actor, key, role, charter or log key after the event that this one follows; make it again."
    case .actorExists(let actor, let at):
      "The actor \(actor) was registered at sequence \(at); choose another name."
    case .actorUnknown(let actor):
      "There is no actor \(actor); register it with `winnow actor add`."
    case .keyTaken(let id, let actor):
      "The key \(id.hex) belongs to \(actor) for ever; make a new one with `winnow key new`."
    case .keyNotSigning: "A new key must sign its own key-added event; sign with it too."
    case .weakKey(let id):
      "The key \(id.hex) is of small order, so that anyone can sign for it; make one with `winnow key new`."
    case .suspectLater(let since):
      "`suspectSince` is sequence \(since), which is not there yet; name the first entry in doubt."
    case .keyUnknown(let id): "No actor has the key \(id.hex); see `winnow key list`."
    case .keyAlreadyRevoked(let id, let at):
      "The key \(id.hex) was already revoked at sequence \(at), and once is enough; see `winnow key list` for the keys that count."
    case .roleHeld(let actor, let role, let at):
      "\(actor) has held the role \(role.rawValue) since sequence \(at), so that there is nothing to grant; name another role, or sign with `--as \(actor)`."
    case .roleNotHeld(let actor, let role):
      "\(actor) does not hold the role \(role.rawValue), so that there is nothing to revoke; see `winnow actor list` for who holds what."
    case .quorumLost(let kind):
      "Too few actors with keys of their own would be left who can sign \(kind.inWords); grant the role to another first, or ask for fewer in the charter."
    case .datasetExists(let name, let at):
      "The dataset \(name) was registered at sequence \(at); choose another name."
    case .datasetUnknown(let name):
      "There is no dataset \(name); register it with `winnow dataset register`."
    case .releaseExists(let release, let at):
      "\(release) was published at sequence \(at), and a release is published once; choose another version."
    case .releaseUnknown(let release):
      "There is no release \(release); publish it with `winnow release publish`."
    case .columnsMissing(let name):
      "The first release of \(name) does not fix its columns and types; state them in it."
    case .columnsFixedAlready(let name):
      "The columns of \(name) were fixed by its first release; leave them out."
    case .columnsDiffer(let name):
      "The columns are not those that the registration of \(name) names; publish files that have them."
    case .rowsDoNotAddUp(let release, let gap):
      "The rows of \(release) do not add up: it has \(gap.magnitude.of("row")) \(gap < 0 ? "less" : "more") than its parent and its transition give; count again."
    case .keysDoNotAddUp(let release):
      "The keys of \(release) do not add up with its parent and its transition; count again."
    case .transitionImpossible(let release):
      "No transition to \(release) can remove, add or change that many keys and rows; count again."
    case .unreconciledForbidden:
      "The charter does not allow a release whose rows do not add up; find the gap or change the charter."
    case .unreconciledWithoutGap:
      "The stated gap is not the one that the figures give; state the right one or none."
    case .notPending(let id, let release):
      "The event \(id) is not a removal or reinstatement that still applies to \(release); name those that do."
    case .removalLeftOut(let id, let release):
      "The removal \(id) still applies to \(release), and a cleaned release applies every one; clean again."
    case .unionDiffers(let id):
      "The union \(id) is not the union of the removals and reinstatements that the release names; clean again."
    case .additionsWithoutReinstatement:
      "A cleaned release adds only what was reinstated; record the reinstatement first."
    case .sealedBelowDilution:
      "Beside what else is public, what left could show rows of class illegal; seal the transition and the shard manifest."
    case .decoysStay(let id):
      "The removal \(id) drew rows to hide others, which its rows would show if they came back; reinstate rows of other removals."
    case .listExists(let list, let at):
      "The hash list \(list) was received at sequence \(at); choose another version."
    case .listUnknown(let id):
      "The event \(id) is not a hash list of this ledger; add it with `winnow hashlist add`."
    case .wrongReference(let id, let expected):
      "The event \(id) is not \(expected); name one that is."
    case .scannedDiffers(let expected, let actual):
      "The match read \(actual.of("row")) and the release has \(expected.grouped); match the whole release."
    case .matchImpossible(let release, let keys):
      "\(release) has \(keys.of("key")), and a match cannot find more; match it again."
    case .moreThanFound(let id, let found):
      "The event \(id) found \(found.grouped), and a verification cannot cover more; give a smaller count."
    case .moreThanFoundTogether(let id, let actor, let at):
      "With what \(actor) verified of it before, last at sequence \(at), this is more than the event \(id) found; give a smaller count, or name the verification that this one replaces with --replaces."
    case .sourceDiffers(let id):
      "The count that the union gives for the event \(id) is not the one that it recorded; give that one."
    case .unionImpossible: "No union of these sources can have that many keys or rows; count again."
    case .disclosureDiffers(let id):
      "What the event \(id) rests on is open where another set is sealed or the class is illegal; unite sets of one disclosure, and seal sets, filters and evidence of class illegal."
    case .confirmationMissing(let id):
      "A removal on the basis `confirmed` must name verifications among its causes that confirm all that the event \(id) found; name them with --cause, or choose another basis."
    case .modelExists(let name, let at):
      "The model \(name) was registered at sequence \(at); choose another name."
    case .modelUnknown(let name):
      "There is no model \(name); register it with `winnow model register`."
    case .alreadyDeprecated(let name, let at):
      "The model \(name) was deprecated at sequence \(at), and once is enough; see `winnow model status \(name)`."
    default: recordSentence
    }
  }
}

extension Refusal {
  /// Who could still sign, at most eight of them.
  private static func ask(_ others: [ActorName]) -> String {
    guard !others.isEmpty else {
      return "nobody else can, so grant the role to another who has a key of its own"
    }
    let names = others.prefix(8).map(\.text).joined(separator: ", ")
    let more = others.count > 8 ? " and others" : ""
    return
      "still missing among \(names)\(more): add one with --as, or gather the signature with --unsigned and --signer"
  }
}
