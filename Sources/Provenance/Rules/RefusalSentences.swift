internal import LedgerCrypto

extension Refusal {
  /// The rule that is broken and by what, as a sentence without its end.
  package var reason: String { reason { "\($0)" } }

  /// The same, where `name` says which events are meant: `at sequence 7`, or an id.
  package func reason(naming name: (EventID) -> String) -> String { breach(name).reason }

  /// The sequence of the event that this one clashes with, where there is one.
  package var clash: UInt64? { breach { "\($0)" }.sequence }

  private struct Breach {
    let reason: String
    let sequence: UInt64?
  }

  private func breach(_ name: (EventID) -> String) -> Breach {
    func says(_ reason: String, by sequence: UInt64? = nil) -> Breach {
      Breach(reason: reason, sequence: sequence)
    }
    return switch self {
    case .otherLedger:
      says("The statement is for another ledger")
    case .timeRunsBack(let last):
      says("The entry is recorded before the one that it follows, of \(last.text)")
    case .notFirst:
      says("Sequence 0 must be a ledger-created event")
    case .alreadyCreated:
      says("The ledger exists already, and a second ledger-created event is refused")
    case .unexpectedSize(let expected, let actual):
      says(
        "The signers saw a log of \(expected.of("entry", "entries")) and it now has \(actual.grouped)"
      )
    case .expired(let moment):
      says("The statement was to be used by \(moment.seconds)")
    case .fromTheFuture(let moment):
      says("The statement speaks of \(moment.seconds) as past, more than 5 minutes ahead")
    case .causeUnknown(let id):
      says("The event \(name(id)) is not in this ledger")
    case .importForbidden(let kind):
      says("Nobody can import \(kind.inWords) for another")
    case .importOfOwn(let actor):
      says("\(actor) signs and is who the event is attributed to")
    case .statedOutsideImport(let kind):
      says("A \(kind.rawValue) event with figures as stated, and no root, is an import")
    case .attachmentGone(let digest, let state, let at):
      says("The attachment \(digest.hex) was \(state.rawValue) at sequence \(at)", by: at)
    case .unknownKey(let id):
      says("The key \(id.hex) belongs to no actor of this ledger")
    case .revokedKey(let id, let at):
      says("The key \(id.hex) was revoked at sequence \(at)", by: at)
    case .invalidSignature(let id):
      says("The signature by the key \(id.hex) is not valid")
    case .roleMissing(let kind, let roles, let needed, let counted, _) where needed > 1:
      says(
        "The charter asks for \(needed.grouped) actors with the role \(roles.map(\.rawValue).joined(separator: " or ")) to sign \(kind.inWords) together, each with a key of its own, and \(counted.grouped) did"
      )
    case .roleMissing(let kind, let roles, let needed, let counted, _):
      says(
        "It takes \(needed.of("signing actor")) with the role \(roles.map(\.rawValue).joined(separator: " or ")) to record \(kind.inWords), and \(counted.grouped) signed"
      )
    case .founderSignersDiffer:
      says("Sequence 0 must be signed by every founder's key and the log key, and by no other")
    case .notAfterMissing:
      says("An authority event lacks `notAfter`")
    case .notAfterTooLate:
      says("An authority event can be used for at most 30 days")
    case .staleAuthority(let later):
      says(
        "Sequence \(later) changed the same actor, key, role, charter or log key after the event that this one follows",
        by: later)
    case .actorExists(let actor, let at):
      says("The actor \(actor) was registered at sequence \(at)", by: at)
    case .actorUnknown(let actor):
      says("There is no actor \(actor)")
    case .keyTaken(let id, let actor):
      says("The key \(id.hex) belongs to \(actor) for ever")
    case .keyNotSigning:
      says("A new key must sign its own key-added event")
    case .weakKey(let id):
      says("The key \(id.hex) is of small order, so that anyone can sign for it")
    case .suspectLater(let since):
      says("`suspectSince` is sequence \(since), which is not there yet")
    case .keyUnknown(let id):
      says("No actor has the key \(id.hex)")
    case .keyAlreadyRevoked(let id, let at):
      says("The key \(id.hex) was already revoked at sequence \(at), and once is enough", by: at)
    case .roleHeld(let actor, let role, let at):
      says(
        "\(actor) has held the role \(role.rawValue) since sequence \(at), so that there is nothing to grant",
        by: at)
    case .roleNotHeld(let actor, let role):
      says("\(actor) does not hold the role \(role.rawValue), so that there is nothing to revoke")
    case .quorumLost(let kind):
      says("Too few actors with keys of their own would be left who can sign \(kind.inWords)")
    case .logKeyOfOther:
      says("The new log key is not an Ed25519 vkey under this ledger's origin")
    case .logKeyTaken(let id, let at):
      says(
        "The key \(id.hex) has been the log's since sequence \(at), and a log key is used once and for nothing else",
        by: at)
    case .datasetExists(let name, let at):
      says("The dataset \(name) was registered at sequence \(at)", by: at)
    case .datasetUnknown(let name):
      says("There is no dataset \(name)")
    case .releaseExists(let release, let at):
      says("\(release) was published at sequence \(at), and a release is published once", by: at)
    case .releaseUnknown(let release):
      says("There is no release \(release)")
    case .rootUnknown(let release, let at):
      says("\(release) was recorded at sequence \(at) as others stated it, without a root", by: at)
    case .columnsMissing(let name):
      says("The first release of \(name) does not fix its columns and types")
    case .columnsFixedAlready(let name):
      says("The columns of \(name) were fixed by its first release")
    case .columnsDiffer(let name):
      says("The columns are not those that the registration of \(name) names")
    case .rowsDoNotAddUp(let release, let gap):
      says(
        "The rows of \(release) do not add up: it has \(gap.magnitude.of("row")) \(gap < 0 ? "less" : "more") than its parent and its transition give"
      )
    case .keysDoNotAddUp(let release):
      says("The keys of \(release) do not add up with its parent and its transition")
    case .transitionImpossible(let release):
      says("No transition to \(release) can remove, add or change that many keys and rows")
    case .unreconciledForbidden:
      says("The charter does not allow a release whose rows do not add up")
    case .unreconciledWithoutGap:
      says("The stated gap is not the one that the figures give")
    case .notPending(let id, let release):
      says(
        "The event \(name(id)) is not one of the removals and reinstatements that come next for \(release)"
      )
    case .decisionLeftOut(let id, let release):
      says(
        "The decision \(name(id)) comes next for \(release), and a cleaned release leaves none out")
    case .sumsDiffer(let release):
      says("What leaves for \(release) is not what its removals and reinstatements add up to")
    case .additionsWithoutReinstatement:
      says("A cleaned release changes no key and adds only what was reinstated")
    case .openInMarkedFamily(let name, let at):
      says(
        "Sequence \(at) decided on rows of class illegal, so that nothing lists rows of \(name) any more",
        by: at)
    case .decoysStay(let id):
      says(
        "The rows of the removal \(name(id)) left to hide others, which they would show if they came back"
      )
    case .reinstatementDiffers(let release):
      says("\(release) adds more than was reinstated")
    case .alreadyWithdrawn(let thing, let at):
      says("The \(thing.label) was withdrawn at sequence \(at)", by: at)
    case .notWithdrawn(let thing):
      says("The \(thing.label) is not withdrawn there")
    case .notDerived(let name, let parent, let at):
      says(
        "The dataset \(name), registered at sequence \(at), is not derived from \(parent.map { "a release of \($0)" } ?? "any release")",
        by: at)
    case .derivativeDeleted(let name, let at):
      says("The dataset \(name) was deleted at sequence \(at)", by: at)
    case .listExists(let list, let at):
      says("The hash list \(list) was received at sequence \(at)", by: at)
    case .listUnknown(let id):
      says("The event \(name(id)) is not a hash list of this ledger")
    case .wrongReference(let id, let expected):
      says("The event \(name(id)) is not \(expected)")
    case .scannedDiffers(let expected, let actual):
      says("The match read \(actual.of("row")) and the release has \(expected.grouped)")
    case .matchImpossible(let release, let keys):
      says("\(release) has \(keys.of("key")), and a match cannot find more")
    case .moreThanFound(let id, let found):
      says("The event \(name(id)) found \(found.grouped), and a verification cannot cover more")
    case .moreThanFoundTogether(let id, let actor, let at):
      says(
        "With what \(actor) verified of it before, last at sequence \(at), this is more than the event \(name(id)) found",
        by: at)
    case .sourceDiffers(let id):
      says("The count that is given for the event \(name(id)) is not the one that it recorded")
    case .unionImpossible:
      says("No union of these sources can have that many keys or rows")
    case .disclosureDiffers(let id):
      says(
        "The set of the event \(name(id)) is sealed and would be opened, or is open and of class illegal"
      )
    case .illegalByHand(let id):
      says(
        "The event \(name(id)) is no match of a hash list, and a removal of class illegal unites nothing else"
      )
    case .sourcesMixed(let release):
      says("What lists found in \(release) would be united with rows that were chosen otherwise")
    case .illegalOpen(let release):
      says("A removal of class illegal from \(release) has a set or evidence that is open")
    case .markMissing(let name):
      says(
        "This is the first removal of class illegal from \(name) and the datasets with its keys, and lacks the commitment to their secret"
      )
    case .markedAlready(let at):
      says("Sequence \(at) committed to the secret of these datasets, once for all", by: at)
    case .confirmationMissing(let id):
      says(
        "A removal on the basis `confirmed` must name verifications among its causes that confirm all that the event \(name(id)) found"
      )
    case .noticeToSelf(let actor):
      says("\(actor) sends the notice and is its addressee")
    case .notAddressee(let actor, let id):
      says("The notice \(name(id)) went to \(actor)")
    case .disputeEnded(let id, let at):
      says("The dispute \(name(id)) was resolved at sequence \(at)", by: at)
    case .notTheDisputer(_, let at):
      says("The dispute at sequence \(at) was opened by another", by: at)
    case .ownCause(_, let at):
      says("The dispute at sequence \(at) was opened by who resolves it", by: at)
    case .claimantDiffers(let claimant, let actor):
      says("The claim is \(claimant)'s and the import is attributed to \(actor)")
    case .correctionByOther(_, let at):
      says("The event at sequence \(at) was signed by others", by: at)
    case .groundElsewhere(let id):
      says(
        "The ground \(name(id)) is about none of the removals that are named, nor about what they rest on"
      )
    case .groundMissing(let id):
      says("No ground reaches the removal \(name(id))")
    case .moreThanRemoved(let id, let left):
      says("Of the removal \(name(id)), \(left) keys can still be reinstated")
    case .notApplied(let id, let release):
      says(
        "No release in the line of \(release) applied the removal \(name(id)), so that what it left is still pending"
      )
    case .attachmentNotNamed(let digest, let id):
      says("The event \(name(id)) does not name the attachment \(digest.hex)")
    case .notWithheld(let digest):
      says("The attachment \(digest.hex) is not withheld")
    case .attachmentHeld(let digest, let at):
      says("The attachment \(digest.hex) is to be preserved since sequence \(at)", by: at)
    case .holdEnded(let id, let at):
      says("The hold \(name(id)) was ended at sequence \(at)", by: at)
    case .modelExists(let name, let at):
      says("The model \(name) was registered at sequence \(at)", by: at)
    case .modelUnknown(let name):
      says("There is no model \(name)")
    case .alreadyDeprecated(let name, let at):
      says("The model \(name) was deprecated at sequence \(at), and once is enough", by: at)
    case .artifactsMissing(let name):
      says("The model \(name) is registered without its files")
    case .artifactUnknown(let name, let digest, let at):
      says(
        "The file \(digest.hex) is not one of those that \(name) was registered with at sequence \(at)",
        by: at)
    }
  }
}

extension Refusal: CustomStringConvertible {
  /// The reason as a whole sentence; what to do about it, whoever shows it can say.
  package var description: String { "\(reason)." }
}
