internal import Files
internal import LedgerCrypto
internal import LedgerStore
internal import Provenance
internal import TransparencyLog

/// What recorded events ask of the files beside the ledger, whichever command recorded them.
extension Workplace {
  /// Does it for events of these kinds, which stand by now.
  func settle(_ kinds: [Kind]) throws {
    if kinds.contains(.attachmentErased) { _ = try completeErasures() }
    if kinds.contains(.logKeyChanged) { try updatePolicy() }
  }

  /// Destroys what remains of every attachment that an event erased.
  ///
  /// - Returns: those of which something remained.
  func completeErasures() throws -> Set<Digest> {
    let erased = try ledger.state.attachments.records.values.filter { $0.state == .erased }
    return Set(try erased.map(\.attachment).filter { try ledger.destroy($0) })
  }

  /// Adds the log's later keys to the policy for verifiers, which keeps the earlier ones: their
  /// checkpoints hold.
  func updatePolicy() throws {
    guard let founding = try ledger.state.authority.founding, founding.logKeys.count > 1,
      Directory.holds(directory.policy)
    else { return }
    let bytes = try OpenFile.readAll(directory.policy, maxBytes: 1 << 20)
    let known = Set(try LogPolicy(parsing: bytes).logs.map(\.key.description))
    let added = founding.logKeys.filter { !known.contains($0.vkey) }.map {
      Array("log \($0.vkey)".utf8)
    }
    guard !added.isEmpty else { return }
    // Beside the earlier keys, for some readers want a policy's parts in their order.
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map(Array.init)
    let last = lines.lastIndex { $0.starts(with: Array("log ".utf8)) } ?? lines.count - 1
    lines.insert(contentsOf: added, at: last + 1)
    let policy = Array(lines.joined(separator: [0x0a]))
    _ = try LogPolicy(parsing: policy)
    try AtomicFile.write(policy, to: directory.policy)
  }
}
