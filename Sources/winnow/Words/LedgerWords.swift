internal import LedgerStore
internal import Provenance

extension LedgerFailure: Worded {
  var words: Words { advice.after(reason) }

  private var advice: Advice {
    switch self {
    case .notFound:
      .notFound("make one with `winnow init` or name another with `--ledger`")
    case .alreadyExists:
      .refused("choose another directory")
    case .notALedger:
      .refused("name the right directory")
    case .otherVersion:
      .refused("use the winnow that fits")
    case .newer(let found, _):
      .undecided("get a winnow that knows version \(found)")
    case .schemaDiffers:
      .failed("restore it from a backup")
    case .settingRefused:
      .input("check the file system and the SQLite library")
    case .readOnly:
      .refused("run this as its owner, or on a copy where you may write")
    case .unreadable:
      .input("check who owns it and its mode")
    case .unwritable:
      .input("copy the whole directory to where you may write, and name the copy")
    case .busy:
      .tryLater("try again when it has ended")
    case .clockAhead(_, let until):
      .tryLater("correct the clock, or wait until \(until.text)")
    case .clockJumps:
      .refused(
        "correct the clock, or run this again with --clock-ahead if it is right: until the time that it says nothing else could be recorded"
      )
    case .nonceTaken:
      .tryLater("run this again")
    case .tooLarge:
      .refused("move content to attachments")
    case .diskFull:
      .input("free some space, then run this again")
    case .inputOutput where isFullDisk:
      .input("free some space, then run this again")
    case .inputOutput:
      .input("check the disk, then run this again")
    case .stopped:
      .input("open the ledger again before writing")
    case .damaged:
      .failed("run `winnow verify` and restore a backup")
    case .wentBack:
      .failed("restore the newest copy")
    case .outsideLog:
      .notFound("name an earlier one")
    case .foreignCheckpoint:
      .failed(nil)
    case .attachmentDamaged:
      .failed("restore it from a backup")
    case .database:
      .input("run `winnow verify`")
    }
  }
}
