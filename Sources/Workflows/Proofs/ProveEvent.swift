internal import LedgerStore
package import Provenance
internal import TransparencyLog

extension LedgerView {
  /// Proves that an event is in the log, signed as it says.
  package func proveEvent(_ sequence: UInt64) throws -> Bundle {
    try bundle([.event(sequence)], sequences: [sequence])
  }

  /// Proves the same in C2SP's own format, for any log client.
  package func proveEventAsTLogProof(_ sequence: UInt64) throws -> [UInt8] {
    let (head, note) = try latestCheckpoint()
    guard sequence < head.size.rawValue else {
      throw WorkflowFailure.notCovered(sequence, size: head.size.rawValue)
    }
    return try TLogProof(
      index: sequence,
      inclusion: try ledger.inclusionProof(sequence: sequence, size: head.size.rawValue),
      checkpoint: try SignedNote(parsing: note)
    ).bytes
  }
}
