internal import Workflows

extension WorkflowFailure: Worded {
  var words: Words { advice.after(reason) }

  private var advice: Advice {
    switch self {
    case .noLedger:
      .notFound("name one with --ledger or WINNOW_LEDGER, or make one with `winnow init`")
    case .noKey:
      .notFound("name its directory with --keys, or make one with `winnow key new`")
    case .noCountingKey:
      .notFound("see `winnow key list`")
    case .noSigner:
      .notFound(
        "name the directory that holds it with --keys, or see who is to sign with `winnow sign FILE --show`"
      )
    case .severalCountingKeys(let actor):
      .refused(
        "name one as \(actor)/DIGITS, with 8 or more of its first digits (see `winnow key list`)")
    case .signaturesMissing(let awaited):
      .refused(
        "let \(awaited.count == 1 ? "its holder" : "each holder") sign with `winnow sign`, and submit the file again"
      )
    case .attachmentMissing:
      .refused("bring its file with --attachment")
    case .otherPassphrase:
      .refused("move it away, or give its passphrase")
    case .otherLogKey(let path):
      .refused("bring that one back as \(path)")
    case .signerFailed: .input(nil)
    case .overtaken:
      .tryLater("run this again")
    case .noFile:
      .notFound("check the name")
    case .emptyFile:
      .input("leave it out")
    case .manifestSealed:
      .undecided("give the files themselves")
    case .listSealed:
      .undecided("run this where it was added, or restore its `secrets` from a backup")
    case .listsUnlike:
      .input("compare two versions of one list (see `winnow hashlist list`)")
    case .manifestMalformed:
      .failed("give the files themselves, and ask who published it")
    case .nothingIn:
      .notFound("check the name")
    case .pointerDamaged, .pointerToRows:
      .input("get the file itself with `git lfs pull`")
    case .tooManyArtifacts:
      .input("name those that hold its weights with --artifact")
    case .noEvent:
      .notFound("give a sequence, an event id, or 8 or more of its first digits (see `winnow log`)")
    case .noKeyID:
      .notFound("give a key id, or 8 or more of its first digits (see `winnow key list`)")
    case .noAttachment:
      .notFound(
        "give its digest, 8 or more of its first digits, or SEQUENCE/FIELD as `winnow show` has them"
      )
    case .severalAttachments:
      .refused("give the digest of the one that you mean")
    case .severalIDs:
      .refused("give more digits of the one that you mean")
    case .releaseUnknown:
      .notFound("see `winnow release list`")
    case .datasetUnknown:
      .notFound("register it with `winnow dataset register`")
    case .listUnknown:
      .notFound("add it with `winnow hashlist add`")
    case .modelUnknown:
      .notFound("register it with `winnow model register`")
    case .noIndex:
      .notFound("run this where the release was published, or make it with `winnow release verify`")
    case .noCatalog:
      .notFound(
        "run this where the release was published, or name its files with `winnow release verify`")
    case .exists:
      .refused("choose another name or move it away")
    case .severalKeys(let actor, _):
      .refused(
        "name one as \(actor)/DIGITS, with 8 or more of its first digits, or leave one there")
    case .listDiffers:
      .refused("give that file, or add this one as a new version with `winnow hashlist add`")
    case .notPerceptual:
      .refused("leave --distance, --quality and --quality-column out, or name a PDQ list")
    case .notOfURLs:
      .refused("leave --spellings out, or name a list of URL hashes")
    case .nothingPending:
      .refused("decide one with `winnow remove` or `winnow reinstate`")
    case .rowInTheClear:
      .refused("seal it, or take the address out")
    case .rowsAbsent:
      .refused(
        "give rows that are, with all of its identity columns as it has them, or count the others with --absent-ok"
      )
    case .notRemoved:
      .refused("name rows and removals that belong together")
    case .notRestorable:
      .refused("check its index with `winnow release verify`")
    case .noMatches:
      .notFound("run `winnow match` first")
    case .nothingFound:
      .refused("go on without a removal")
    case .alreadyReinstated:
      .refused("leave those out")
    case .heldElsewhere:
      .refused("name that with --removal as well, and what speaks against it with --ground")
    case .filesMoved(let release, _):
      .notFound("say where they are now with `winnow release locate \(release) DIRECTORY`")
    case .filesNeeded:
      .notFound("put them back there, or say where they are with `winnow release locate`")
    case .expressionSealed:
      .undecided("run this where it was recorded")
    case .membersSealed:
      .refused("run this in the custodian's ledger directory")
    case .memberErased:
      .refused(
        "find those rows once more, or publish what is left by hand as a release of its own, without --parent"
      )
    case .memberMissing:
      .refused("restore the ledger's attachments and secrets from a backup")
    case .transitionSealed:
      .refused("prove presence or absence of rows that you hold instead")
    case .transitionMarked:
      .refused("prove presence or absence of rows that you hold instead")
    case .shardChanged:
      .refused("restore it, or publish what it is now as another version")
    case .indexDiffers:
      .refused("delete it and make it again with `winnow release verify`")
    case .nothingToDilute:
      .refused("leave --dilute out")
    case .illegalByHand:
      .refused("decide on other rows by a removal of their own, of another class")
    case .tooFewRows:
      .refused(
        "give --dilute a smaller number, or where it was `winnow clean` that stopped, publish what is left by hand as a release of its own, without --parent"
      )
    case .familySecretMissing:
      .notFound("restore its `secrets` from a backup")
    case .otherDraft:
      .refused("submit the draft that was made last, or make the files again with its command")
    case .keyPresent:
      .refused("prove its presence instead")
    case .keyAbsent:
      .refused("prove its absence instead")
    case .notDerived:
      .refused("name its parent")
    case .notCovered:
      .undecided("run `winnow checkpoint`")
    case .otherSecret:
      .refused("give the right file")
    case .notKeyed:
      .refused(nil)
    case .secretMissing:
      .notFound("restore its `secrets` from a backup")
    case .nonceUsed:
      .refused("retry exactly what was tried then, or leave --nonce out")
    case .secretWaits:
      .refused("record that one, or delete that file of `secrets`")
    case .alreadyDecided:
      .refused("run `winnow clean`")
    case .noCheckpoint:
      .undecided("run `winnow checkpoint`")
    case .secretNeeded:
      .undecided("give --secret-file")
    case .issuerUnknown:
      .notFound("register it with `winnow actor add`, or name another issuer with --issuer")
    case .unlikeDatasets:
      .input("name two releases of one dataset")
    case .ledgerUnreachable:
      .input("check who owns it and its mode")
    case .notWritable:
      .input("name another directory with --out, or check who owns it and its mode")
    case .issuerUnnamed:
      .input("name its issuer with --issuer")
    case .holderElsewhere:
      .input("write the statement with --unsigned, and let them sign it with `winnow sign`")
    case .severalFounders:
      .input("say with --as which of them signs")
    case .noKeys:
      .input("name a directory of keys with --keys")
    case .noStatement:
      .input("write one with --unsigned")
    case .setWhenSigned:
      .input("leave it out (--nonce repeats an earlier try)")
    case .firstEvent:
      .input("make one with `winnow init`")
    case .creationByFile:
      .input("make a ledger with `winnow init`")
    case .badInput: .input(nil)
    case .cancelled:
      .interrupted("run this again when it suits")
    }
  }
}
