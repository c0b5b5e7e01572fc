internal import LedgerCrypto

extension Refusal {
  /// The sentences of the rules about what happened around the datasets and models.
  var recordSentence: String {
    switch self {
    case .statedOutsideImport(let kind):
      "A \(kind.rawValue) event with figures as stated, and no root, is an import; say whom it is attributed to."
    case .attachmentGone(let digest, let state, let at):
      "The attachment \(digest.hex) was \(state.rawValue) at sequence \(at); \(state == .withheld ? "have it returned first" : "attach other bytes")."
    case .logKeyOfOther:
      "The new log key is not an Ed25519 vkey under this ledger's origin; make one for it."
    case .logKeyTaken(let id, let at):
      "The key \(id.hex) has been the log's since sequence \(at), and a log key is used once and for nothing else; make a new one."
    case .rootUnknown(let release, let at):
      "\(release) was recorded at sequence \(at) as others stated it, without a root; only statements can be made about it."
    case .reinstatementLeftOut(let id, let release):
      "The reinstatement \(id) still applies to \(release), and a cleaned release applies every one; clean again."
    case .reinstatementDiffers(let release):
      "What \(release) adds is not what was reinstated; add exactly the reinstated keys with the rows that they had, and count the others as held."
    case .alreadyWithdrawn(let thing, let at):
      "The \(thing.label) was withdrawn at sequence \(at); lift that first, or record what is new about it."
    case .notWithdrawn(let thing):
      "The \(thing.label) is not withdrawn there; only what is can be offered again."
    case .notDerived(let name, let parent, let at):
      "The dataset \(name), registered at sequence \(at), is not derived from \(parent.map { "a release of \($0)" } ?? "any release"); name the derived dataset and a release of its parent."
    case .derivativeDeleted(let name, let at):
      "The dataset \(name) was deleted at sequence \(at); register what is there now under another name."
    case .noticeToSelf(let actor):
      "\(actor) sends the notice and is its addressee; name whom it went to."
    case .notAddressee(let actor, let id):
      "The notice \(id) went to \(actor); let \(actor) sign, or attribute the acknowledgement to it."
    case .disputeEnded(let id, let at):
      "The dispute \(id) was resolved at sequence \(at); open another one."
    case .notTheDisputer(let id, let at):
      "The dispute \(id) was opened at sequence \(at) by another; only who opened it can withdraw it."
    case .ownCause(let id, let at):
      "The dispute \(id) was opened at sequence \(at) by who resolves it; let another actor resolve it, or withdraw it."
    case .claimantDiffers(let claimant, let actor):
      "The claim is \(claimant)'s and the import is attributed to \(actor); attribute it to the claimant."
    case .correctionByOther(let id, let at):
      "The event \(id) of sequence \(at) was signed by others; open a dispute, or let one of them or an administrator correct it."
    default: cleanupSentence
    }
  }

  private var cleanupSentence: String {
    switch self {
    case .groundElsewhere(let id):
      "The ground \(id) is about none of the removals that are named, nor about what they rest on; name the right one, and with a verified match the unions."
    case .groundMissing(let id):
      "No ground reaches the removal \(id); name a dispute resolved in favour, or a verification with outcome false-positive, that is about it."
    case .moreThanRemoved(let id, let left):
      "Of the removal \(id), \(left) keys can still be reinstated; count again."
    case .notApplied(let id, let release):
      "No release in the line of \(release) applied the removal \(id), so that what it left is still pending; name one that was applied."
    case .attachmentNotNamed(let digest, let id):
      "The event \(id) does not name the attachment \(digest.hex); name the events that do."
    case .notWithheld(let digest):
      "The attachment \(digest.hex) is not withheld; only what is can be returned."
    case .attachmentHeld(let digest, let at):
      "The attachment \(digest.hex) is to be preserved since sequence \(at); erase it once that hold has ended, or withhold it."
    case .holdEnded(let id, let at): "The hold \(id) was ended at sequence \(at)."
    case .artifactsMissing(let name):
      "The model \(name) is registered without its files; name their digests, or import what others know of it."
    case .artifactUnknown(let name, let digest, let at):
      "The file \(digest.hex) is not one of those that \(name) was registered with at sequence \(at); register the model that it belongs to."
    default: "The event breaks a rule."
    }
  }
}
