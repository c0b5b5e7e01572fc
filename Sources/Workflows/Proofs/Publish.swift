internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import TransparencyLog

extension Workplace {
  /// What `publish` wrote.
  package struct Published: Sendable {
    package let size: UInt64
    package let tiles: Int
    package let attachments: Int
    package let written: Int
    /// Open texts that were not there before.
    package let texts: Int
  }

  /// Writes the static tree that any CDN or object store can serve (C2SP tlog-tiles), with the open
  /// attachments beside it; sealed ones stay here, and withheld or erased ones go.
  ///
  /// The checkpoint comes last, so that whoever reads it finds everything that it covers. Files that
  /// are there already are left alone: they never change.
  package func publish(to site: String) throws -> Published {
    let checkpoint = try checkpoint()
    try checkSite(site, checkpoint)
    let size = checkpoint.head.size
    var tiles = 0
    var written = 0
    func put(_ bytes: @autoclosure () throws -> [UInt8], at path: String) throws {
      if progress.isCancelled() { throw WorkflowFailure.cancelled }
      guard !Directory.holds("\(site)/\(path)") else { return }
      try Directory.make(Directory.parent(of: "\(site)/\(path)"))
      try AtomicFile.write(try bytes(), to: "\(site)/\(path)")
      written += 1
    }
    for path in TileList(size: size) {
      tiles += 1
      switch path {
      case .tile(let tile):
        try put(try tile.bytes(in: size, reading: ledger.treeHashes), at: path.description)
      case .entries(let tile):
        try put(
          try EntryBundle.encode(
            try ledger.entries(from: tile.entries.lowerBound, limit: tile.width)),
          at: path.description)
      }
    }
    var attachments = 0
    var texts = 0
    let view = try view()
    let states = view.state.attachments
    for sequence in 0..<size.rawValue {
      for (_, reference) in try view.event(sequence).statement.attachments
      where reference.disclosure == .open {
        let hex = reference.sha256.hex
        let path = "attachments/\(hex.prefix(2))/\(hex)"
        if states.missing(reference.sha256) != nil {
          // An earlier run may have published it.
          if Directory.holds("\(site)/\(path)") { try Directory.remove(file: "\(site)/\(path)") }
          continue
        }
        guard let bytes = try ledger.attachment(reference.sha256) else { continue }
        attachments += 1
        if !Directory.holds("\(site)/\(path)"), reference.mediaType.hasPrefix("text/") {
          texts += 1
        }
        try put(bytes, at: path)
      }
    }
    try AtomicFile.write(checkpoint.note, to: "\(site)/checkpoint")
    return Published(
      size: size.rawValue, tiles: tiles, attachments: attachments, written: written, texts: texts)
  }

  /// Refuses a directory that holds another log, or a longer history of this one.
  private func checkSite(_ site: String, _ checkpoint: Checkpointed) throws {
    try Directory.make(site)
    guard Directory.holds("\(site)/checkpoint") else {
      let strangers = try Directory.names(in: site).filter {
        !["tile", "attachments"].contains($0) && !TemporaryName.isOne($0)
      }
      guard strangers.isEmpty else { throw WorkflowFailure.exists("\(site)/\(strangers[0])") }
      return
    }
    let there = try OpenFile.readAll("\(site)/checkpoint", maxBytes: SignedNote.maximumLength)
    guard let old = try? Checkpoint(parsing: SignedNote(parsing: there).text),
      let new = try? Checkpoint(parsing: SignedNote(parsing: checkpoint.note).text),
      old.origin == new.origin, old.size <= new.size,
      try ledger.treeHead(size: old.size.rawValue).root == old.root
    else {
      throw WorkflowFailure.badInput(
        "\(site) holds the tree of another log or of a longer history; publish to another directory."
      )
    }
  }
}
