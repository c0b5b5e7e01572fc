package import Files
internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import TransparencyLog

extension Session {
  /// Gathers what shows `claims` about events of this ledger, up to the latest checkpoint.
  ///
  /// The entries that introduce the signers' keys come with those that the claims speak of.
  package func bundle(
    _ claims: [Claim], sequences: [UInt64], blobs: [[UInt8]] = []
  ) throws -> Bundle {
    let (head, note) = try latestCheckpoint()
    guard let founding = try ledger.state.authority.founding else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    var wanted: Set<UInt64> = [0]
    for sequence in sequences {
      guard sequence < head.size.rawValue else {
        throw WorkflowFailure.notCovered(sequence, size: head.size.rawValue)
      }
      wanted.insert(sequence)
    }
    let keys = try ledger.state.authority.keys
    for sequence in sequences {
      for signature in try event(sequence).entry.event.signatures {
        if let record = keys[signature.keyID] { wanted.insert(record.added) }
      }
    }
    // Who adds a key signs for it, and so on back to sequence 0.
    var queue = Array(wanted)
    while let sequence = queue.popLast() {
      for signature in try event(sequence).entry.event.signatures {
        if let record = keys[signature.keyID], wanted.insert(record.added).inserted {
          queue.append(record.added)
        }
      }
    }
    let items = try wanted.sorted().map { sequence in
      Bundle.Item(
        sequence: sequence, bytes: try event(sequence).entry.bytes,
        inclusion: try ledger.inclusionProof(sequence: sequence, size: head.size.rawValue).hashes)
    }
    return Bundle(
      origin: founding.origin, genesis: founding.ledger, checkpoint: note, items: items,
      attachments: blobs.map(Self.attachment), claims: claims)
  }

  /// Gathers every entry up to the latest checkpoint with all open attachments, but for those that
  /// an event withheld or erased; with `sealed`, what is sealed and here comes as it is stored.
  package func completeBundle(sealed withSealed: Bool = false) throws -> Bundle {
    let (head, note) = try latestCheckpoint()
    let states = try ledger.state.attachments
    guard let founding = try ledger.state.authority.founding else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    var items: [Bundle.Item] = []
    var attachments: [Digest: Bundle.Attachment] = [:]
    for sequence in 0..<head.size.rawValue {
      if progress.isCancelled() { throw WorkflowFailure.cancelled }
      let event = try event(sequence)
      items.append(.init(sequence: sequence, bytes: event.entry.bytes, inclusion: nil))
      for (_, reference) in event.statement.attachments {
        if let record = states.missing(reference.sha256) {
          // Only an entry of the bundle tells why something is not in it.
          guard record.sequence < head.size.rawValue else {
            throw WorkflowFailure.notCovered(record.sequence, size: head.size.rawValue)
          }
          continue
        }
        if reference.disclosure == .sealed {
          guard withSealed,
            let bytes = try ledger.attachment(
              reference.sha256, maxBytes: Self.maximumAttachment)
          else { continue }
          attachments[reference.sha256] = Self.attachment(bytes)
          continue
        }
        guard let bytes = try ledger.attachment(reference.sha256) else {
          throw WorkflowFailure.memberMissing(sequence)
        }
        attachments[reference.sha256] = Self.attachment(bytes)
      }
    }
    return Bundle(
      origin: founding.origin, genesis: founding.ledger, checkpoint: note, items: items,
      attachments: Array(attachments.values), claims: [.complete])
  }

  private static func attachment(_ bytes: [UInt8]) -> Bundle.Attachment {
    Bundle.Attachment(reference: reference(to: bytes), bytes: bytes)
  }

  package static func reference(to bytes: [UInt8]) -> BlobReference {
    BlobReference(sha256: Digest(sha256: bytes), size: UInt64(bytes.count))
  }
}

/// Bundles on disk.
package enum BundleFile {
  /// Writes a bundle; an attachment too large for a line goes to a file beside it.
  ///
  /// - Returns: the size of the bundle in bytes.
  package static func write(_ bundle: Bundle, to target: OutputTarget) throws -> UInt64 {
    var inline: [Bundle.Attachment] = []
    var written: [String] = []
    do {
      for attachment in bundle.attachments {
        guard let bytes = attachment.bytes, bytes.count > Bundle.maximumInline else {
          inline.append(attachment)
          continue
        }
        guard target.isFile else {
          throw WorkflowFailure.badInput(
            "An attachment is too large for the bundle and goes to a file beside it; write the bundle to a file, too."
          )
        }
        let beside = beside(target.path, attachment.reference)
        // Its name is its digest: what is there already is as good, or a reader refuses it.
        if !Directory.holds(beside) {
          try OutputTarget(beside).write(bytes)
          written.append(beside)
        }
        inline.append(.init(reference: attachment.reference, bytes: nil))
      }
      let lines = Bundle(
        origin: bundle.origin, genesis: bundle.genesis, checkpoint: bundle.checkpoint,
        items: bundle.items, attachments: inline, claims: bundle.claims)
      return UInt64(
        try target.write { sink in
          try lines.forEachLine { (line) throws(FileFailure) in try sink.write(line) }
        })
    } catch {
      for path in written { try? Directory.remove(file: path) }
      throw error
    }
  }

  /// The most bytes of a bundle that are read into memory: 4 GiB.
  package static let maximumSize = 4 << 30

  /// The most bytes of a bundle on a pipe: 1 GiB.
  package static let maximumPiped = 1 << 30

  /// Reads the bundle in a file or on a pipe, or on standard input under the name `-`.
  package static func read(_ path: String) throws -> [UInt8] {
    if path == "-" { return try WholeInput.readStandardInput(maxBytes: maximumPiped) }
    guard Directory.holds(path) else { throw WorkflowFailure.noFile(path) }
    return try WholeInput.read(path, maxBytes: maximumSize, pipeBytes: maximumPiped)
  }

  /// The file beside a bundle that holds an attachment.
  static func beside(_ path: String, _ reference: BlobReference) -> String {
    "\(path).\(reference.sha256.hex)"
  }

  /// Verifies the bundle that ``read(_:)`` reads; needs no ledger, network or database.
  package static func verify(
    _ path: String, anchors: TrustAnchors, row: HeldRow?
  ) throws -> Verdict {
    let bytes = try read(path)
    return BundleVerifier(anchors: anchors, row: row) { reference in
      try? OpenFile.readAll(
        beside(path, reference), maxBytes: Int(clamping: reference.size))
    }.verify(bytes)
  }
}
