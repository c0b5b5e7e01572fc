internal import LedgerCrypto
internal import Provenance
internal import Workflows

/// A refusal of the ledger that a command works on, which names events by their sequences.
struct PlacedRefusal: Worded {
  let words: Words

  init(_ refusal: Refusal, in view: LedgerView?) {
    words = refusal.advice.after(
      refusal.reason { id in
        let event = try? view?.event(id: id)
        return event.map { "at sequence \($0.sequence)" } ?? "\(id)"
      })
  }
}

extension Refusal: Worded {
  var words: Words { advice.after(reason) }

  fileprivate var advice: Advice {
    switch self {
    case .otherLedger:
      .refused("make it again in this one")
    case .timeRunsBack:
      .refused("record it at that time or later")
    case .notFirst:
      .refused("run `winnow init`")
    case .alreadyCreated:
      .refused("make another ledger with `winnow init`")
    case .unexpectedSize:
      .refused("look at what is new and sign again")
    case .expired:
      .refused("make a new one")
    case .fromTheFuture:
      .refused("correct the clock or the time")
    case .causeUnknown:
      .notFound("name one that is")
    case .importForbidden:
      .refused("let those who decide sign it as their own")
    case .importOfOwn:
      .refused("record it as first-party")
    case .statedOutsideImport:
      .refused("say whom it is attributed to")
    case .attachmentGone(_, let state, _):
      .refused(state == .withheld ? "have it returned first" : "attach other bytes")
    case .unknownKey:
      .refused("add it with `winnow key add` or `winnow actor add`")
    case .revokedKey:
      .refused("sign with a key that counts")
    case .invalidSignature:
      .refused("sign the statement again")
    case .roleMissing(_, _, let needed, _, let others) where needed > 1:
      .refused(Self.ask(others))
    case .roleMissing:
      .refused("sign with `--as` an actor that holds it, or grant it with `winnow role grant`")
    case .founderSignersDiffer:
      .refused("sign it with exactly those")
    case .notAfterMissing:
      .refused("state one, at most 30 days after it happened")
    case .notAfterTooLate:
      .refused("choose an earlier `notAfter`")
    case .staleAuthority:
      .refused("make it again")
    case .actorExists:
      .refused("choose another name")
    case .actorUnknown:
      .notFound("register it with `winnow actor add`")
    case .keyTaken:
      .refused("make a new one with `winnow key new`")
    case .keyNotSigning:
      .refused("sign with it too")
    case .weakKey:
      .refused("make one with `winnow key new`")
    case .suspectLater:
      .refused("name the first entry in doubt")
    case .keyUnknown:
      .notFound("see `winnow key list`")
    case .keyAlreadyRevoked:
      .refused("see `winnow key list` for the keys that count")
    case .roleHeld(let actor, _, _):
      .refused("name another role, or sign with `--as \(actor)`")
    case .roleNotHeld:
      .refused("see `winnow actor list` for who holds what")
    case .quorumLost:
      .refused("grant the role to another first, or ask for fewer in the charter")
    case .logKeyOfOther:
      .refused("make one for it")
    case .logKeyTaken:
      .refused("make a new one")
    case .datasetExists:
      .refused("choose another name")
    case .datasetUnknown:
      .notFound("register it with `winnow dataset register`")
    case .releaseExists:
      .refused("choose another version")
    case .releaseUnknown:
      .notFound("publish it with `winnow release publish`")
    case .rootUnknown:
      .refused("only statements can be made about it")
    case .columnsMissing:
      .refused("state them in it")
    case .columnsFixedAlready:
      .refused("leave them out")
    case .columnsDiffer:
      .refused("publish files that have them")
    case .rowsDoNotAddUp:
      .refused("count again")
    case .keysDoNotAddUp:
      .refused("count again")
    case .transitionImpossible:
      .refused("count again")
    case .unreconciledForbidden:
      .refused("find the gap or change the charter")
    case .unreconciledWithoutGap:
      .refused("state the right one or none")
    case .notPending:
      .refused("name those, the first in the log, at most 256 of each")
    case .decisionLeftOut:
      .refused("clean again")
    case .sumsDiffer:
      .refused("clean again")
    case .additionsWithoutReinstatement:
      .refused("record the reinstatement first")
    case .openInMarkedFamily:
      .refused("seal the set, the filter, the transition and the shard manifest")
    case .decoysStay:
      .refused("reinstate rows of other removals")
    case .reinstatementDiffers:
      .refused("add exactly the reinstated keys with the rows that they had")
    case .alreadyWithdrawn:
      .refused("lift that first, or record what is new about it")
    case .notWithdrawn:
      .refused("only what is can be offered again")
    case .notDerived:
      .refused("name the derived dataset and a release of its parent")
    case .derivativeDeleted:
      .refused("register what is there now under another name")
    case .listExists:
      .refused("choose another version")
    case .listUnknown:
      .notFound("add it with `winnow hashlist add`")
    case .wrongReference:
      .refused("name one that is")
    case .scannedDiffers:
      .refused("match the whole release")
    case .matchImpossible:
      .refused("match it again")
    case .moreThanFound:
      .refused("give a smaller count")
    case .moreThanFoundTogether:
      .refused(
        "give a smaller count, or name the verification that this one replaces with --replaces")
    case .sourceDiffers:
      .refused("give that one")
    case .unionImpossible:
      .refused("count again")
    case .disclosureDiffers:
      .refused("seal what unites sealed sets, and for class illegal match again")
    case .illegalByHand:
      .refused("decide on other rows by a removal of their own, of another class")
    case .sourcesMixed:
      .refused("decide on matches by one removal, and on filters and rows by another")
    case .illegalOpen:
      .refused("seal both")
    case .markMissing:
      .refused("state familyCommitment")
    case .markedAlready:
      .refused("leave familyCommitment out")
    case .confirmationMissing:
      .refused("name them with --cause, or choose another basis")
    case .noticeToSelf:
      .refused("name whom it went to")
    case .notAddressee(let actor, _):
      .refused("let \(actor) sign, or attribute the acknowledgement to it")
    case .disputeEnded:
      .refused("open another one")
    case .notTheDisputer:
      .refused("only who opened it can withdraw it")
    case .ownCause:
      .refused("let another actor resolve it, or withdraw it")
    case .claimantDiffers:
      .refused("attribute it to the claimant")
    case .correctionByOther:
      .refused("open a dispute, or let one of them or an administrator correct it")
    case .groundElsewhere:
      .refused("name the right one")
    case .groundMissing:
      .refused(
        "name a dispute resolved in favour, or a verification with outcome false-positive, that is about it"
      )
    case .moreThanRemoved:
      .refused("count again")
    case .notApplied:
      .refused("name one that was applied")
    case .attachmentNotNamed:
      .refused("name the events that do")
    case .notWithheld:
      .refused("only what is can be returned")
    case .attachmentHeld:
      .refused("erase it once that hold has ended, or withhold it")
    case .holdEnded:
      .refused("name one that still stands")
    case .modelExists:
      .refused("choose another name")
    case .modelUnknown:
      .notFound("register it with `winnow model register`")
    case .alreadyDeprecated(let name, _):
      .refused("see `winnow model status \(name)`")
    case .artifactsMissing:
      .refused("name their digests, or import what others know of it")
    case .artifactUnknown:
      .refused("register the model that it belongs to")
    }
  }

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
