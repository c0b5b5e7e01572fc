internal import LedgerCrypto
internal import LedgerStore
package import Provenance
internal import TransparencyLog

extension LedgerView {
  /// Gathers what shows `claims` about events of this ledger, up to the latest checkpoint.
  ///
  /// The entries that introduce the signers' keys come with those that the claims speak of.
  package func bundle(
    _ claims: [Claim], sequences: [UInt64], blobs: [[UInt8]] = []
  ) throws -> Bundle {
    let (head, note) = try latestCheckpoint()
    let founding = try founding
    var wanted: Set<UInt64> = [0]
    for sequence in sequences {
      guard sequence < head.size.rawValue else {
        throw WorkflowFailure.notCovered(sequence, size: head.size.rawValue)
      }
      wanted.insert(sequence)
    }
    let keys = state.authority.keys
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
  package func completeBundle(
    sealed withSealed: Bool = false, _ progress: Progress = .silent
  ) throws -> Bundle {
    let (head, note) = try latestCheckpoint()
    let states = state.attachments
    let founding = try founding
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
