package import LedgerCrypto
package import Provenance

/// Why a workflow stopped, where no other target has the error already.
package enum WorkflowFailure: Error, Sendable {
  // Not found: exit 5.
  case noLedger(String)
  case noKey(actor: ActorName, directory: String)
  case noFile(String)
  case noEvent(String)
  case noKeyID(String)
  case noAttachment(String)
  case severalAttachments(String)
  case noCountingKey(ActorName)
  case noSigner(ActorName)
  case releaseUnknown(VersionedName)
  case datasetUnknown(Name)
  case listUnknown(VersionedName)
  case modelUnknown(Name)
  case noIndex(VersionedName)
  case noCatalog(VersionedName)
  case secretMissing(Name)
  // Conflict or refused: exit 6.
  case exists(String)
  case severalKeys(actor: ActorName, directory: String)
  case severalCountingKeys(ActorName)
  case signaturesMissing([AwaitedSigner])
  case attachmentMissing(Digest)
  case otherPassphrase(String)
  case otherLogKey(String)
  case listDiffers(VersionedName)
  case nothingPending(VersionedName)
  case noMatches(VersionedName)
  case nothingFound(VersionedName)
  case notRemoved(VersionedName)
  case rowsAbsent(VersionedName)
  case rowInTheClear(VersionedName?)
  case alreadyReinstated(UInt64)
  case heldElsewhere(UInt64)
  case notRestorable(VersionedName)
  case filesNeeded(VersionedName)
  case membersSealed(UInt64)
  case memberMissing(UInt64)
  case transitionSealed(VersionedName)
  case transitionMarked(VersionedName, at: UInt64)
  case shardChanged(String)
  case indexDiffers(VersionedName)
  case nothingToDilute(VersionedName)
  case illegalByHand(VersionedName)
  case tooFewRows(VersionedName)
  case familySecretMissing(Name)
  case otherDraft(VersionedName)
  case keyPresent(VersionedName)
  case keyAbsent(VersionedName)
  case notDerived(VersionedName, from: VersionedName)
  case otherSecret(Name)
  case notKeyed(Name)
  case severalIDs(String)
  case nonceUsed(UInt64)
  case secretWaits(String)
  case alreadyDecided(VersionedName, at: UInt64)
  // Not enough: exit 3.
  case noCheckpoint
  case notCovered(UInt64, size: UInt64)
  case secretNeeded(Name)
  // Input: exit 4.
  case badInput(String)
  case signerFailed(String)
  case cancelled
  // Try again: exit 75.
  case overtaken
}

extension WorkflowFailure: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .noLedger(let path):
      "There is no ledger in \(path); name one with --ledger or WINNOW_LEDGER, or make one with `winnow init`."
    case .noKey(let actor, let directory):
      "There is no key of \(actor) that counts in \(directory); name its directory with --keys, or make one with `winnow key new`."
    case .noCountingKey(let actor):
      "\(actor) has no key that counts and that is meant; see `winnow key list`."
    case .noSigner(let actor):
      "None of the statement's signers is a key of \(actor) at hand; name the directory that holds it with --keys, or see who is to sign with `winnow sign FILE --show`."
    case .severalCountingKeys(let actor):
      "\(actor) has several keys that count; name one as \(actor)/DIGITS, with 8 or more of its first digits (see `winnow key list`)."
    case .signaturesMissing(let awaited):
      "The signature of \(awaited.map { "\($0.actor) (key \($0.keyID.hex.prefix(16))…)" }.joined(separator: " and of ")) is missing; let \(awaited.count == 1 ? "its holder" : "each holder") sign with `winnow sign`, and submit the file again."
    case .attachmentMissing(let digest):
      "The attachment \(digest.hex) that the statement names is not in this ledger; bring its file with --attachment."
    case .otherPassphrase(let path):
      "\(path) opens neither with the old passphrase nor with the new one, so that nothing was changed; move it away, or give its passphrase."
    case .otherLogKey(let path):
      "The log's key in the ledger directory is not the one that the ledger names; bring that one back as \(path)."
    case .signerFailed(let sentence): sentence
    case .overtaken:
      "The log moved while the signer was asked, so that the signature no longer fits; run this again."
    case .noFile(let path): "There is no file \(path); check the name."
    case .noEvent(let text):
      "There is no event \(text) in this ledger; give a sequence, an event id, or 8 or more of its first digits (see `winnow log`)."
    case .noKeyID(let text):
      "There is no key \(text) in this ledger; give a key id, or 8 or more of its first digits (see `winnow key list`)."
    case .noAttachment(let text):
      "No event of this ledger names an attachment \(text); give its digest, 8 or more of its first digits, or SEQUENCE/FIELD as `winnow show` has them."
    case .severalAttachments(let text):
      "Several attachments go by \(text); give the digest of the one that you mean."
    case .severalIDs(let digits):
      "Several ids begin with \(digits); give more digits of the one that you mean."
    case .releaseUnknown(let release):
      "There is no release \(release); see `winnow release list`."
    case .datasetUnknown(let name):
      "There is no dataset \(name); register it with `winnow dataset register`."
    case .listUnknown(let list):
      "There is no hash list \(list); add it with `winnow hashlist add`."
    case .modelUnknown(let name):
      "There is no model \(name); register it with `winnow model register`."
    case .noIndex(let release):
      "The index of \(release) is not in this ledger directory; run this where the release was published, or make it with `winnow release verify`."
    case .noCatalog(let release):
      "The catalogue of \(release) is not in this ledger directory; run this where the release was published."
    case .exists(let path): "\(path) is there already; choose another name or move it away."
    case .severalKeys(let actor, let directory):
      "\(directory) holds several keys of \(actor) that count; leave one there, or name another directory with --keys."
    case .listDiffers(let list):
      "The file is not the list that was registered as \(list); give that file, or add this one as a new version with `winnow hashlist add`."
    case .nothingPending(let release):
      "No removal or reinstatement is left to apply to \(release); decide one with `winnow remove` or `winnow reinstate`."
    case .rowInTheClear(let release):
      "The text has the address of a row of \(release.map(\.description) ?? "a release here"); seal it, or take the address out."
    case .rowsAbsent(let release):
      "Not all of these rows are in \(release); give rows that are, with all of its identity columns as it has them."
    case .notRemoved(let release):
      "Not all of these rows were removed from the line of \(release), so that they cannot be reinstated; name rows and removals that belong together."
    case .notRestorable(let release):
      "What was written is not \(release) less what leaves and with what comes back; check its index with `winnow release verify`."
    case .noMatches(let release):
      "No match was recorded on \(release); run `winnow match` first."
    case .nothingFound(let release):
      "Nothing was found in \(release), so that there is nothing to remove, and nothing was recorded; go on without a removal."
    case .alreadyReinstated(let count):
      "\(count.of("of these keys is", "of these keys are")) to come back already, or back; leave those out."
    case .heldElsewhere(let count):
      "\(count.of("of these keys is", "of these keys are")) held by another removal, too, and would stay away; name that with --removal as well, and what speaks against it with --ground."
    case .filesNeeded(let release):
      "Rows that come back are as they left in the files of \(release), and these are not where its catalogue says; put them back there, or name a copy with `winnow release verify`."
    case .membersSealed(let sequence):
      "The rows that sequence \(sequence) found are sealed and their secret is not here; run this in the custodian's ledger directory."
    case .memberMissing(let sequence):
      "The sealed members of sequence \(sequence) are missing or do not have the recorded root; restore the ledger's attachments and secrets from a backup."
    case .transitionSealed(let release):
      "The transition to \(release) is sealed; prove presence or absence of rows that you hold instead."
    case .transitionMarked(let release, let sequence):
      "Sequence \(sequence) decided on rows of class illegal, so that no list of what left is shown any more, that of \(release) neither; prove presence or absence of rows that you hold instead."
    case .shardChanged(let name):
      "The file \(name) changed since the release was published; restore it, or publish what it is now as another version."
    case .indexDiffers(let release):
      "The index of \(release) does not have the published root; delete it and make it again with `winnow release verify`."
    case .nothingToDilute(let release):
      "Others leave only with rows of class illegal, and these of \(release) are to go for another reason; leave --dilute out."
    case .illegalByHand(let release):
      "A removal of class illegal takes what hash lists found in \(release) and nothing else; decide on other rows by a removal of their own, of another class."
    case .tooFewRows(let release):
      "\(release) has too few rows that could leave for others or with them; decide with a smaller --dilute, or publish what is left by hand."
    case .familySecretMissing(let name):
      "The secret by which rows of \(name) are drawn is not in this ledger directory; restore its `secrets` from a backup."
    case .otherDraft(let release):
      "The files here that are to be \(release) are of another draft than this one; submit the draft that was made last, or make the files again with its command."
    case .keyPresent(let release):
      "The row is in \(release); prove its presence instead."
    case .keyAbsent(let release):
      "The row is not in \(release); prove its absence instead."
    case .notDerived(let release, let parent):
      "\(release) was not published as derived from \(parent); name its parent."
    case .notCovered(let sequence, let size):
      "The latest checkpoint covers \(size.of("entry", "entries")) and this needs sequence \(sequence); run `winnow checkpoint`."
    case .otherSecret(let name):
      "The secret is not the one that \(name) was registered with; give the right file."
    case .notKeyed(let name):
      "The dataset \(name) is a plain one and has no secret: anyone can check any row of it that they hold."
    case .secretMissing(let name):
      "The secret that \(name) was registered with is not in this ledger directory; restore its `secrets` from a backup."
    case .nonceUsed(let sequence):
      "The nonce was used at sequence \(sequence) for something else; retry exactly what was tried then, or leave --nonce out."
    case .secretWaits(let name):
      "The ledger keeps another \(name) for a statement that is not recorded yet; record that one, or delete that file of `secrets`."
    case .alreadyDecided(let release, let sequence):
      "Sequence \(sequence) already decides that all of these rows of \(release) are to go; run `winnow clean`."
    case .noCheckpoint: "There is no checkpoint yet; run `winnow checkpoint`."
    case .secretNeeded(let name):
      "The dataset \(name) is keyed, so that a row can only be looked up with its secret; give --secret-file."
    case .badInput(let sentence): sentence
    case .cancelled: "Interrupted, and nothing was recorded; run this again when it suits."
    }
  }
}
