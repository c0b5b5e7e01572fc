package import LedgerCrypto
package import Provenance

/// Why a workflow stopped, where no other target has the error already.
package enum WorkflowFailure: Error, Sendable {
  case noLedger(String)
  case noKey(actor: ActorName, directory: String)
  case noFile(String)
  case emptyFile(String)
  case nothingIn(String)
  case pointerDamaged(String)
  case pointerToRows(String)
  case tooManyArtifacts(Int, Int)
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
  case manifestSealed(VersionedName)
  case manifestMalformed(VersionedName)
  case secretMissing(Name)
  case exists(String)
  case severalKeys(actor: ActorName, directory: String)
  case severalCountingKeys(ActorName)
  case signaturesMissing([AwaitedSigner])
  case attachmentMissing(Digest)
  case otherPassphrase(String)
  case otherLogKey(String)
  case listDiffers(VersionedName)
  case listSealed(VersionedName)
  case listsUnlike(VersionedName, VersionedName)
  case notPerceptual(VersionedName)
  case notOfURLs(VersionedName)
  case nothingPending(VersionedName)
  case noMatches(VersionedName)
  case nothingFound(VersionedName)
  case notRemoved(VersionedName)
  case rowsAbsent(VersionedName, places: [Int], of: Int)
  case rowInTheClear(VersionedName?)
  case alreadyReinstated(UInt64)
  case heldElsewhere(UInt64)
  case notRestorable(VersionedName)
  case filesNeeded(VersionedName)
  case filesMoved(VersionedName, from: String)
  case membersSealed(UInt64)
  case expressionSealed(UInt64)
  case memberMissing(UInt64)
  case memberErased(UInt64, at: UInt64)
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
  case noCheckpoint
  case notCovered(UInt64, size: UInt64)
  case secretNeeded(Name)
  case issuerUnnamed
  case issuerUnknown(ActorName, isNamed: Bool)
  case unlikeDatasets(VersionedName, VersionedName)
  case ledgerUnreachable(String)
  case notWritable(String)
  case holderElsewhere
  case severalFounders([ActorName])
  case noKeys(String)
  case noStatement
  case setWhenSigned(String)
  case firstEvent
  case creationByFile
  case badInput(String)
  case signerFailed(String)
  case cancelled
  case overtaken
}

extension WorkflowFailure {
  /// What is wrong, as a sentence without its end.
  package var reason: String {
    switch self {
    case .noLedger(let path):
      "There is no ledger in \(path)"
    case .noKey(let actor, let directory):
      "There is no key of \(actor) that counts in \(directory)"
    case .noCountingKey(let actor):
      "\(actor) has no key that counts and that is meant"
    case .noSigner(let actor):
      "None of the statement's signers is a key of \(actor) at hand"
    case .severalCountingKeys(let actor):
      "\(actor) has several keys that count"
    case .signaturesMissing(let awaited):
      "The signature of \(awaited.map { "\($0.actor) (key \($0.keyID.hex.prefix(16))…)" }.joined(separator: " and of ")) is missing"
    case .attachmentMissing(let digest):
      "The attachment \(digest.hex) that the statement names is not in this ledger"
    case .otherPassphrase(let path):
      "\(path) opens neither with the old passphrase nor with the new one, so that nothing was changed"
    case .otherLogKey:
      "The log's key in the ledger directory is not the one that the ledger names"
    case .signerFailed(let sentence): Self.withoutEnd(sentence)
    case .overtaken:
      "The log moved while the signer was asked, so that the signature no longer fits"
    case .noFile(let path):
      "There is no file \(path)"
    case .emptyFile(let path):
      "\(path) is empty, or stands for a file that is: its digest is that of every empty file"
    case .nothingIn(let path):
      "There is no file in \(path), hidden ones apart"
    case .pointerDamaged(let path):
      "\(path) begins as a Git LFS pointer and is none of a version that is known"
    case .pointerToRows(let path):
      "\(path) is a Git LFS pointer, which has no rows"
    case .tooManyArtifacts(let count, let most):
      "These are \(count) files, and a model is registered by at most \(most)"
    case .noEvent(let text):
      "There is no event \(text) in this ledger"
    case .noKeyID(let text):
      "There is no key \(text) in this ledger"
    case .noAttachment(let text):
      "No event of this ledger names an attachment \(text)"
    case .severalAttachments(let text):
      "Several attachments go by \(text)"
    case .severalIDs(let digits):
      "Several ids begin with \(digits)"
    case .releaseUnknown(let release):
      "There is no release \(release)"
    case .datasetUnknown(let name):
      "There is no dataset \(name)"
    case .listUnknown(let list):
      "There is no hash list \(list)"
    case .modelUnknown(let name):
      "There is no model \(name)"
    case .noIndex(let release):
      "The index of \(release) is not in this ledger directory"
    case .noCatalog(let release):
      "The catalogue of \(release) is not in this ledger directory"
    case .manifestSealed(let release):
      "The manifest of \(release) is sealed or gone, so that its files are known by their rows alone"
    case .manifestMalformed(let release):
      "What \(release) was published with is no manifest of its files and rows"
    case .exists(let path):
      "\(path) is there already"
    case .severalKeys(let actor, let directory):
      "\(directory) holds several keys of \(actor) that count"
    case .listDiffers(let list):
      "The file is not the list that was registered as \(list)"
    case .listSealed(let list):
      "The secret of \(list) is not in this ledger directory, so that no file is known to be that list"
    case .listsUnlike(let older, let newer):
      "\(older) and \(newer) have hashes of two algorithms, or of two things"
    case .notPerceptual(let list):
      "\(list) has no perceptual hashes, so that it has no distance or quality"
    case .notOfURLs(let list):
      "\(list) has no hashes of URLs, so that it has no spellings"
    case .nothingPending(let release):
      "No removal or reinstatement is left to apply to \(release)"
    case .rowInTheClear(let release):
      "The text has the address of a row of \(release.map(\.description) ?? "a release here")"
    case .rowsAbsent(let release, let places, let count):
      "\(Self.share(places.count, of: count)) not in \(release): \(Self.named(places))"
    case .notRemoved(let release):
      "Not all of these rows were removed from the line of \(release), so that they cannot be reinstated"
    case .notRestorable(let release):
      "What was written is not \(release) less what leaves and with what comes back"
    case .noMatches(let release):
      "No match was recorded on \(release)"
    case .nothingFound(let release):
      "Nothing was found in \(release), so that there is nothing to remove, and nothing was recorded"
    case .alreadyReinstated(let count):
      "\(count.of("of these keys is", "of these keys are")) to come back already, or back"
    case .heldElsewhere(let count):
      "\(count.of("of these keys is", "of these keys are")) held by another removal, too, and would stay away"
    case .filesNeeded(let release):
      "Rows that come back are as they left in the files of \(release), and these are not where its catalogue says"
    case .filesMoved(let release, let directory):
      "Not all files of \(release) are in \(directory) any more, where they were"
    case .expressionSealed(let sequence):
      "The filter at \(sequence) has no expression that can be read here: it is sealed from you, or rows were given by hand"
    case .membersSealed(let sequence):
      "The rows that sequence \(sequence) found are sealed and their secret is not here"
    case .memberMissing(let sequence):
      "The sealed members of sequence \(sequence) are missing or do not have the recorded root"
    case .memberErased(let sequence, let erased):
      "The list of the rows of sequence \(sequence) was erased at sequence \(erased) and cannot be read any more"
    case .transitionSealed(let release):
      "The transition to \(release) is sealed"
    case .transitionMarked(let release, let sequence):
      "Sequence \(sequence) decided on rows of class illegal, so that no list of what left is shown any more, that of \(release) neither"
    case .shardChanged(let name):
      "The file \(name) changed since the release was published"
    case .indexDiffers(let release):
      "The index of \(release) does not have the published root"
    case .nothingToDilute(let release):
      "Others leave only with rows of class illegal, and these of \(release) are to go for another reason"
    case .illegalByHand(let release):
      "A removal of class illegal takes what hash lists found in \(release) and nothing else"
    case .tooFewRows(let release):
      "\(release) has too few rows that could leave for others or with them"
    case .familySecretMissing(let name):
      "The secret by which rows of \(name) are drawn is not in this ledger directory"
    case .otherDraft(let release):
      "The files here that are to be \(release) are of another draft than this one"
    case .keyPresent(let release):
      "The row is in \(release)"
    case .keyAbsent(let release):
      "The row is not in \(release)"
    case .notDerived(let release, let parent):
      "\(release) was not published as derived from \(parent)"
    case .notCovered(let sequence, let size):
      "The latest checkpoint covers \(size.of("entry", "entries")) and this needs sequence \(sequence)"
    case .otherSecret(let name):
      "The secret is not the one that \(name) was registered with"
    case .notKeyed(let name):
      "The dataset \(name) is a plain one and has no secret: anyone can check any row of it that they hold"
    case .secretMissing(let name):
      "The secret that \(name) was registered with is not in this ledger directory"
    case .nonceUsed(let sequence):
      "The nonce was used at sequence \(sequence) for something else"
    case .secretWaits(let name):
      "The ledger keeps another \(name) for a statement that is not recorded yet"
    case .alreadyDecided(let release, let sequence):
      "Sequence \(sequence) already decides that all of these rows of \(release) are to go"
    case .noCheckpoint:
      "There is no checkpoint yet"
    case .secretNeeded(let name):
      "The dataset \(name) is keyed, so that a row can only be looked up with its secret"
    case .issuerUnnamed:
      "The list's name is no actor's"
    case .issuerUnknown(let actor, let isNamed):
      isNamed
        ? "There is no actor \(actor)"
        : "There is no actor \(actor), after whom the list is called and who is taken for its issuer"
    case .unlikeDatasets(let one, let other):
      "\(one) and \(other) are of two datasets, whose rows have other columns or keys and cannot be compared"
    case .ledgerUnreachable(let path):
      "This user may not look into \(path), so that nothing says whether a ledger is there"
    case .notWritable(let path):
      "Nothing can be written in \(path)"
    case .holderElsewhere:
      "The holder of the new key signs too and is not here"
    case .severalFounders(let founders):
      "\(founders.map(\.text).joined(separator: " and ")) founded this ledger together"
    case .noKeys(let directory):
      "\(directory) holds no key"
    case .noStatement:
      "The file holds no statement"
    case .setWhenSigned(let member):
      "\(member) is set when the event is signed"
    case .firstEvent:
      "\(Kind.ledgerCreated.rawValue) is the first event of a ledger"
    case .creationByFile:
      "A statement that creates a ledger is signed as the ledger is made, and not from a file"
    case .badInput(let sentence): Self.withoutEnd(sentence)
    case .cancelled:
      "Interrupted, and nothing was recorded"
    }
  }

  /// A sentence that says itself what to do, without its end.
  private static func withoutEnd(_ sentence: String) -> String {
    sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}

extension WorkflowFailure: CustomStringConvertible {
  /// The reason as a whole sentence; what to do about it, whoever shows it can say.
  package var description: String { "\(reason)." }

  private static func share(_ part: Int, of count: Int) -> String {
    if count == 1 { return "The row that is asked for is" }
    if part == count { return "All \(count.of("row")) that are asked for are" }
    return "\(part.of("row")) of the \(count.grouped) asked for \(part == 1 ? "is" : "are")"
  }

  /// Rows of a list by their numbers, the first few of them.
  private static func named(_ places: [Int]) -> String {
    let first = places.prefix(5).map(String.init).joined(separator: ", ")
    let others = places.count - min(5, places.count)
    return "\(places.count == 1 ? "row" : "rows") \(first)"
      + (others == 0 ? " of the list" : " and \(others.of("other")) of the list")
  }
}
