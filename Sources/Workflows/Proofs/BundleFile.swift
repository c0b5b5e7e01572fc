package import Files
internal import LedgerCrypto
package import Provenance

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
    return BundleVerifier(anchors: anchors, row: row, besides: attachments(beside: path))
      .verify(bytes)
  }

  /// The same, with what it shows of a release against which files are held.
  static func examine(
    _ path: String, anchors: TrustAnchors, filesOf question: FilesQuestion
  ) throws -> (verdict: Verdict, release: ProvenRelease?) {
    let bytes = try read(path)
    return BundleVerifier(
      anchors: anchors, filesOf: question, besides: attachments(beside: path)
    ).examine(bytes)
  }

  private static func attachments(beside path: String) -> (BlobReference) -> [UInt8]? {
    { reference in
      try? OpenFile.readAll(beside(path, reference), maxBytes: Int(clamping: reference.size))
    }
  }
}
