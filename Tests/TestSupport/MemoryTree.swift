package import LedgerCrypto
internal import Provenance
package import TransparencyLog

/// A tree whose stored hashes are in memory.
package struct MemoryTree: Sendable {
  private var stored: [Digest] = []
  private var frontier = TreeFrontier()

  package init() {}

  package var head: TreeHead { frontier.head }

  package mutating func append(_ entry: [UInt8]) {
    frontier.append(TreeHash.leaf(entry), storingInto: &stored)
  }

  package func inclusion(of leaf: UInt64) throws -> [Digest] {
    let stored = stored
    let proof = try TreeProof.inclusionProof(leaf: leaf, size: frontier.size) {
      indexes throws(Never) in
      indexes.map { stored[Int($0)] }
    }
    return proof.hashes
  }
}

extension TestLedger {
  /// The bytes of the checkpoint over all entries, signed by `key`, by default the log's.
  package func checkpoint(signedBy key: SigningKey = TestKeys.log) throws -> [UInt8] {
    try checkpoint(tree.head, signedBy: key)
  }

  /// The bytes of the checkpoint over a head of this log, signed by `key`, by default the log's.
  package func checkpoint(
    _ head: TreeHead, signedBy key: SigningKey = TestKeys.log
  ) throws -> [UInt8] {
    let name = KeyName(origin.text)!
    return try Checkpoint(origin: name, head: head)
      .signed(by: NoteSigner(name: name, key: key)).bytes
  }

  /// The policy that trusts the log, and no witness.
  package func policy() throws -> LogPolicy { try LogPolicy(logs: [.init(key: vkey)]) }
}
