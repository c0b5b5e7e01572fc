internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
package import TransparencyLog

extension Session {
  /// What `checkpoint` signed.
  package struct Checkpointed: Sendable {
    package let head: TreeHead
    package let note: [UInt8]
    /// Whether the size was signed before.
    package let isRepeated: Bool
  }

  /// Signs and stores the current size and root of the log.
  package func checkpoint() throws -> Checkpointed {
    let head = try ledger.treeHead(size: nil)
    if let latest = try ledger.latestCheckpoint(), latest.size == head.size.rawValue {
      return Checkpointed(head: head, note: latest.note, isRepeated: true)
    }
    guard let founding = try ledger.state.authority.founding else {
      throw WorkflowFailure.noLedger(directory.path)
    }
    let signer = try LogSigner.signer(origin: founding.origin, key: try logKey())
    try updatePolicy()
    let note = try Checkpoint(origin: signer.verifierKey.name, head: head).signed(by: signer)
    try ledger.storeCheckpoint(note.bytes, size: head.size.rawValue)
    return Checkpointed(head: head, note: note.bytes, isRepeated: false)
  }

  /// The latest stored checkpoint: what proofs lead up to.
  package func latestCheckpoint() throws -> (head: TreeHead, note: [UInt8]) {
    guard let latest = try ledger.latestCheckpoint(), let size = TreeSize(latest.size) else {
      throw WorkflowFailure.noCheckpoint
    }
    return (try ledger.treeHead(size: size.rawValue), latest.note)
  }
}
