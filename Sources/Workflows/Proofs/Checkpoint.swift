internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
package import TransparencyLog

extension Workplace {
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
    let signer = try vault().logSigner()
    try updatePolicy()
    let note = try Checkpoint(origin: signer.verifierKey.name, head: head).signed(by: signer)
    try ledger.storeCheckpoint(note.bytes, size: head.size.rawValue)
    return Checkpointed(head: head, note: note.bytes, isRepeated: false)
  }
}
