internal import Datasets
internal import Files
internal import LedgerCrypto
internal import Provenance
internal import Rows

// What the file system, rows and keys answer names no command: the sentence is the error's own, but
// where an option helps.

extension FileFailure: Worded {
  var words: Words {
    switch self {
    case .locked: Words(Failure.tryLater, description)
    case .program(_, .stopped): Words(Failure.interrupted, description)
    case .system where isMissing: Words(Failure.notFound, description)
    case .system, .tooLarge, .pipeTooLarge, .changed, .notRegular, .recordTooLong, .gzip, .zstd,
      .outOfBounds, .program:
      Words(Failure.input, description)
    }
  }
}

extension OutputFailure: Worded {
  var words: Words {
    switch self {
    case .exists, .insideLedger: Words(Failure.refused, description)
    case .notAFile: Words(Failure.input, description)
    }
  }
}

extension DatasetFailure: Worded {
  var words: Words {
    switch self {
    case .file(let failure): failure.words
    case .row(let shard, let error): Words(Failure.input, "\(shard): \(error.words.sentence)")
    case .columns(let shard, .lacking(let name)):
      Words(
        Failure.input,
        "\(shard) has no column \(name); check the spelling, or give --missing \(name)=null if its rows are to have null there."
      )
    case .columns(let shard, let error): Words(Failure.input, "\(shard): \(error.words.sentence)")
    case .declared(let error): error.words
    case .cancelled: Words(Failure.interrupted, description)
    case .shardChanged, .rootDiffers, .rebuiltDiffers, .alreadyExists:
      Words(Failure.refused, description)
    case .rowsDoNotFit:
      Words(
        Failure.refused, "\(description.dropLast()) with `winnow release publish --parent`.")
    case .list(_, _, .noColumn), .list(_, _, .empty):
      Words(Failure.input, "\(description.dropLast()) (--column).")
    case .engine(nil, .missing), .engine(nil, .notThere), .engine(nil, .notDuckDB),
      .engine(nil, .old):
      Words(Failure.input, "\(description.dropLast()) with --duckdb or WINNOW_DUCKDB.")
    case .nothingNamed: Words(Failure.notFound, description)
    case .noShards, .engine, .expression, .unknownFormat, .duplicateShard, .sameFile, .shardName,
      .missingColumn, .noColumn, .notComparable, .severalSpellings, .asked, .tooManyAsked, .list,
      .index, .set, .document:
      Words(Failure.input, description)
    }
  }
}

extension SigningFailure: Worded {
  var words: Words {
    switch self {
    case .notASigner, .invalid, .signersDiffer: Words(Failure.refused, description)
    case .crypto(let failure): Words(Failure.input, failure.words.sentence)
    case .unreadable: Words(Failure.input, description)
    }
  }
}

extension CryptoFailure: Worded {
  var words: Words {
    switch self {
    case .wrongPassphrase: Words(Failure.refused, description)
    case .notEd25519:
      Words(Failure.input, "The key is not an Ed25519 key; make one with `winnow key new`.")
    case .libraryRefused, .notAnEncryptedKey, .unknownKeyProtection, .tooManyRounds, .notAuthentic:
      Words(Failure.input, description)
    }
  }
}
