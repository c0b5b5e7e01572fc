internal import LedgerCrypto
/// Why bytes are not a tlog-proof, or it does not hold.
package enum TLogProofError: Error, Hashable, Sendable {
  /// The proof has more bytes than ``TLogProof/maximumLength``.
  case tooLong(Int)
  /// The first line is not `c2sp.org/tlog-proof@v1`.
  case notAProof
  /// What follows `extra ` is not canonical base64.
  case invalidExtra
  /// There is no line of `index ` and a canonical decimal where it belongs.
  case invalidIndex
  /// This hash line, from 1, is not the base64 of 32 bytes.
  case invalidHash(number: Int)
  /// There are more than 63 hashes.
  case tooManyHashes
  /// No blank line ends the hashes.
  case noCheckpoint
  /// The checkpoint is malformed, or no log of the policy signed it.
  case checkpoint(CheckpointError)
  /// The policy asks for this quorum of witnesses, which this version does not check.
  case witnessesUnchecked(PolicyWord)
  /// The entry is not shown to be in the log.
  case inclusion(ProofError)
}

extension TLogProofError: CustomStringConvertible {
  /// One sentence that says what to do.
  package var description: String {
    switch self {
    case .tooLong(let count):
      "The proof has \(count.of("byte")), more than \(TLogProof.maximumLength.grouped); give a tlog-proof."
    case .notAProof:
      "The file does not begin with c2sp.org/tlog-proof@v1; give a tlog-proof of version 1."
    case .invalidExtra: "The proof's extra line is not base64; give the file as it was written."
    case .invalidIndex: "The proof has no index line in decimal; give the file as it was written."
    case .invalidHash(let number):
      "Hash \(number) of the proof is not 32 bytes in base64; give the file as it was written."
    case .tooManyHashes: "The proof has more than 63 hashes, which no tree needs; ask for another."
    case .noCheckpoint:
      "The proof has no blank line and checkpoint after its hashes; give the file whole."
    case .checkpoint(let error): error.description
    case .witnessesUnchecked(let quorum): PolicyRefusal.witnessesUnchecked(quorum).description
    case .inclusion(let error): error.description
    }
  }
}
