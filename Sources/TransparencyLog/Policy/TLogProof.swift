internal import LedgerCrypto

/// A file that proves offline that an entry is in a log (tlog-proof draft, `.tlog-proof`).
///
/// `c2sp.org/tlog-proof@v1`, perhaps `extra` with base64, `index` with a decimal, the hashes of the
/// inclusion proof one a line in base64, a blank line, the signed checkpoint. There is one spelling:
/// printing what was parsed gives the same bytes.
package struct TLogProof: Hashable, Sendable {
  /// The most bytes that a proof may have: 2 MiB.
  package static let maximumLength = 2 << 20

  /// Further bytes that nothing authenticates; `nil` when the line is absent.
  package let extra: [UInt8]?

  /// The entry's place in the log, from 0.
  package let index: UInt64

  /// The path to the root; at most 63 hashes.
  package let inclusion: InclusionProof

  /// The checkpoint with its signatures, unverified.
  package let checkpoint: SignedNote

  private static let magic = Array("c2sp.org/tlog-proof@v1".utf8)
  private static let extraPrefix = Array("extra ".utf8)
  private static let indexPrefix = Array("index ".utf8)

  /// Puts a proof together, unverified.
  ///
  /// - Throws: ``TLogProofError/tooManyHashes`` or ``TLogProofError/tooLong(_:)``.
  package init(
    index: UInt64, inclusion: InclusionProof, checkpoint: SignedNote, extra: [UInt8]? = nil
  ) throws(TLogProofError) {
    guard inclusion.hashes.count <= 63 else { throw .tooManyHashes }
    self.index = index
    self.inclusion = inclusion
    self.checkpoint = checkpoint
    self.extra = extra
    let count = bytes.count
    guard count <= Self.maximumLength else { throw .tooLong(count) }
  }

  /// Parses a proof.
  ///
  /// - Throws: ``TLogProofError`` for anything that is not exactly a proof.
  package init(parsing proof: [UInt8]) throws(TLogProofError) {
    guard proof.count <= Self.maximumLength else { throw .tooLong(proof.count) }
    var rest = proof[...]
    guard Self.nextLine(&rest)?.elementsEqual(Self.magic) == true else { throw .notAProof }
    guard var line = Self.nextLine(&rest) else { throw .invalidIndex }
    if line.starts(with: Self.extraPrefix) {
      guard let data = Base64.decode(line.dropFirst(Self.extraPrefix.count)) else {
        throw .invalidExtra
      }
      guard let next = Self.nextLine(&rest) else { throw .invalidIndex }
      extra = data
      line = next
    } else {
      extra = nil
    }
    guard line.starts(with: Self.indexPrefix),
      let index = Decimal.parse(line.dropFirst(Self.indexPrefix.count))
    else { throw .invalidIndex }
    self.index = index
    var hashes: [Digest] = []
    while true {
      guard let line = Self.nextLine(&rest) else { throw .noCheckpoint }
      if line.isEmpty { break }
      guard hashes.count < 63 else { throw .tooManyHashes }
      guard line.count == 44, let data = Base64.decode(line), let hash = Digest(bytes: data) else {
        throw .invalidHash(number: hashes.count + 1)
      }
      hashes.append(hash)
    }
    inclusion = InclusionProof(hashes: hashes)
    do {
      checkpoint = try SignedNote(parsing: Array(rest))
    } catch {
      throw .checkpoint(.note(error))
    }
  }

  /// The bytes of the file.
  package var bytes: [UInt8] {
    var output = Self.magic
    if let extra { output += [0x0a] + Self.extraPrefix + Base64.encodeBytes(extra) }
    output += Array("\nindex \(index)\n".utf8)
    for hash in inclusion.hashes { output += Base64.encodeBytes(hash.bytes) + [0x0a] }
    output.append(0x0a)
    output += checkpoint.bytes
    return output
  }

  /// Verifies that `entry` is in a log that `policy` trusts, and gives the checkpoint that says so.
  ///
  /// - Parameters:
  ///   - entry: The bytes that were hashed into the log.
  ///   - policy: The logs to trust.
  /// - Returns: The checkpoint that covers the entry.
  /// - Throws: ``TLogProofError/checkpoint(_:)``, ``TLogProofError/witnessesUnchecked(_:)`` or
  ///   ``TLogProofError/inclusion(_:)``.
  package func verify(
    entry: Span<UInt8>, policy: LogPolicy
  ) throws(TLogProofError) -> VerifiedCheckpoint {
    let verified: VerifiedCheckpoint
    do {
      verified = try policy.verify(checkpoint)
    } catch {
      switch error {
      case .witnessesUnchecked(let quorum): throw .witnessesUnchecked(quorum)
      case .checkpoint(let error): throw .checkpoint(error)
      }
    }
    do {
      try inclusion.verify(leafHash: TreeHash.leaf(entry), index: index, in: verified.head)
    } catch {
      throw .inclusion(error)
    }
    return verified
  }

  /// Takes the next line without its newline, or gives `nil` when no newline follows.
  private static func nextLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let end = rest.firstIndex(of: 0x0a) else { return nil }
    let line = rest[..<end]
    rest = rest[(end + 1)...]
    return line
  }
}
